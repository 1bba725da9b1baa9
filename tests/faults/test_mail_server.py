"""The mail server is down, refuses, is slow, or hangs up: tried again, never twice."""

import pytest

from tests.faults.portal import Portal, fragile_portal, wait_until
from tests.live.servers import postgres_database

BEAT_SECONDS = 3
MANY, FEW = 60, 2
LATER_THAN_THE_TIMEOUT = "late 13"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mail-server")
    with (
        fragile_portal(
            postgres_database, folder, BEAT_SECONDS=str(BEAT_SECONDS)
        ) as portal,
        portal.worker(),
        portal.beat(),
    ):
        yield portal


def test_mails_wait_for_a_server_that_is_down_and_arrive_once(portal, figures):
    portal.sink.kill()
    people = portal.make("messages", MANY)
    _wait_for_beats(portal)
    waiting = portal.rows.waiting()
    portal.sink.start()
    seconds = _wait_for(portal, people)

    figures("mails that waited", len(waiting))
    figures("seconds from the server being up to all sent", f"{seconds:.0f}")
    assert waiting == set(people)
    assert _times(portal, people) == {1}


def test_mails_refused_for_now_are_tried_again_and_arrive_once(portal, figures):
    portal.sink.behave("refuse")
    people = portal.make("messages", MANY)
    wait_until(
        lambda: len(portal.rows.tried("due") & set(people)) == MANY,
        seconds=60,
        what="each tried",
    )
    portal.sink.behave("take")
    portal.rows.let_retries_come()
    _wait_for(portal, people)

    figures("mails refused, then sent", MANY)
    assert _times(portal, people) == {1}


def test_mails_to_a_slow_server_arrive_once(portal):
    portal.sink.behave("slow 0.2")
    people = portal.make("messages", MANY)
    _wait_for(portal, people)

    portal.sink.behave("take")
    assert _times(portal, people) == {1}


@pytest.mark.parametrize(
    "mood", ["drop", LATER_THAN_THE_TIMEOUT], ids=["hangs up", "answers too late"]
)
def test_mails_taken_without_an_answer_wait_for_a_person(mood, portal, figures):
    portal.sink.behave(mood)
    before = portal.make("stuck")
    people = portal.make("messages", FEW)
    _wait_for(portal, people)
    portal.sink.behave("take")
    wait_until(
        lambda: portal.rows.addresses("sending") >= set(people),
        seconds=30,
        what="they are stuck",
    )
    _wait_for_beats(portal)
    stuck = portal.make("stuck") - before

    figures("mails stuck, shown to staff", stuck)
    assert stuck == FEW
    assert _times(portal, people) == {1}


def _wait_for(portal: Portal, people: list[str]) -> float:
    return wait_until(
        lambda: portal.sink.recipients().keys() >= set(people),
        seconds=90,
        what="all mails arrived",
    )


def _wait_for_beats(portal: Portal) -> None:
    """Let beat look for what is due three times more."""
    runs = portal.rows.runs().get("accounts.sweep", 0)
    wait_until(
        lambda: portal.rows.runs().get("accounts.sweep", 0) >= runs + 3,
        seconds=60,
        what="three more runs",
    )


def _times(portal: Portal, people: list[str]) -> set[int]:
    """How often mail came to each of these."""
    arrived = portal.sink.recipients()
    return {arrived[address] for address in people}
