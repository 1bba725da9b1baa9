"""Two people report in, remind or number in the same moment."""

import pytest
from django.db import IntegrityError, transaction

from communities.actions.report_in_reminders import (
    ReminderRefused,
    remind_of_report_in,
)
from communities.actions.report_ins import (
    ReportInRefused,
    receive_report_in,
    return_report_in,
    start_report_in,
    submit_report_in,
)
from communities.models import OrganizationReportIn, ReportInReminder
from tests.communities.report_ins import (
    NOW,
    PERIOD,
    TODAY,
    VALUES,
    official_of,
    paired,
)
from tests.factories.accounts import UserFactory
from tests.factories.communities import OrganizationReportInFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def starting(pairing, **values):
    user = UserFactory()
    return lambda: start_report_in(
        organization=pairing.organization,
        community=pairing.community,
        period=PERIOD,
        values=VALUES | values,
        by=user,
        today=TODAY,
    )


def test_second_start_waits_and_is_refused():
    pairing = paired()
    first, second = starting(pairing), starting(pairing, member_count=1)

    with before_commit_of(first) as meet:
        other = meet(second)
        waited = not other.done()

    with pytest.raises(ReportInRefused, match="已经有报到记录"):
        other.result(timeout=20)
    assert waited
    assert OrganizationReportIn.objects.count() == 1


def test_database_holds_one_live_row_a_period():
    row = OrganizationReportInFactory(draft=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationReportInFactory(
            organization=row.organization, community=row.community, draft=True
        )


def test_two_first_submissions_get_two_numbers():
    rows = [starting(paired())() for _number in range(2)]
    users = [UserFactory(), UserFactory()]

    def submitting(index):
        return lambda: submit_report_in(report_in=rows[index], by=users[index], now=NOW)

    with before_commit_of(submitting(0)) as meet:
        other = meet(submitting(1))
    other.result(timeout=20)

    numbers = OrganizationReportIn.objects.order_by("number")
    assert list(numbers.values_list("number", flat=True)) == [
        "芗报〔2026〕0001号",
        "芗报〔2026〕0002号",
    ]


def test_number_taken_back_is_given_again():
    rows = [starting(paired())() for _number in range(2)]
    user = UserFactory()

    with transaction.atomic():
        submit_report_in(report_in=rows[0], by=user, now=NOW)
        transaction.set_rollback(True)
    second = submit_report_in(report_in=rows[1], by=user, now=NOW)

    assert second.number == "芗报〔2026〕0001号"


def test_answer_after_another_answer_is_refused():
    row = OrganizationReportInFactory()
    users = [UserFactory(), UserFactory()]

    with before_commit_of(
        lambda: receive_report_in(report_in=row, by=users[0], now=NOW)
    ) as meet:
        other = meet(
            lambda: return_report_in(
                report_in=row, reason="请补充", by=users[1], now=NOW
            )
        )

    with pytest.raises(ReportInRefused, match="已不在待签收状态"):
        other.result(timeout=20)
    row.refresh_from_db()
    assert row.state == "received"


def test_second_reminder_waits_and_is_refused():
    pairing = paired()
    official_of(pairing.organization)
    users = [UserFactory(), UserFactory()]

    def reminding(by):
        return lambda: remind_of_report_in(
            organization=pairing.organization,
            community=pairing.community,
            level="contact",
            by=by,
            today=TODAY,
        )

    with before_commit_of(reminding(users[0])) as meet:
        other = meet(reminding(users[1]))
        waited = not other.done()

    with pytest.raises(ReminderRefused, match="每级只提醒一次"):
        other.result(timeout=20)
    assert waited
    assert ReportInReminder.objects.count() == 1
