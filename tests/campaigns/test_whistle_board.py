"""The board and the desk: what waits for whom, by time left, in words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from campaigns.models import Whistle
from campaigns.queries.whistle_board import GROUP_ROWS, board_for, desk_whistles
from campaigns.queries.whistle_groups import groups_for
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    SubdistrictFactory,
)
from tests.factories.whistles import (
    DeliveredResponseFactory,
    HandlingResponseFactory,
    IssuedWhistleFactory,
    WhistleExtensionFactory,
    WhistleFactory,
    WhistleResponseFactory,
)

pytestmark = pytest.mark.django_db
BOARD, DESK = reverse("campaigns:whistle_board"), reverse("reports:desk")
LIST = reverse("campaigns:whistle_list")
# A Tuesday; work ends at 12:00 and goes on from 14:30 to 17:30.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR = timedelta(hours=1)
State = Whistle.State


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def people(organization, community):
    """One official for each role, of one organisation, community and its street."""
    scopes = {
        "unit": {"organization": organization},
        "street": {"subdistrict": community.subdistrict},
        "community": {"community": community},
        "office": {},
        "auditor": {},
    }
    return {
        role: MembershipFactory(role=role, **scope).user
        for role, scope in scopes.items()
    }


@pytest.fixture
def whistles(organization, community):
    """One in each place where a whistle can wait, by the name of what it waits for."""
    there = {"community": community}
    of_unit = {"whistle__community": community, "organization": organization}
    made = {
        "draft": WhistleFactory(**there),
        "returned": IssuedWhistleFactory(**there, state=State.RETURNED),
        "fresh": IssuedWhistleFactory(**there, overdue_step=0),
        "late": IssuedWhistleFactory(**there, overdue_step=3),
        "asked": WhistleResponseFactory(**of_unit),
        "asked_late": WhistleResponseFactory(**of_unit, overdue_step=1),
        "street_late": HandlingResponseFactory(**of_unit, overdue_step=2),
        "office_late": HandlingResponseFactory(**of_unit, overdue_step=3),
        "delivered": DeliveredResponseFactory(**of_unit),
        "verified": IssuedWhistleFactory(**there, state=State.VERIFIED),
        "extension": WhistleExtensionFactory(
            response=HandlingResponseFactory(**of_unit)
        ),
    }
    IssuedWhistleFactory(community=community, state=State.CLOSED, ended_at=NOW)
    WhistleFactory(), IssuedWhistleFactory(), WhistleResponseFactory()  # elsewhere
    return made


def whistle_of(thing):
    thing = getattr(thing, "response", thing)
    return getattr(thing, "whistle", thing)


def shown(board, whistles):
    """Group to the names of the whistles in it, and what others have in hand."""
    names = {whistle_of(thing).pk: name for name, thing in whistles.items()}
    found = {
        part.group.key: {names.get(row.whistle.pk) for row in part.rows}
        for part in board.parts
    }
    return found, {names.get(row.whistle.pk) for row in board.others.rows}


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        (
            "unit",
            {
                "answer": {"asked", "asked_late"},
                "handle": {"street_late", "office_late", "extension"},
            },
        ),
        (
            "street",
            {"dispatch": {"fresh", "late"}, "overdue": {"street_late", "office_late"}},
        ),
        ("office", {"dispatch": {"late"}, "overdue": {"office_late"}}),
        (
            "community",
            {
                "deliveries": {"delivered", "verified"},
                "extensions": {"extension"},
                "returned": {"returned"},
                "drafts": {"draft"},
            },
        ),
        ("auditor", {}),
    ],
)
def test_board_of_a_role_shows_what_it_has_to_do(role, groups, people, whistles):
    found, others = shown(board_for(people[role], now=NOW), whistles)

    assert found == groups
    own = set().union(*groups.values())
    expected = set(whistles) - own - {"draft"}
    if role == "unit":  # only what its organisation was asked
        expected = {"delivered"}
    if role in {"office", "auditor"}:
        expected |= {None}
    assert others == expected


def test_board_of_two_roles_shows_the_deeds_of_both(people, whistles, community):
    MembershipFactory(
        role="street", subdistrict=community.subdistrict, user=people["office"]
    )

    found, _others = shown(board_for(people["office"], now=NOW), whistles)

    assert found == {
        "dispatch": {"fresh", "late"},
        "overdue": {"street_late", "office_late"},
    }


def test_board_of_another_street_shows_nothing(whistles):
    other = MembershipFactory(role="street", subdistrict=SubdistrictFactory()).user

    board = board_for(other, now=NOW)

    assert (board.parts, board.others.rows) == ([], [])


@pytest.mark.parametrize(
    ("due", "words", "look"),
    [
        (2 * HOUR + timedelta(minutes=-20), "剩 1 小时", "pending"),
        (6 * HOUR, "剩 3 小时", "running"),
        (-HOUR, "已超时 1 小时", "overdue"),
        (None, "", "plain"),
    ],
)
def test_row_says_the_time_left_in_words_and_by_a_badge(
    due, words, look, people, organization
):
    WhistleResponseFactory(
        organization=organization,
        clock_minutes=420 if due else 0,
        clock_started_at=NOW - 3 * HOUR if due else None,
        due_at=NOW + due if due else None,
    )

    row = board_for(people["unit"], now=NOW).parts[0].rows[0]

    assert (row.time_left, row.look) == (words, look)


def test_row_of_what_others_handle_has_the_first_clock_of_its_units(people, community):
    whistle = IssuedWhistleFactory(community=community, state=State.HANDLING)
    for hours in (24, 2):
        HandlingResponseFactory(
            whistle=whistle,
            organization__name=f"示例{hours}时支部",
            clock_minutes=420,
            due_at=NOW + hours * HOUR,
        )

    (row,) = board_for(people["street"], now=NOW).others.rows

    assert row.due_at == NOW + 2 * HOUR
    assert row.who == "示例24时支部、示例2时支部"


def test_group_is_ordered_by_time_left_and_cut_with_a_way_to_the_rest(
    signed_in, people, community
):
    ahead = range(GROUP_ROWS + 1, 0, -1)
    made = [
        IssuedWhistleFactory(community=community, due_at=NOW + hours * HOUR)
        for hours in ahead
    ]

    response = signed_in(people["street"]).get(BOARD)

    (part,) = response.context["board"].parts
    assert [row.whistle.pk for row in part.rows] == [
        whistle.pk for whistle in reversed(made[1:])
    ]
    assert part.count == GROUP_ROWS + 1
    assert f"全部 {GROUP_ROWS + 1} 件" in response.content.decode()


def test_board_with_every_group_full_stays_below_100_kb(
    signed_in, people, community, organization
):
    whistle = {"community": community, "title": "长" * 60}
    late = {"overdue_step": 3, "due_at": NOW - HOUR}
    IssuedWhistleFactory.create_batch(GROUP_ROWS, **whistle, **late)
    unit = {"organization": organization, "asked_by": people["street"]}
    unit |= {f"whistle__{name}": value for name, value in whistle.items()}
    WhistleResponseFactory.create_batch(GROUP_ROWS, **unit, **late)
    WhistleResponseFactory.create_batch(GROUP_ROWS, **unit, due_at=NOW + HOUR)

    response = signed_in(people["office"]).get(BOARD)

    board = response.context["board"]
    assert [len(part.rows) for part in board.parts] == [GROUP_ROWS] * 2
    assert len(board.others.rows) == GROUP_ROWS
    assert len(response.content) < 100_000


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("role", "queries"),
    [("unit", 10), ("street", 10), ("community", 14), ("office", 9)],
)
def test_board_takes_a_fixed_number_of_queries(
    role, queries, count, signed_in, people, organization, django_assert_num_queries
):
    community = people["community"].memberships.get().community
    for _each in range(count):
        there = {"whistle__community": community, "organization": organization}
        WhistleResponseFactory(**there)
        WhistleExtensionFactory(response=HandlingResponseFactory(**there))
        HandlingResponseFactory(**there, overdue_step=3)
        DeliveredResponseFactory(**there)
        for state in (State.ISSUED, State.RETURNED):
            IssuedWhistleFactory(community=community, state=state, overdue_step=3)
        WhistleFactory(community=community)
    client = signed_in(people[role])

    with django_assert_num_queries(queries):
        client.get(BOARD, headers={"HX-Request": "true"})


def test_board_says_in_the_head_how_much_waits(signed_in, people, whistles):
    client = signed_in(people["community"])

    page = client.get(BOARD).content.decode()

    assert 'role="status" data-live-words>5 件等您办理' in page
    assert reverse("campaigns:whistle_create") in page


def test_board_without_anything_says_what_to_do_next(signed_in, people):
    page = signed_in(people["community"]).get(BOARD).content.decode()

    assert "没有在办的吹哨" in page
    assert "请结对单位来办" in page


@pytest.mark.parametrize("url", [BOARD, LIST, DESK])
def test_pages_in_a_year_without_calendar_say_what_is_late(
    url, signed_in, people, organization, time_machine
):
    due = datetime(2045, 12, 29, 10, 0, tzinfo=NOW.tzinfo)
    WhistleResponseFactory(organization=organization, due_at=due)
    time_machine.move_to(due + timedelta(days=7), tick=False)

    assert "已超时" in signed_in(people["unit"]).get(url).content.decode()


# The desk -------------------------------------------------------------------


def test_desk_shows_the_five_with_the_least_time_left_of_all_groups(people, community):
    there = {"community": community}
    late = IssuedWhistleFactory(**there, state=State.VERIFIED, due_at=NOW - HOUR)
    drafts = WhistleFactory.create_batch(5, **there)
    asked = WhistleExtensionFactory(
        response=HandlingResponseFactory(
            whistle__community=community, due_at=NOW + HOUR
        )
    )

    waiting = desk_whistles(people["community"], today=NOW.date())

    assert [row.whistle.pk for row in waiting["rows"]] == [
        late.pk,
        asked.response.whistle_id,
        *sorted((draft.pk for draft in drafts), reverse=True)[:3],
    ]
    assert waiting["count"] == 7


@pytest.mark.parametrize(
    ("role", "queries"), [("unit", 1), ("street", 2), ("community", 2), ("office", 2)]
)
def test_desk_takes_a_query_for_each_kind_of_thing(
    role, queries, people, whistles, django_assert_num_queries
):
    groups_for(people[role])  # reads the roles

    with django_assert_num_queries(queries):
        assert desk_whistles(people[role], today=NOW.date())["count"]


def test_desk_of_who_only_looks_on_has_no_block(signed_in, people):
    assert desk_whistles(people["auditor"], today=NOW.date()) is None
    page = signed_in(people["auditor"]).get(DESK).content.decode()
    assert 'id="desk-whistles"' not in page
    assert BOARD in page


def test_desk_page_leads_to_the_board_and_the_whistle(signed_in, people, community):
    CommunityFactory()
    whistle = WhistleFactory(community=community, title="井盖破了")

    page = signed_in(people["community"]).get(DESK).content.decode()

    assert "井盖破了" in page
    assert f'href="{whistle.get_absolute_url()}"' in page
