"""The clock and somebody else act on one whistle in the same moment."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from campaigns.actions.whistle_answers import accept_whistle
from campaigns.actions.whistle_clock import (
    close_unrated_whistles,
    erase_whistle_contacts,
    tell_overdue_whistles,
)
from campaigns.actions.whistles import rate_whistle
from campaigns.models import WhistleEntry
from campaigns.rules import WhistleRefused
from core.models import AuditEntry
from tests.campaigns.whistle_steps import MONDAY, TUESDAY, asked, at, clocked, official
from tests.factories.accounts import UserFactory
from tests.factories.whistles import DeliveredResponseFactory, IssuedWhistleFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)

LATE = at(TUESDAY, 9, 30)


def answer(call):
    try:
        return call()
    except WhistleRefused as error:
        return error


def race(first, second):
    """What the second answers when it comes before the first has committed."""
    with before_commit_of(first) as start:
        late = start(partial(answer, second))
    return late.result(timeout=20)


def telling():
    return partial(tell_overdue_whistles, now=LATE)


def test_two_clocks_at_once_tell_each_step_once():
    response = asked()
    official("unit", organization=response.organization)

    assert race(telling(), telling()) == 0

    assert WhistleEntry.objects.filter(kind="overdue").count() == 1


def test_unit_that_accepts_as_the_clock_looks_is_not_called_late():
    response = asked()
    accepting = partial(accept_whistle, response=response, by=UserFactory(), now=LATE)

    assert race(accepting, telling()) == 0


def delivered_long_ago():
    whistle = DeliveredResponseFactory().whistle
    return clocked(whistle, 30, day=MONDAY)


def test_two_clocks_at_once_close_an_unrated_whistle_once():
    delivered_long_ago()
    closing = partial(close_unrated_whistles, now=LATE)

    assert race(closing, closing) == 0

    assert WhistleEntry.objects.filter(kind="unrated").count() == 1


def test_rating_that_comes_as_the_clock_closes_is_refused():
    whistle = delivered_long_ago()
    rating = partial(
        rate_whistle,
        whistle=whistle,
        resolution="solved",
        is_satisfied=True,
        text="",
        by=UserFactory(),
        now=LATE,
    )

    late = race(partial(close_unrated_whistles, now=LATE), rating)

    whistle.refresh_from_db()
    assert isinstance(late, WhistleRefused)
    assert (whistle.state, whistle.resolution) == ("closed", "")


def test_two_clocks_at_once_erase_a_contact_once():
    IssuedWhistleFactory(
        state="closed",
        ended_at=timezone.now() - timedelta(days=31),
        resident_name="王示例",
        resident_consented=True,
    )
    erasing = partial(erase_whistle_contacts, now=timezone.now())

    assert race(erasing, erasing) == 0

    verb = "campaigns.whistle_contact_erased"
    assert AuditEntry.objects.filter(verb=verb).count() == 1
