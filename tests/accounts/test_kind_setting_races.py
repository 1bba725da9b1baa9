"""Two officials change one kind at once: the log tells what was before each."""

import pytest

from accounts.models import KindSetting
from accounts.notifications.kind_settings import save_text, set_leads
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "shift_reminder"


def said_of(verb):
    rows = AuditEntry.objects.filter(verb=verb).order_by("pk")
    return [(row.data.get("was"), row.data["now"]) for row in rows]


def test_leads_set_twice_at_once_are_recorded_one_after_the_other():
    by = UserFactory()
    set_leads(code=CODE, typed="5", by=by)

    with before_commit_of(lambda: set_leads(code=CODE, typed="6", by=by)) as start:
        late = start(lambda: set_leads(code=CODE, typed="7", by=by))

    assert late.result().lead == "7"
    assert said_of("accounts.kind_setting_changed") == [
        (None, "5"),
        ("5", "6"),
        ("6", "7"),
    ]


def test_texts_saved_twice_at_once_are_recorded_one_after_the_other():
    words = {"code": CODE, "variant": "", "body": "", "by": UserFactory()}
    KindSetting.objects.create(kind=CODE)  # or the first insert of it would be the lock

    with before_commit_of(lambda: save_text(title="甲", **words)) as start:
        late = start(lambda: save_text(title="乙", **words))

    assert late.result().title == "乙"
    assert said_of("accounts.kind_text_changed") == [(None, "甲"), ("甲", "乙")]
