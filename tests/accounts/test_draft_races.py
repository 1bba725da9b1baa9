"""A draft is under way while its record is saved, or from two pages at once."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.drafts import draft_of, drop_draft, save_draft
from accounts.models import FormDraft
from tests.factories.accounts import UserFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "activity-new"


@pytest.mark.parametrize("was_saved", [True, False])
def test_draft_saved_while_the_record_is_saved_does_not_come_back(was_saved):
    owner, now = UserFactory(), timezone.now()
    save = partial(save_draft, owner=owner, key=KEY, fields={"title": ["甲"]}, now=now)
    if was_saved:
        save()
    opened = now - timedelta(minutes=5)

    with before_commit_of(partial(drop_draft, owner=owner, key=KEY, now=now)) as start:
        late = start(partial(save, opened_at=opened))

    assert late.result(timeout=20) is None
    assert draft_of(owner=owner, key=KEY, now=now) is None


def test_draft_saved_from_two_pages_at_once_is_one():
    owner, now = UserFactory(), timezone.now()
    first, second = (
        partial(save_draft, owner=owner, key=KEY, fields={"title": [text]}, now=now)
        for text in ("甲", "乙")
    )

    with before_commit_of(first) as start:
        saving = start(second)

    saving.result(timeout=20)
    assert FormDraft.objects.get().fields == {"title": ["乙"]}
