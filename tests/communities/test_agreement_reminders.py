"""Agreements that end soon are recalled to both sides, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from communities.models import Agreement
from communities.tasks import remind_of_agreements_task
from tests.factories.agreements import AgreementFactory
from tests.factories.communities import MembershipFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def officials(organization, community):
    return {
        MembershipFactory(role="unit", organization=organization).user,
        MembershipFactory(role="community", community=community).user,
    }


def agreement(organization, community, days):
    return AgreementFactory(
        organization=organization, community=community, ends_on=TODAY + days * DAY
    )


def told():
    return {row.recipient for row in Notification.objects.select_related("recipient")}


def test_both_sides_are_told_30_days_before_the_end(officials, organization, community):
    agreement(organization, community, 30)
    MembershipFactory(role="office")

    remind_of_agreements_task()

    assert told() == officials


@pytest.mark.parametrize("days", [31, -1])
def test_nobody_is_told_earlier_or_afterwards(officials, organization, community, days):
    agreement(organization, community, days)

    remind_of_agreements_task()

    assert told() == set()


def test_a_second_run_says_nothing_twice(officials, organization, community):
    agreement(organization, community, 10)

    remind_of_agreements_task()
    remind_of_agreements_task()

    assert Notification.objects.count() == len(officials)


def test_a_new_last_day_is_recalled_anew(officials, organization, community):
    agreement(organization, community, 10)
    remind_of_agreements_task()
    Agreement.objects.update(ends_on=TODAY + 5 * DAY)

    remind_of_agreements_task()

    assert Notification.objects.count() == 2 * len(officials)


def test_a_renewed_agreement_is_left_alone(officials, organization, community):
    old = agreement(organization, community, 10)
    AgreementFactory(renews=old, starts_on=TODAY + 11 * DAY, ends_on=TODAY + 99 * DAY)

    remind_of_agreements_task()

    assert told() == set()
