"""Communities as people write them, under the names of today and of earlier days."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from communities.imports.places import PlaceIndex, PlaceNotFound
from communities.models import Community, CommunityVersion, Subdistrict
from tests.communities.registers import small_register
from tests.factories.communities import CommunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register():
    small_register()


def find(text, street=""):
    found = PlaceIndex.of_register().find(text, street)
    return found.row.name, found.notes


def refusal(text, street=""):
    with pytest.raises(PlaceNotFound) as caught:
        find(text, street)
    return str(caught.value)


def community(name):
    return Community.objects.get(name=name)


def earlier(name, row, *, street=None, kind="residents"):
    row.versions.update(starts_on=date(2024, 1, 1))
    CommunityVersion.objects.create(
        community=row,
        code=row.code,
        name=name,
        official_name=f"{name}居委会",
        kind=kind,
        subdistrict=Subdistrict.objects.get(name=street) if street else row.subdistrict,
        starts_on=date(2020, 1, 1),
        ends_on=date(2023, 12, 31),
    )


def end(row, successor=None, last_day=date(2024, 6, 30)):
    row.ends_on, row.successor = last_day, successor
    row.save(update_fields=["ends_on", "successor"])


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("湖內社區", "通北街道"),
        ("湖内社区居民委员会", "通北街道办事处"),
        ("湖內", "通北"),
        ("薌城區通北街道湖內社區", ""),
        ("湖 内 社 区", "漳州市芗城区通北街道"),
    ],
    ids=["traditional", "official", "short", "with-street", "blanks"],
)
def test_spellings_of_the_name_of_today_need_no_note(text, street):
    assert find(text, street) == ("湖内社区", [])


@pytest.mark.parametrize("text", ["旧桥社区", "旧桥", "旧桥社区居委会", "通北街道旧桥"])
def test_an_earlier_name_leads_to_the_community_of_today(text):
    earlier("旧桥社区", community("湖内社区"))

    assert find(text) == ("湖内社区", [f"“{text}”是旧名，现为“湖内社区”。"])


def test_a_village_that_became_a_community_is_found_by_its_old_kind():
    earlier("湖内村", community("湖内社区"), kind="village")

    assert find("湖内村", "通北街道") == (
        "湖内社区",
        ["“湖内村”是旧名，现为“湖内社区”。"],
    )


def test_a_name_of_today_wins_over_the_earlier_name_of_another():
    earlier("湖内社区", community("和平里社区"))

    assert find("湖内社区") == ("湖内社区", [])


def test_a_community_that_changed_its_street_is_found_in_the_old_one():
    earlier("湖内社区", community("湖内社区"), street="西桥街道")

    assert find("湖内社区", "西桥街道") == (
        "湖内社区",
        ["“湖内社区”原属西桥街道，现属通北街道。"],
    )


def test_a_merged_community_leads_to_its_successor():
    end(community("和平里社区"), successor=community("湖内社区"))

    assert find("和平里", "通北街道") == (
        "湖内社区",
        ["“和平里社区”已并入“湖内社区”，按后者登记。"],
    )


def test_a_community_is_merged_only_after_its_last_day():
    today = timezone.localdate()
    end(community("和平里社区"), community("湖内社区"), last_day=today)
    assert find("和平里社区") == ("和平里社区", [])

    end(community("和平里社区"), community("湖内社区"), today - timedelta(days=1))
    assert find("和平里社区")[0] == "湖内社区"


def test_a_community_that_ended_without_a_successor_is_refused():
    end(community("和平里社区"))

    words = "“和平里社区”已撤销，最后一天是2024年6月30日（周日）。"
    assert refusal("和平里社区") == words


def test_of_two_of_one_name_the_one_that_stands_is_meant():
    old = CommunityFactory(name="南山社区", official_name="南山社区居委会")
    end(old)

    assert find("南山社区") == ("南山社区", [])


def test_an_ended_community_is_not_offered_as_the_nearest():
    end(community("和平里社区"))

    assert "和平里" not in refusal("和平路社区")
