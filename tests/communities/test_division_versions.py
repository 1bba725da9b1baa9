"""The code list and the admin site keep what communities were called."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from communities.actions import import_divisions
from communities.actions.divisions import DivisionRefused, save_community
from communities.imports.divisions import read_divisions
from communities.imports.results import ImportRefused
from communities.models import BEGINNING, Community
from tests.communities.registers import DIVISIONS
from tests.communities.test_division_imports import COMMUNITY, HEADER, STREET
from tests.factories.communities import CommunityFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 1)
RENAMED = COMMUNITY.replace("湖内", "湖滨")


def load(*lines, effective_on=None):
    content = "\n".join([HEADER, *lines]).encode()
    found = read_divisions(io.BytesIO(content), filename="区划.csv")
    return import_divisions(lines=found, by=None, effective_on=effective_on)


def versions(community):
    rows = community.versions.order_by("starts_on")
    return [(row.name, row.starts_on, row.ends_on) for row in rows]


def test_import_of_a_new_community_writes_its_first_version():
    load(STREET, COMMUNITY)

    community = Community.objects.get(name="湖内社区")
    assert versions(community) == [("湖内社区", BEGINNING, None)]


def test_import_of_the_real_list_gives_each_community_one_version():
    call_command("import_divisions", str(DIVISIONS))

    counts = [community.versions.count() for community in Community.objects.all()]
    assert counts == [1] * 179


def test_import_with_another_name_corrects_the_version():
    load(STREET, COMMUNITY)

    load(STREET, RENAMED)

    community = Community.objects.get(name="湖滨社区")
    assert versions(community) == [("湖滨社区", BEGINNING, None)]


def test_import_with_another_name_from_a_day_keeps_the_old_one_until_then():
    load(STREET, COMMUNITY)

    load(STREET, RENAMED, effective_on=DAY)

    community = Community.objects.get(name="湖滨社区")
    assert versions(community) == [
        ("湖内社区", BEGINNING, date(2026, 4, 30)),
        ("湖滨社区", DAY, None),
    ]


def test_import_from_a_day_to_come_is_refused():
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(DivisionRefused, match="不能晚于今天"):
        load(STREET, COMMUNITY, effective_on=tomorrow)


def test_import_command_takes_the_day(tmp_path):
    load(STREET, COMMUNITY)
    file = tmp_path / "区划.csv"
    file.write_text("\n".join([HEADER, STREET, RENAMED]))

    call_command("import_divisions", str(file), "--effective-on", "2026-05-01")

    community = Community.objects.get(name="湖滨社区")
    assert versions(community)[1] == ("湖滨社区", DAY, None)


def test_import_command_with_a_day_that_is_none_is_refused():
    with pytest.raises(CommandError):
        call_command("import_divisions", str(DIVISIONS), "--effective-on=2026-02-30")


def test_import_leaves_a_merged_community_as_it_ended():
    load(STREET, COMMUNITY)
    community = Community.objects.get(name="湖内社区")
    community.ends_on, community.successor = DAY, CommunityFactory()
    community.save()

    counts = load(STREET, RENAMED)

    community.refresh_from_db()
    assert (counts.changed, community.name) == (0, "湖内社区")


def test_import_of_a_code_given_up_is_refused_with_the_new_one():
    load(STREET, COMMUNITY)
    Community.objects.filter(code="350602006001").update(code="350602006099")

    with pytest.raises(ImportRefused) as caught:
        load(STREET, COMMUNITY)

    assert ["350602006099" in str(row) for row in caught.value.problems] == [True]
    assert Community.objects.count() == 1


def test_save_of_a_community_with_a_code_of_another_is_refused():
    held = CommunityFactory()
    Community.objects.filter(pk=held.pk).update(code="350699099999")
    new = CommunityFactory.build(code=held.code, subdistrict=held.subdistrict)

    with pytest.raises(DivisionRefused, match="已由"):
        save_community(community=new, by=None)


def test_save_of_a_community_corrects_its_version():
    community = CommunityFactory(name="湖内社区")
    community.name, community.kind = "湖滨社区", "village"

    save_community(community=community, fields=["name"], by=None)

    community.refresh_from_db()
    assert (community.name, community.kind) == ("湖滨社区", "residents")
    assert versions(community) == [("湖滨社区", BEGINNING, None)]


def test_admin_adds_a_community_with_its_first_version(signed_in, committee_official):
    street = CommunityFactory().subdistrict
    data = {
        "code": "350602006009",
        "name": "新湖社区",
        "official_name": "新湖社区居委会",
        "kind": "residents",
        "subdistrict": street.pk,
    }

    signed_in(committee_official).post("/admin/communities/community/add/", data)

    community = Community.objects.get(name="新湖社区")
    assert versions(community) == [("新湖社区", BEGINNING, None)]
