"""Units accept, return, log, ask for time or people, and deliver."""

from datetime import date

import pytest

from campaigns.actions.whistle_answers import (
    accept_whistle,
    deliver_whistle,
    log_whistle,
    return_whistle,
)
from campaigns.rules import WhistleRefused
from tests.campaigns.whistle_steps import (
    DAY,
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    asked,
    at,
    handling,
    lines,
    sides_of,
    state_of,
    told,
)
from tests.factories.accounts import UserFactory
from tests.factories.whistles import (
    DeliveredResponseFactory,
    WhistleResponseFactory,
)

pytestmark = pytest.mark.django_db
NEXT_MONDAY = 30


def accept(response, now=None):
    return accept_whistle(
        response=response, by=UserFactory(), now=now or at(MONDAY, 15, 30)
    )


def give_back(response, now=None, reason="不属于职责"):
    return return_whistle(
        response=response,
        reason=reason,
        by=UserFactory(),
        now=now or at(MONDAY, 15, 30),
    )


def deliver(response, now=None, text="已办好"):
    return deliver_whistle(
        response=response,
        text=text,
        photos=[],
        by=UserFactory(),
        now=now or at(TUESDAY),
    )


# Accepting ------------------------------------------------------------------


def test_accepting_keeps_when_it_was_due_and_starts_the_handling():
    response = asked()

    response = accept(response)

    assert state_of(response) == "accepted"
    assert response.accept_due_at == at(TUESDAY)
    assert response.accepted_at == at(MONDAY, 15, 30)
    assert (response.clock_minutes, response.clock_used) == (10 * DAY, 0)
    assert response.due_at == at(NEXT_MONDAY + 7, 15, 30)
    assert state_of(response.whistle) == "accepted"
    assert lines(response.whistle) == [("accepted", response.organization.name)]


@pytest.mark.parametrize(
    ("wanted_by", "due_at"),
    [
        (date(2026, 11, 26), at(THURSDAY, 17, 30)),
        (date(2026, 11, 28), at(FRIDAY, 17, 30)),
        (date(2026, 11, 23), at(MONDAY, 17, 30)),
        (date(2026, 11, 20), at(NEXT_MONDAY + 7, 15, 30, 40)),
    ],
    ids=["a working day", "a Saturday", "today", "over"],
)
def test_handling_ends_with_the_day_the_community_wants_it_by(wanted_by, due_at):
    response = asked(whistle__state="dispatched", whistle__wanted_by=wanted_by)

    response = accept(response, now=at(MONDAY, 15, 30, 40))

    assert response.due_at == due_at


def test_accepting_late_is_possible_and_shows():
    response = accept(asked(), now=at(WEDNESDAY))

    assert response.accept_due_at < response.accepted_at


@pytest.mark.parametrize("by_dispatcher", [True, False])
def test_accepting_is_told_to_the_community_and_to_who_dispatched(by_dispatcher):
    response = asked(by_dispatcher=by_dispatcher)
    community, street = sides_of(response.whistle)

    accept(response)

    people = [community, street] if by_dispatcher else [community]
    assert told("whistle_accepted") == [(person.pk, "none") for person in people]


# Returning ------------------------------------------------------------------


def test_returning_stops_the_clock_and_was_never_due():
    response = give_back(asked())

    assert state_of(response) == "returned"
    assert (response.due_at, response.accept_due_at) == (None, None)
    assert response.clock_used == 4 * 60
    assert response.whistle.entries.get(kind="returned").text == "不属于职责"


@pytest.mark.parametrize(
    ("by_dispatcher", "returned_before", "state"),
    [
        (False, 0, "returned"),
        (False, 1, "issued"),
        (True, 0, "issued"),
        (True, 1, "issued"),
    ],
    ids=[
        "first, to the community that asked",
        "second, to the dispatcher",
        "first, to the street that asked",
        "second, to the street",
    ],
)
def test_whistle_nobody_has_goes_to_the_sender_and_then_to_the_dispatcher(
    by_dispatcher, returned_before, state
):
    response = asked(
        by_dispatcher=by_dispatcher, whistle__returned_count=returned_before
    )
    community, street = sides_of(response.whistle)

    give_back(response)

    whistle = response.whistle
    assert state_of(whistle) == state
    assert whistle.returned_count == returned_before + 1
    assert whistle.due_at == (at(WEDNESDAY, 15, 30) if state == "issued" else None)
    to_community = [(community.pk, "due")] if state == "returned" else []
    to_street = [(street.pk, "due")] if state == "issued" else []
    assert told("whistle_returned") == to_community
    assert told("whistle_waits_again") == to_street


