"""Who has not reported in, and how the committee follows it up."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Notification
from communities.actions.report_in_reminders import (
    ReminderRefused,
    remind_of_renewals,
    remind_of_report_in,
)
from communities.models import ReportInReminder
from communities.queries.missing_report_ins import missing_report_ins, show_follow_ups
from communities.tasks import end_and_renew_report_ins
from core.models import AuditEntry
from core.working_days import CalendarMissing
from tests.communities.report_ins import TODAY, official_of, paired
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    OrganizationReportInFactory,
    SubdistrictFactory,
)

pytestmark = pytest.mark.django_db


def of(pairing, **values):
    return OrganizationReportInFactory(
        organization=pairing.organization, community=pairing.community, **values
    )


def remind(pairing, level="contact", today=TODAY):
    return remind_of_report_in(
        organization=pairing.organization,
        community=pairing.community,
        level=level,
        by=UserFactory(),
        today=today,
    )


def reminded(pairing, day):
    """As if the unit had been reminded on `day`."""
    reminder = ReportInReminder.objects.create(
        organization=pairing.organization,
        community=pairing.community,
        period_starts_on=date(day.year, 1, 1),
        level="contact",
    )
    sent_at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    ReportInReminder.objects.filter(pk=reminder.pk).update(sent_at=sent_at)


def followed(pairing, today=TODAY):
    [row] = show_follow_ups(
        list(missing_report_ins(today).filter(pk=pairing.pk)), today=today
    )
    return row.follow


# The list -------------------------------------------------------------------


def test_missing_are_the_pairs_without_a_received_one():
    none, draft, waiting, returned, received = (paired() for _number in range(5))
    paired(ends_on=date(2026, 6, 9))
    of(draft, draft=True)
    of(waiting)
    of(returned, returned=True)
    of(received, received=True)

    states = {row.pk: row.report_in_state for row in missing_report_ins(TODAY)}

    assert states == {
        none.pk: None,
        draft.pk: "draft",
        waiting.pk: "submitted",
        returned.pk: "returned",
    }


@pytest.mark.parametrize("state", ["none", "draft", "submitted", "returned"])
def test_missing_are_narrowed_by_state(state):
    rows = {"none": paired(), "draft": paired(), "submitted": paired()}
    rows["returned"] = paired()
    of(rows["draft"], draft=True)
    of(rows["submitted"])
    of(rows["returned"], returned=True)

    assert list(missing_report_ins(TODAY, state=state)) == [rows[state]]


def test_missing_are_narrowed_by_street_and_text():
    street = SubdistrictFactory()
    here = paired(community__subdistrict=street, organization__unit_name="示例甲局")
    paired(organization__unit_name="示例乙局")

    assert list(missing_report_ins(TODAY, street=street)) == [here]
    assert list(missing_report_ins(TODAY, text="甲局")) == [here]


def test_report_in_of_last_year_does_not_count():
    pairing = paired()
    of(
        pairing,
        received=True,
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
    )

    assert list(missing_report_ins(TODAY)) == [pairing]


@pytest.mark.parametrize("count", [1, 3])
def test_follow_ups_take_a_fixed_number_of_queries(count, django_assert_num_queries):
    for _number in range(count):
        paired()
    rows = list(missing_report_ins(TODAY))

    with django_assert_num_queries(3):  # accounts, reminders, lead time
        show_follow_ups(rows, today=TODAY)


# Reminders ------------------------------------------------------------------


def test_contact_is_reminded_in_inbox_and_by_mail():
    pairing = paired()
    official = official_of(pairing.organization)

    reminder = remind(pairing)

    message = Notification.objects.get(kind="report_in_reminder")
    assert (message.recipient, message.outbox_state) == (official, "due")
    assert pairing.community.name in message.title
    assert AuditEntry.objects.filter(
        verb="communities.report_in_reminder_created", target_id=reminder.pk
    ).exists()


def test_second_reminder_to_the_contact_is_refused():
    pairing = paired()
    official_of(pairing.organization)
    remind(pairing)

    with pytest.raises(ReminderRefused, match="每级只提醒一次"):
        remind(pairing)

    assert Notification.objects.count() == 1


def test_unit_without_account_is_named_and_nothing_is_kept():
    pairing = paired()

    with pytest.raises(ReminderRefused, match="没有人开通账号"):
        remind(pairing)

    assert not ReportInReminder.objects.exists()
    assert followed(pairing).has_account is False


@pytest.mark.parametrize(
    ("held", "words"),
    [({"received": True}, "已经报到"), ({}, "等社区签收")],
    ids=["received", "submitted"],
)
def test_unit_that_did_its_part_is_not_reminded(held, words):
    pairing = paired()
    official_of(pairing.organization)
    of(pairing, **held)

    with pytest.raises(ReminderRefused, match=words):
        remind(pairing)


def test_pair_of_the_past_is_not_reminded():
    pairing = paired(ends_on=date(2026, 6, 9))
    official_of(pairing.organization)

    with pytest.raises(ReminderRefused, match="现在没有结对"):
        remind(pairing)


def test_superior_comes_after_the_contact():
    pairing = paired()
    official_of(pairing.organization)
    official_of(pairing.organization.parent)

    with pytest.raises(ReminderRefused, match="请先提醒联络员"):
        remind(pairing, "superior")


@pytest.mark.parametrize(
    ("today", "is_allowed"),
    [(date(2026, 6, 5), False), (date(2026, 6, 8), True)],
    ids=["4 working days later", "5 working days later"],
)
def test_superior_is_reminded_five_working_days_later(today, is_allowed):
    pairing = paired()
    official_of(pairing.organization)
    above = official_of(pairing.organization.parent)
    reminded(pairing, date(2026, 6, 1))

    assert followed(pairing, today).next_level == ("superior" if is_allowed else "")
    if is_allowed:
        remind(pairing, "superior", today)
        assert Notification.objects.get().recipient == above
    else:
        assert followed(pairing, today).superior_on == date(2026, 6, 8)
        with pytest.raises(ReminderRefused, match="2026年6月8日（周一）起"):
            remind(pairing, "superior", today)


def test_superior_is_reminded_once():
    pairing = paired()
    official_of(pairing.organization.parent)
    reminded(pairing, date(2026, 6, 1))
    remind(pairing, "superior")

    with pytest.raises(ReminderRefused, match="每级只提醒一次"):
        remind(pairing, "superior")


def test_superior_of_a_unit_without_account_may_be_told_at_once():
    pairing = paired()
    above = official_of(pairing.organization.parent)

    assert followed(pairing).next_level == "superior"
    remind(pairing, "superior")

    assert Notification.objects.get().recipient == above


def test_superior_without_account_is_named():
    pairing = paired()

    with pytest.raises(ReminderRefused, match="上级党组织还没有人开通账号"):
        remind(pairing, "superior")


def test_year_without_calendar_is_said_where_days_are_counted():
    pairing = paired()
    official_of(pairing.organization)
    reminded(pairing, date(2040, 6, 1))

    assert "2040 年" in followed(pairing, date(2040, 6, 20)).problem
    with pytest.raises(CalendarMissing):
        remind(pairing, "superior", date(2040, 6, 20))


# Renewal --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "count"), [(date(2026, 11, 30), 0), (date(2026, 12, 1), 1)]
)
def test_renewal_is_recalled_once_the_window_opens(today, count):
    pairing = paired()
    official_of(pairing.organization)

    remind_of_renewals(today=today)
    remind_of_renewals(today=today)

    assert Notification.objects.filter(kind="report_in_renewal").count() == count


def test_renewal_is_recalled_once_a_unit_not_once_a_community():
    pairing = paired()
    paired(organization=pairing.organization)
    official_of(pairing.organization)

    assert remind_of_renewals(today=date(2026, 12, 1)) == 1
    assert Notification.objects.count() == 1


def test_renewal_is_not_recalled_where_it_is_done_or_the_pairing_ends():
    done, ending = paired(), paired(ends_on=date(2026, 12, 31))
    official_of(done.organization)
    official_of(ending.organization)
    of(done, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))

    assert remind_of_renewals(today=date(2026, 12, 1)) == 0
    assert not Notification.objects.exists()


def test_renewal_is_recalled_again_the_year_after():
    pairing = paired()
    official_of(pairing.organization)

    remind_of_renewals(today=date(2026, 12, 1))
    remind_of_renewals(today=date(2027, 12, 1))

    slots = Notification.objects.order_by("pk").values_list("slot", flat=True)
    assert list(slots) == ["2027", "2028"]


def test_task_ends_and_recalls_by_the_day_of_beijing(monkeypatch):
    pairing = paired()
    official_of(pairing.organization)
    past = of(
        paired(), received=True, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)
    )
    midnight = datetime(2026, 11, 30, 16, tzinfo=UTC)  # 1 December in Beijing
    monkeypatch.setattr("django.utils.timezone.now", lambda: midnight)

    end_and_renew_report_ins()
    end_and_renew_report_ins()

    past.refresh_from_db()
    assert past.state == "ended"
    assert Notification.objects.filter(kind="report_in_renewal").count() == 1
