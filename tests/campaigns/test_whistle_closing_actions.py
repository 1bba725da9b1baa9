"""The community confirms, reopens and rates what was delivered."""

import pytest

from campaigns.actions.whistle_log import settle
from campaigns.actions.whistles import rate_whistle, reopen_whistle, verify_whistle
from campaigns.rules import WhistleRefused
from core.models import AuditEntry
from tests.campaigns.whistle_steps import (
    DAY,
    FRIDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    at,
    clocked,
    lines,
    official,
    sides_of,
    state_of,
    told,
)
from tests.communities.trees import Kind, change, committee
from tests.factories.accounts import UserFactory
from tests.factories.whistles import (
    DeliveredResponseFactory,
    HandlingResponseFactory,
    IssuedWhistleFactory,
)

pytestmark = pytest.mark.django_db


def rate(whistle, **values):
    values = {"resolution": "solved", "is_satisfied": True, "text": "", **values}
    return rate_whistle(whistle=whistle, by=UserFactory(), now=at(FRIDAY), **values)


def delivered(minutes=2 * DAY, used=DAY, **values):
    """Delivered on Tuesday with a day left; the days to rate began on Monday."""
    response = DeliveredResponseFactory(
        clock_minutes=minutes, clock_used=used, overdue_step=1, **values
    )
    clocked(response.whistle, 5 * DAY)
    return response


def test_settling_leaves_a_confirmed_whistle_alone():
    whistle = delivered(whistle__state="verified").whistle

    settle(whistle=whistle, by=None, now=at(TUESDAY))

    assert (state_of(whistle), whistle.due_at) == ("verified", at(30))


def reopen(whistle, reason="没有解决", now=None):
    return reopen_whistle(
        whistle=whistle, reason=reason, by=UserFactory(), now=now or at(WEDNESDAY)
    )


def test_confirming_leaves_the_days_to_rate_running():
    whistle = delivered().whistle

    whistle = verify_whistle(whistle=whistle, by=UserFactory(), now=at(TUESDAY))

    assert (state_of(whistle), whistle.due_at) == ("verified", at(30))
    assert lines(whistle) == [("verified", whistle.community.name)]


@pytest.mark.parametrize(
    ("used", "due_at"),
    [(0, at(FRIDAY)), (DAY, at(THURSDAY)), (3 * DAY, at(THURSDAY))],
    ids=["goes on with two days left", "one day left", "gets one day when late"],
)
def test_reopened_unit_goes_on_with_what_was_left_but_at_least_a_day(used, due_at):
    response = delivered(used=used)

    whistle = reopen(response.whistle)

    assert (state_of(response), response.due_at) == ("handling", due_at)
    assert (response.overdue_step, response.delivered_at) == (0, None)
    assert (state_of(whistle), whistle.reopened_count) == ("reopened", 1)
    assert (whistle.due_at, whistle.delivered_at) == (None, None)


def test_reopening_leaves_late_what_was_late():
    response = delivered(delivered_late=True)

    reopen(response.whistle)

    response.refresh_from_db()
    assert response.delivered_late


def test_reopening_is_told_to_all_who_delivered():
    first = delivered()
    second = DeliveredResponseFactory(whistle=first.whistle)
    people = [
        official("unit", organization=row.organization) for row in (first, second)
    ]

    reopen(first.whistle)

    assert told("whistle_reopened") == [(person.pk, "due") for person in people]


def test_reopening_what_a_merged_unit_delivered_goes_to_its_successor():
    old = committee()
    new = committee(old.parent)
    response = delivered(organization=old)
    person = official("unit", organization=new)
    change(old, Kind.MERGE, successor=new.pk)

    reopen(response.whistle)

    assert state_of(response) == "handling"
    assert (response.organization, response.due_at) == (new, at(THURSDAY))
    assert told("whistle_reopened") == [(person.pk, "due")]
    assert ("handed_on", "系统") in lines(response.whistle)


def test_reopening_what_both_merged_units_delivered_leaves_the_successor_alone():
    old = committee()
    new = committee(old.parent)
    first = delivered(organization=old)
    second = DeliveredResponseFactory(whistle=first.whistle, organization=new)
    change(old, Kind.MERGE, successor=new.pk)

    whistle = reopen(first.whistle)

    assert [state_of(row) for row in (first, second)] == ["released", "handling"]
    assert state_of(whistle) == "reopened"


def test_reopening_what_a_dissolved_unit_delivered_waits_for_dispatch():
    response = delivered(organization=committee())
    _, street = sides_of(response.whistle)
    change(response.organization, Kind.DISSOLVE)

    whistle = reopen(response.whistle)

    assert (state_of(response), state_of(whistle)) == ("released", "issued")
    assert whistle.due_at == at(FRIDAY)
    assert told("whistle_waits_again") == [(street.pk, "due")]


def test_reopening_without_a_reason_is_refused():
    with pytest.raises(WhistleRefused, match="请写明要求重新办理的理由"):
        reopen(delivered().whistle, reason="")


@pytest.mark.parametrize("state", ["delivered", "verified"])
def test_rating_closes_the_whistle(state):
    whistle = clocked(IssuedWhistleFactory(state=state), 5 * DAY)

    whistle = rate(whistle, resolution="partly", is_satisfied=False, text="差一点")

    assert (state_of(whistle), whistle.ended_at) == ("closed", at(FRIDAY))
    assert (whistle.resolution, whistle.is_satisfied) == ("partly", False)
    assert (whistle.rated_at, whistle.due_at) == (at(FRIDAY), None)
    [entry] = whistle.entries.all()
    assert (entry.kind, entry.text) == ("rated", "部分解决，不满意。差一点")


def test_rating_passes_every_state_on_its_way():
    whistle = rate(delivered().whistle)

    verbs = AuditEntry.objects.filter(target_id=whistle.pk).order_by("pk")
    states = [row.data["after"] for row in verbs if "after" in row.data]
    assert states == ["verified", "rated", "closed"]


def test_rating_is_told_to_who_delivered():
    response = delivered()
    person = official("unit", organization=response.organization)
    HandlingResponseFactory(whistle=response.whistle, state="released")

    rate(response.whistle)

    assert told("whistle_rated") == [(person.pk, "none")]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"resolution": "excellent"}, "请选择"),
        ({"is_satisfied": None}, "请选择"),
        ({"text": "长" * 401}, "不超过 400 字"),
    ],
)
def test_rating_that_is_not_whole_is_refused(values, refusal):
    whistle = delivered().whistle

    with pytest.raises(WhistleRefused, match=refusal):
        rate(whistle, **values)

    assert state_of(whistle) == "delivered"