def test_returning_leaves_the_whistle_with_the_others():
    response = asked()
    WhistleResponseFactory(whistle=response.whistle)
    _, street = sides_of(response.whistle)

    give_back(response)

    assert state_of(response.whistle) == "dispatched"
    assert told("whistle_returned") == [(street.pk, "none")]


def test_whistle_is_delivered_when_the_last_one_asked_returns_it():
    response = asked()
    DeliveredResponseFactory(whistle=response.whistle)

    give_back(response)

    assert state_of(response.whistle) == "delivered"


def test_returning_in_the_last_moment_is_possible():
    assert state_of(give_back(asked(), now=at(TUESDAY))) == "returned"


def test_returning_after_the_time_to_answer_is_refused():
    response = asked()

    with pytest.raises(WhistleRefused, match="已过响应时限，不能退单"):
        give_back(response, now=at(TUESDAY, 9, 1))

    assert state_of(response) == "asked"


def test_returning_without_a_reason_is_refused():
    with pytest.raises(WhistleRefused, match="请写明退单理由"):
        give_back(asked(), reason=" ")


# The log --------------------------------------------------------------------


def log(response, text="已到现场"):
    return log_whistle(
        response=response, text=text, photos=[], by=UserFactory(), now=at(TUESDAY)
    )


def test_first_line_of_the_log_begins_the_handling():
    response = handling(state="accepted", whistle__state="accepted")
    community, _ = sides_of(response.whistle)

    entry = log(response)

    assert (entry.kind, entry.text, entry.at) == ("logged", "已到现场", at(TUESDAY))
    assert (state_of(response), state_of(response.whistle)) == ("handling",) * 2
    assert told("whistle_logged") == [(community.pk, "none")]


def test_line_after_a_reopening_says_that_it_is_handled_again():
    response = handling(whistle__state="reopened")

    log(response)

    assert state_of(response.whistle) == "handling"


@pytest.mark.parametrize(
    ("text", "refusal"), [("", "请写明办理情况"), ("长" * 501, "不超过 500 字")]
)
def test_line_without_fit_words_is_refused(text, refusal):
    with pytest.raises(WhistleRefused, match=refusal):
        log(handling(), text=text)


# Delivery -------------------------------------------------------------------


def test_delivery_asks_the_community_for_its_word_within_five_days():
    response = handling()
    community, _ = sides_of(response.whistle)

    response = deliver(response)

    assert (state_of(response), response.delivered_at) == ("delivered", at(TUESDAY))
    assert (response.due_at, response.delivered_late) == (None, False)
    whistle = response.whistle
    assert (state_of(whistle), whistle.delivered_at) == ("delivered", at(TUESDAY))
    assert whistle.due_at == at(NEXT_MONDAY + 1)
    assert told("whistle_delivered") == [(community.pk, "due")]


def test_delivery_of_one_of_two_is_told_and_changes_no_state():
    response = handling()
    other = handling(whistle=response.whistle)
    community, _ = sides_of(response.whistle)

    deliver(response)

    assert state_of(response.whistle) == "handling"
    assert state_of(other) == "handling"
    assert told("whistle_part_delivered") == [(community.pk, "none")]
    assert told("whistle_delivered") == []


@pytest.mark.parametrize(
    ("now", "was_late", "is_late"),
    [
        (at(WEDNESDAY), False, False),
        (at(WEDNESDAY, 9, 1), False, True),
        (at(TUESDAY), True, True),
    ],
    ids=["in the last moment", "a minute late", "late the first time"],
)
def test_delivery_is_late_after_its_time_and_stays_late(now, was_late, is_late):
    response = handling(delivered_late=was_late)

    assert deliver(response, now=now).delivered_late is is_late


def test_delivery_without_words_is_refused():
    with pytest.raises(WhistleRefused, match="请写明办理结果"):
        deliver(handling(), text="")
