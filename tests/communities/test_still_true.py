"""What was said about agreements and report-ins is asked again: does it hold?"""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from accounts.notifications.kinds import kind_of
from communities.actions.report_in_reminders import (
    remind_of_renewals,
    remind_of_report_in,
)
from communities.models import Agreement, Pairing
from communities.tasks import remind_of_agreements_task
from core.dates import day_starts_at
from tests.communities.report_ins import TODAY, official_of, paired
from tests.factories.accounts import UserFactory
from tests.factories.agreements import AgreementFactory
from tests.factories.communities import MembershipFactory, OrganizationReportInFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def holds(kind, now):
    pairs = set(Notification.objects.filter(kind=kind).values_list("object_id", "slot"))
    assert pairs
    return kind_of(kind).still_true(pairs, now) == pairs


def test_agreement_holds_until_it_is_renewed_changed_or_over(organization, community):
    today = timezone.localdate()
    MembershipFactory(role="unit", organization=organization)
    sides = {"organization": organization, "community": community}
    ending = AgreementFactory(**sides, ends_on=today + 9 * DAY)
    remind_of_agreements_task()
    now = timezone.now()

    assert holds("agreement_ends", now)
    assert not holds("agreement_ends", now + 10 * DAY)
    assert Notification.objects.get().expires_at == day_starts_at(today + 10 * DAY)

    Agreement.objects.filter(pk=ending.pk).update(ends_on=today + 8 * DAY)
    assert not holds("agreement_ends", now)

    Agreement.objects.filter(pk=ending.pk).update(ends_on=today + 9 * DAY)
    AgreementFactory(**sides, starts_on=today + 10 * DAY, renews=ending)
    assert not holds("agreement_ends", now)


@pytest.mark.parametrize(
    ("state", "is_true"),
    [("draft", True), ("submitted", False), ("received", False), ("returned", True)],
)
def test_report_in_is_missing_until_it_is_handed_in(state, is_true):
    pairing = paired()
    official_of(pairing.organization)
    remind_of_report_in(
        organization=pairing.organization,
        community=pairing.community,
        level="contact",
        by=UserFactory(),
        today=TODAY,
    )
    trait = {} if state == "submitted" else {state: True}
    OrganizationReportInFactory(
        organization=pairing.organization, community=pairing.community, **trait
    )

    assert holds("report_in_reminder", day_starts_at(TODAY)) is is_true


def test_report_in_is_missed_no_more_once_the_pairing_ended():
    pairing = paired()
    official_of(pairing.organization)
    remind_of_report_in(
        organization=pairing.organization,
        community=pairing.community,
        level="contact",
        by=UserFactory(),
        today=TODAY,
    )

    Pairing.objects.filter(pk=pairing.pk).update(ends_on=TODAY - DAY)

    assert not holds("report_in_reminder", day_starts_at(TODAY))


def test_renewal_holds_until_every_pair_is_renewed():
    pairing = paired()
    official_of(pairing.organization)
    day = date(2026, 12, 20)
    remind_of_renewals(today=day)
    assert holds("report_in_renewal", day_starts_at(day))

    OrganizationReportInFactory(
        organization=pairing.organization,
        community=pairing.community,
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
    )

    assert not holds("report_in_renewal", day_starts_at(day))
