"""The report of messages: counts by day, kind and channel, nobody named."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Delivery, Notification
from accounts.notifications.kind_overview import kind_rows
from accounts.notifications.kinds import KINDS
from reports.exports import MESSAGES_REPORT
from reports.queries import Filters
from tests.factories.accounts import DeliveryFactory, NotificationFactory
from tests.reports.cells import cells_of
from tests.reports.whistle_table import at

pytestmark = pytest.mark.django_db
MAY_1, MAY_2 = date(2026, 5, 1), date(2026, 5, 2)
REMINDER, DIGEST = "shift_reminder", "digest"


def message(moment="05-01 12:00", **values):
    row = NotificationFactory(**{"kind": REMINDER, "outbox_state": "routed", **values})
    Notification.objects.filter(pk=row.pk).update(created_at=at(moment))
    return row


def delivery(moment="05-01 12:00", **values):
    row = DeliveryFactory(**{"notification": message(moment), **values})
    Delivery.objects.filter(pk=row.pk).update(created_at=at(moment))


@pytest.mark.any_database
def test_messages_are_counted_by_day_kind_and_channel(office_official):
    delivery(send_state="sent", channel="mail")
    delivery(send_state="failed", channel="mail")
    delivery(send_state="claimed", channel="mail")
    delivery("05-02 00:00", send_state="dropped", channel="sms")
    message(outbox_state="stale", is_shown=False)
    message(kind=DIGEST, outbox_state="due", is_shown=False)
    message(kind="gone_kind", outbox_state="none")

    cells = cells_of(MESSAGES_REPORT, office_official)

    topic, kind = KINDS[REMINDER].topic.label, KINDS[REMINDER].label
    portal, digest = KINDS[DIGEST].topic.label, KINDS[DIGEST].label
    # Sent, waiting, failed, dropped, too late.
    assert cells == [
        [MAY_2, topic, kind, "收件箱", 1, 0, 0, 0, 0],
        [MAY_2, topic, kind, "短信", 0, 0, 0, 1, 0],
        [MAY_1, portal, digest, "未分发", 0, 1, 0, 0, 0],
        [MAY_1, "", "gone_kind", "收件箱", 1, 0, 0, 0, 0],
        [MAY_1, topic, kind, "收件箱", 3, 0, 0, 0, 0],
        [MAY_1, topic, kind, "邮件", 1, 1, 1, 0, 0],
        [MAY_1, topic, kind, "未分发", 0, 0, 0, 0, 1],
    ]


@pytest.mark.any_database
def test_messages_by_state_and_day_keep_the_rows_that_count_any(office_official):
    delivery(send_state="sent")
    delivery(send_state="failed")
    delivery("05-02 00:00", send_state="failed")
    delivery("04-30 23:59", send_state="failed")
    filters = Filters(state="failed", starts_on=MAY_1, ends_on=MAY_1)

    [cells] = cells_of(MESSAGES_REPORT, office_official, filters)

    assert (cells[0], cells[3:]) == (MAY_1, ["邮件", 1, 0, 1, 0, 0])
    rows = MESSAGES_REPORT.rows(office_official, filters)
    assert MESSAGES_REPORT.count(rows) == 1


def test_messages_add_up_to_what_the_office_sees_of_the_kind(office_official):
    for state in ("sent", "failed", "failed", "dropped", "due"):
        DeliveryFactory(notification__kind=REMINDER, send_state=state)
    NotificationFactory(kind=REMINDER, outbox_state="dropped")
    NotificationFactory(kind=REMINDER, outbox_state="stale", is_shown=False)

    rows = cells_of(MESSAGES_REPORT, office_official)

    out = [cells[4:] for cells in rows if cells[3] != "收件箱"]
    sent, _waiting, *others = (sum(counts) for counts in zip(*out, strict=True))
    [row] = kind_rows([KINDS[REMINDER]], now=at("05-01 12:00").replace(year=2020))
    assert [sent, *others] == [*vars(row.figures).values()]


def test_messages_are_told_to_nobody_without_the_right(unit_official):
    delivery(send_state="sent")

    assert cells_of(MESSAGES_REPORT, unit_official) == []


def test_preview_of_messages_turns_pages_and_shows_chosen_columns(office_official):
    for day in ("05-01 09:00", "05-02 09:00", "05-03 09:00"):
        message(day)
    rows = MESSAGES_REPORT.rows(office_official, Filters())
    columns = MESSAGES_REPORT.choose(["day", "sent"])

    page = MESSAGES_REPORT.preview(rows, 1, "", columns, offset=1)

    assert [[text for _column, text in row] for row in page] == [["2026-05-02", "1"]]


@pytest.mark.parametrize("count", [1, 3])
def test_messages_are_read_by_one_query_that_knows_no_person(count, office_official):
    for day in range(1, count + 1):
        delivery(f"05-0{day} 09:00")
    rows = MESSAGES_REPORT.rows(office_official, Filters())

    with CaptureQueriesContext(connection) as queries:
        cells = list(MESSAGES_REPORT.cells(rows))

    assert len(cells) == 2 * count
    texts = [query["sql"] for query in queries if "accounts_" in query["sql"]]
    assert len(texts) == 1
    assert "recipient" not in texts[0]
