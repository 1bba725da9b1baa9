"""The office's pages of the kinds of messages."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delivery, KindSetting, KindText
from accounts.notifications.kind_settings import is_on, leads_of
from accounts.notifications.kinds import KINDS
from accounts.notifications.texts import words_of
from tests.factories.accounts import DeliveryFactory, NotificationFactory

REMINDER, CANCELLATION, TWO_TEXTS = (
    "shift_reminder",
    "shift_cancelled",
    "report_in_reminder",
)
LIST = "/admin/accounts/notification/kinds/"
pytestmark = pytest.mark.django_db


def kind_url(code):
    return reverse("admin:message_kind", args=[code])


def text_url(*args):
    return reverse("admin:message_kind_text", args=args)


def post_setting(client, code, **data):
    return client.post(reverse("admin:message_kind_setting", args=[code]), data)


def post_text(client, title, body="请准时来。", act="save", args=(REMINDER,)):
    return client.post(text_url(*args), {"title": title, "body": body, "act": act})


def figures_of(response, code):
    rows = [row for _topic, rows in response.context["topics"] for row in rows]
    [row] = [row for row in rows if row.kind.code == code]
    return row.figures


def test_list_names_every_kind_and_links_it(office):
    page = office.get(LIST, {"topic": "all"}).content.decode()

    assert [code for code in KINDS if kind_url(code) not in page] == []


def test_list_of_a_topic_names_only_its_kinds(office):
    [(topic, rows)] = office.get(LIST, {"topic": "whistles"}).context["topics"]

    assert (topic, {row.kind.topic for row in rows}) == ("whistles", {"whistles"})


def test_list_counts_the_last_month_by_fate(office):
    now, kind = timezone.now(), REMINDER
    for state in ("sent", "failed", "failed", "dropped", "due"):
        DeliveryFactory(send_state=state, notification__kind=kind)
    for state in ("dropped", "stale", "none"):
        NotificationFactory(outbox_state=state, kind=kind)
    old = now - timedelta(days=31)
    NotificationFactory(outbox_state="stale", kind=kind, due_at=old)
    sent = DeliveryFactory(send_state="sent", notification__kind=kind)
    Delivery.objects.filter(pk=sent.pk).update(created_at=old)

    held = figures_of(office.get(LIST), kind)

    assert (held.sent, held.failed, held.dropped, held.stale) == (1, 2, 2, 1)


def test_list_costs_the_same_for_three_rows(office, django_assert_max_num_queries):
    office.get(LIST)
    with django_assert_max_num_queries(20) as few:
        office.get(LIST)
    for code in (REMINDER, CANCELLATION, TWO_TEXTS):
        KindSetting.objects.create(kind=code)
        DeliveryFactory(send_state="sent", notification__kind=code)

    with django_assert_max_num_queries(20) as many:
        office.get(LIST)

    assert len(many) == len(few)


def test_kind_costs_the_same_for_five_texts(office, django_assert_max_num_queries):
    office.get(kind_url(REMINDER))
    with django_assert_max_num_queries(20) as one:
        office.get(kind_url(REMINDER))

    with django_assert_max_num_queries(20) as five:
        office.get(kind_url("whistle_overdue"))

    assert len(five) == len(one)


def test_index_leads_the_office_to_the_kinds(office, committee):
    pages = [client.get(reverse("admin:index")) for client in (office, committee)]

    assert [LIST in page.content.decode() for page in pages] == [True, False]


def test_setting_switches_and_sets_leads(office):
    response = post_setting(office, REMINDER, lead="24，2")

    assert response.headers["Location"] == kind_url(REMINDER)
    assert (is_on(REMINDER), leads_of(REMINDER)) == (False, [2, 24])


def test_setting_refused_changes_nothing_and_says_why(office):
    response = post_setting(office, REMINDER, lead="0")

    assert response.status_code == 422
    assert "提前量须在 1 至 336 小时之间。" in response.content.decode()
    assert not KindSetting.objects.exists()


def test_kind_that_must_arrive_has_no_switch(office):
    page = office.get(kind_url(CANCELLATION)).content.decode()
    posted = post_setting(office, CANCELLATION, is_on="")

    assert "必须送达，不能停发" in page
    assert 'name="is_on"' not in page
    assert (posted.status_code, is_on(CANCELLATION)) == (404, True)


def test_text_saved_is_used(office, office_official):
    response = post_text(office, "明天见：%(shift)s")

    assert response.status_code == 302
    assert words_of(REMINDER) == ("明天见：%(shift)s", "请准时来。")
    assert KindText.objects.get().changed_by == office_official


def test_text_with_a_wrong_placeholder_is_shown_again_with_the_reason(office):
    response = post_text(office, "明天见：%(name)s", act="preview")

    page = response.content.decode()
    assert response.status_code == 422
    assert "没有名为“name”的占位符" in page
    assert 'value="明天见：%(name)s"' in page


def test_text_with_a_phone_is_refused(office):
    response = post_text(office, "有事找 13800138000")

    assert response.status_code == 422
    assert not KindText.objects.exists()


def test_text_tried_is_shown_filled_and_not_saved(office):
    response = post_text(office, "试一试：%(shift)s", act="preview")

    [block] = response.context["blocks"]
    sample = block.text.placeholders["shift"].sample
    assert block.unsaved.title == f"试一试：{sample}"
    assert block.preview.title == f"活动提醒：{sample}"
    assert not KindText.objects.exists()


def test_preview_shows_mail_with_link_and_a_short_message(office):
    [block] = office.get(kind_url(REMINDER)).context["blocks"]

    assert settings.SITE_URL in block.preview.mail
    assert block.preview.subject.startswith("【")
    assert len(block.preview.sms) <= 300


def test_text_reset_takes_the_portals_words_whatever_was_typed(office):
    post_text(office, "明天见")

    post_text(office, "%坏", act="reset")

    assert words_of(REMINDER)[0] == "活动提醒：%(shift)s"


def test_text_of_one_variant_leaves_the_other(office):
    post_text(office, "请来报到", args=(TWO_TEXTS, "contact"))

    assert words_of(TWO_TEXTS, "contact")[0] == "请来报到"
    assert words_of(TWO_TEXTS, "superior")[0] == "请督促%(unit)s报到"


@pytest.mark.parametrize("args", [(TWO_TEXTS,), (TWO_TEXTS, "x"), ("need_claimed",)])
def test_text_of_no_variant_is_not_found(args, office):
    assert post_text(office, "标题", args=args).status_code == 404
