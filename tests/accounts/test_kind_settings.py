"""What the office sets about a kind: switch, lead times, words."""

import pytest

from accounts.models import KindSetting, KindText
from accounts.notifications.kind_settings import (
    KindRefused,
    is_on,
    leads_of,
    parsed_leads,
    reset_text,
    save_text,
    set_leads,
    switch_kind,
)
from accounts.notifications.kinds import kind_of
from accounts.notifications.texts import own_words, words_of
from core.audit import history_of
from core.models import AuditEntry
from tests.factories.accounts import UserFactory

REMINDER, CANCELLATION = "shift_reminder", "shift_cancelled"
pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    return UserFactory()


def test_switch_off_and_on_again_is_recorded_once_each(official):
    switch_kind(code=REMINDER, is_on=False, by=official)
    switch_kind(code=REMINDER, is_on=False, by=official)
    was_on = is_on(REMINDER)
    row = switch_kind(code=REMINDER, is_on=True, by=official)

    assert (was_on, is_on(REMINDER)) == (False, True)
    assert [line.data for line in history_of(row)] == [
        {"field": "is_on", "was": "True", "now": "False"},
        {"field": "is_on", "was": "False", "now": "True"},
    ]


@pytest.mark.parametrize("code", [CANCELLATION, "invitation"])
def test_switch_of_what_must_arrive_or_stays_in_the_inbox_is_refused(code, official):
    with pytest.raises(KindRefused):
        switch_kind(code=code, is_on=False, by=official)

    assert is_on(code)


def test_leads_are_the_settings_until_the_office_says_otherwise(official, settings):
    settings.SHIFT_REMINDER_HOURS = [48, 3]
    before = leads_of(REMINDER)

    row = set_leads(code=REMINDER, typed=" 24，\uff12 、24", by=official)

    assert (before, leads_of(REMINDER)) == ([48, 3], [2, 24])
    assert row.lead == "2,24"
    assert history_of(row).get().data == {"field": "lead", "now": "2,24"}


@pytest.mark.parametrize("typed", ["", "3,48"], ids=["empty", "the setting's"])
def test_leads_emptied_follow_the_setting_again(typed, official, settings):
    settings.SHIFT_REMINDER_HOURS = [48, 3]
    set_leads(code=REMINDER, typed="24", by=official)

    set_leads(code=REMINDER, typed=typed, by=official)

    settings.SHIFT_REMINDER_HOURS = [36]
    assert leads_of(REMINDER) == [36]


@pytest.mark.parametrize(
    "typed", ["0", "-3", "337", "3.5", "三", "1,2,3,4,5,6", "9" * 40, ",", "3,,4"]
)
def test_leads_beyond_the_bounds_are_refused(typed):
    with pytest.raises(KindRefused):
        parsed_leads(kind_of(REMINDER).lead, typed)


def test_leads_of_a_kind_with_one_take_no_second():
    with pytest.raises(KindRefused):
        parsed_leads(kind_of("task_overdue").lead, "3,4")


def test_text_saved_is_used_and_recorded(official):
    row = save_text(code=REMINDER, variant="", title="明天见", body="", by=official)

    assert words_of(REMINDER)[0] == "明天见"
    assert row.changed_by == official
    assert history_of(row).get().data == {"now": "明天见"}


def test_text_reset_is_the_portals_and_the_log_keeps_the_words(official):
    save_text(code=REMINDER, variant="", title="明天见", body="", by=official)

    reset_text(code=REMINDER, variant="", by=official)

    assert words_of(REMINDER) == own_words(kind_of(REMINDER).texts[""])
    last = AuditEntry.objects.latest("pk")
    assert (last.verb, last.data) == ("accounts.kind_text_removed", {"was": "明天见"})


def test_text_saved_as_the_portals_own_leaves_no_row(official):
    save_text(code=REMINDER, variant="", title="明天见", body="", by=official)
    title, body = own_words(kind_of(REMINDER).texts[""])

    save_text(code=REMINDER, variant="", title=title, body=body, by=official)

    assert not KindText.objects.exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda by: save_text(code=REMINDER, variant="x", title="", body="", by=by),
        lambda by: reset_text(code=REMINDER, variant="x", by=by),
        lambda by: set_leads(code=CANCELLATION, typed="3", by=by),
        lambda by: switch_kind(code="x", is_on=False, by=by),
    ],
    ids=["save", "reset", "leads", "switch"],
)
def test_unknown_kind_variant_or_lead_is_a_lookup_error(act, official):
    with pytest.raises(LookupError):
        act(official)

    assert not KindSetting.objects.exists()
