"""Narrowing the list of shifts: words, time of day, days, skill, community."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Activity
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import CommunityFactory
from tests.factories.volunteers import ShiftFactory
from volunteers.models import Skill

pytestmark = pytest.mark.django_db
LIST = reverse("volunteers:shift_list")


def found(client, **query):
    return [row.pk for row in client.get(LIST, query).context["shifts"]]


def published(**values):
    return ActivityFactory(state=Activity.State.PUBLISHED, **values)


@pytest.mark.parametrize(
    "words",
    [
        "古街",
        "gujie",
        "gj",
        "引导",
        "yd",
        "香港路",
        "xgl",
        "湖内",
        "hunei",
        "古街 湖内",
    ],
)
def test_words_find_activity_shift_place_and_community(words, client):
    ShiftFactory(title="其他", place="别处")
    shift = ShiftFactory(
        activity=published(title="古街文明引导", community=None),
        title="路口引导",
        place="香港路牌坊",
        community=CommunityFactory(name="湖内社区"),
    )

    assert found(client, text=words.replace("+", " ")) == [shift.pk]


def test_every_word_must_be_said(client):
    ShiftFactory(activity=published(title="古街清扫"))

    assert found(client, text="古街 湖内") == []


AT = {"00:00": 0, "11:59": 1, "12:00": 2, "17:59": 3, "18:00": 4, "23:59": 5}


@pytest.mark.parametrize(
    ("part", "times"),
    [
        ("morning", ["00:00", "11:59"]),
        ("afternoon", ["12:00", "17:59"]),
        ("evening", ["18:00", "23:59"]),
    ],
)
def test_times_of_day_are_cut_in_beijing(part, times, client):
    activity = published()
    shifts = {}
    for clock, number in AT.items():
        hour, minute = map(int, clock.split(":"))
        start = timezone.make_aware(datetime(2099, 5, 3 + number, hour, minute))
        shifts[clock] = ShiftFactory(activity=activity, starts_at=start).pk

    assert found(client, time=part) == [shifts[clock] for clock in times]


def on_days(*days):
    activity = published()
    start = timezone.make_aware(datetime(2099, 5, 1, 9))
    return [
        ShiftFactory(activity=activity, starts_at=start + timedelta(days=day - 1)).pk
        for day in days
    ]


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ({"date": "2099-05-03"}, [1]),
        ({"date": "2099-05-03", "until": "2099-05-04"}, [1, 2]),
        ({"until": "2099-05-03"}, [0, 1]),
    ],
)
def test_days_narrow_to_one_day_or_from_the_first_to_the_last(query, which, client):
    shifts = on_days(2, 3, 4, 5)

    assert found(client, **query) == [shifts[number] for number in which]


def test_days_in_the_wrong_order_are_refused_in_words(client):
    response = client.get(LIST, {"date": "2099-05-04", "until": "2099-05-03"})

    assert "结束日期不能早于开始日期。" in response.content.decode()


def test_skill_finds_shifts_with_such_a_post_once(client):
    skill, other = Skill.objects.all()[:2]
    ShiftFactory().posts.create(title="甲", skill=other, capacity=1)
    wanted = ShiftFactory()
    for title in ("甲", "乙"):
        wanted.posts.create(title=title, skill=skill, capacity=1)

    assert found(client, skill=skill.pk) == [wanted.pk]


def test_a_chosen_community_stands_chosen_in_the_filter(client):
    community = CommunityFactory(name="湖内<社区")

    page = client.get(LIST, {"community": community.pk}).content.decode()

    chosen = f'<option value="{community.pk}" selected>湖内&lt;社区</option>'
    assert page.count(chosen) == 1


def test_a_renamed_community_is_offered_by_its_new_name(client):
    community = CommunityFactory(name="旧名社区")
    client.get(LIST)
    community.name = "新名社区"
    community.save()

    page = client.get(LIST, {"places": "on"}).content.decode()

    assert ("新名社区" in page, "旧名社区" in page) == (True, False)


def test_a_community_that_is_over_can_still_be_asked_for(client):
    community = CommunityFactory(ends_on=timezone.localdate() - timedelta(days=1))
    shift = ShiftFactory(community=community)

    assert found(client, community=community.pk) == [shift.pk]


def test_the_filter_does_not_keep_the_page(client):
    after = "2026-01-01T00:00:00+08:00_1"

    assert 'name="after"' not in client.get(LIST, {"after": after}).content.decode()
