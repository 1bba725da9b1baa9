"""What is typed into a long form: kept, given back, dropped, purged."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.drafts import (
    DraftRefused,
    DraftTooLong,
    draft_of,
    drop_draft,
    purge_drafts,
    save_draft,
)
from accounts.models import FormDraft
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
KEY = "activity-new"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def owner(db):
    return UserFactory()


@pytest.fixture
def now():
    return timezone.now()


def save(owner, now, key=KEY, **values):
    fields = values.pop("fields", {"title": ["清洁家园"]})
    return save_draft(owner=owner, key=key, fields=fields, now=now, **values)


def held(owner, now, key=KEY):
    draft = draft_of(owner=owner, key=key, now=now)
    return draft and draft.fields


def test_draft_comes_back_to_its_owner_alone(owner, now):
    save(owner, now)

    assert held(owner, now) == {"title": ["清洁家园"]}
    assert held(UserFactory(), now) is None


def test_draft_saved_again_holds_what_was_typed_last(owner, now):
    save(owner, now)

    save(owner, now + MINUTE, fields={"title": ["清洁"], "place": [""]})

    assert held(owner, now) == {"title": ["清洁"], "place": [""]}
    assert FormDraft.objects.get().saved_at == now + MINUTE


def test_draft_never_keeps_tokens_passwords_and_residents(owner, now):
    fields = {
        "csrfmiddlewaretoken": ["x"],
        "oldpassword": ["x"],
        "Password1": ["x"],
        "resident_phone": ["13800138000"],
        "initial-resident_name": ["x"],
        "title": ["清洁"],
    }

    save(owner, now, fields=fields)

    assert held(owner, now) == {"title": ["清洁"]}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        pytest.param({f"f{n}": ["x"] for n in range(61)}, DraftTooLong, id="fields"),
        pytest.param({"text": ["字" * 7000]}, DraftTooLong, id="bytes"),
        pytest.param({"text": ["x"] * 9000}, DraftTooLong, id="values"),
        pytest.param({"text": ["a\x00b"]}, DraftRefused, id="NUL"),
        pytest.param({"a\x00": ["b"]}, DraftRefused, id="NUL in a name"),
        pytest.param({"text": ["\ud800"]}, DraftRefused, id="half a character"),
    ],
)
def test_draft_that_is_none_is_refused(fields, error, owner, now):
    with pytest.raises(error):
        save(owner, now, fields=fields)

    assert FormDraft.objects.count() == 0


def test_draft_of_sixty_fields_and_rare_characters_is_kept(owner, now):
    fields = {f"f{n}": ["𠮷"] for n in range(60)}

    save(owner, now, fields=fields)

    assert held(owner, now) == fields


def test_draft_dropped_is_gone(owner, now):
    save(owner, now)

    drop_draft(owner=owner, key=KEY, now=now + MINUTE)

    assert held(owner, now + MINUTE) is None


@pytest.mark.parametrize("was_saved", [True, False])
def test_draft_under_way_while_the_record_was_saved_stays_away(was_saved, owner, now):
    if was_saved:
        save(owner, now)
    drop_draft(owner=owner, key=KEY, now=now + MINUTE)

    late = save(owner, now + MINUTE, opened_at=now)

    assert (late, held(owner, now + MINUTE)) == (None, None)


def test_draft_of_a_page_opened_after_the_drop_is_kept(owner, now):
    drop_draft(owner=owner, key=KEY, now=now)

    save(owner, now + 2 * MINUTE, opened_at=now + MINUTE)

    assert held(owner, now + 2 * MINUTE) == {"title": ["清洁家园"]}


def test_draft_beyond_fifty_takes_the_place_of_the_oldest(owner, now):
    other = save(UserFactory(), now - MINUTE)
    for number in range(51):
        save(owner, now + number * MINUTE, key=f"activity-{number}")

    kept = set(FormDraft.objects.filter(owner=owner).values_list("key", flat=True))

    assert kept == {f"activity-{number}" for number in range(1, 51)}
    assert FormDraft.objects.filter(pk=other.pk).exists()


def test_draft_of_thirty_days_is_neither_given_back_nor_kept(owner, now):
    save(owner, now - timedelta(days=30), key="activity-1")
    save(owner, now - timedelta(days=30) + MINUTE, key="activity-2")

    assert held(owner, now, key="activity-1") is None
    assert purge_drafts(now=now) == 1
    assert held(owner, now, key="activity-2") is not None
