"""The pages of one's own hours: ledger, late entry, dispute."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.uploads import remove_private
from tests.factories.accounts import UserFactory
from tests.factories.hours import (
    DisputeFactory,
    LateEntryFactory,
    PastShiftFactory,
    RecordFactory,
    ServedActivityFactory,
    days_ago,
)
from tests.factories.volunteers import SignupFactory, VolunteerFactory
from tests.files import picture
from volunteers.models import ServiceRecord
from volunteers.queries.hours import ledger_sums, ledger_years

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def url(name, *args):
    return reverse(f"volunteers:{name}", args=args)


@pytest.fixture
def volunteer():
    """Who looks."""
    return VolunteerFactory()


@pytest.fixture
def own(signed_in, volunteer):
    """Their client."""
    return signed_in(volunteer.user)


def test_ledger_without_hours_leads_to_shifts(own):
    assert url("shift_list") in own.get(url("hours_ledger")).content.decode()


def test_ledger_sums_only_what_is_confirmed(own, volunteer):
    for state in ServiceRecord.State.values:
        RecordFactory(volunteer=volunteer, state=state)
    RecordFactory()

    response = own.get(url("hours_ledger"))

    assert response.context["sums"] == {"confirmed": 120, "waiting": 240}
    assert len(response.context["page"]) == 6


def test_ledger_of_a_year_begins_at_midnight_in_beijing(volunteer):
    year = timezone.localdate().year
    first = timezone.make_aware(timezone.datetime(year, 1, 1))
    for starts_at in (first, first - timedelta(minutes=1)):
        RecordFactory(
            volunteer=volunteer, starts_at=starts_at, ends_at=starts_at + HOUR
        )

    assert ledger_sums(volunteer.user, year=year)["confirmed"] == 60
    assert ledger_years(volunteer.user) == [year, year - 1]


def test_ledger_sum_is_of_all_pages(own, volunteer, monkeypatch):
    monkeypatch.setattr("volunteers.views.hours.PAGE_SIZE", 1)
    RecordFactory.create_batch(2, volunteer=volunteer)

    response = own.get(url("hours_ledger"), {"page": 2})

    assert response.context["sums"]["confirmed"] == 240
    assert "全部各页" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_ledger_asks_a_fixed_number_of_queries(
    count, own, volunteer, django_assert_num_queries
):
    RecordFactory.create_batch(count, volunteer=volunteer)
    for _ in range(count):
        DisputeFactory(signup__volunteer=volunteer)

    with django_assert_num_queries(11):
        own.get(url("hours_ledger"))


def test_record_shows_its_history_and_who_confirms(own, volunteer):
    old = RecordFactory(volunteer=volunteer, state="corrected", reason="示例旧理由")
    new = RecordFactory(
        volunteer=volunteer,
        signup=old.signup,
        shift=old.shift,
        corrects=old,
        state="recorded",
        level="superior",
    )

    page = own.get(new.get_absolute_url()).content.decode()

    assert "示例旧理由" in page
    assert "上级党组织" in page


def filled(activity, **values):
    starts_at = timezone.localtime(activity.starts_at)
    return {
        "starts_at": f"{starts_at:%Y-%m-%dT%H:%M}",
        "ends_at": f"{starts_at + HOUR:%Y-%m-%dT%H:%M}",
        "reason": "示例理由",
        "proof": SimpleUploadedFile("p.jpg", picture(), "image/jpeg"),
        **values,
    }


def test_late_entry_is_made_with_a_photo_only_some_may_see(own, signed_in):
    activity = ServedActivityFactory(is_public=True)

    response = own.post(url("late_entry_create", activity.pk), filled(activity))

    entry = ServiceRecord.objects.get()
    proof = url("record_proof", entry.pk)
    assert response.url == url("hours_ledger")
    assert b"".join(own.get(proof).streaming_content)[:2] == b"\xff\xd8"
    assert signed_in(UserFactory()).get(proof).status_code == 404
    remove_private(entry.proof)


def test_late_entry_refused_keeps_what_was_typed(own, volunteer):
    RecordFactory(volunteer=volunteer)
    activity = ServedActivityFactory(is_public=True)

    response = own.post(url("late_entry_create", activity.pk), filled(activity))

    assert response.status_code == 422
    assert "重叠" in response.content.decode()
    assert "示例理由" in response.content.decode()


def test_late_entries_are_offered_for_recent_service_only(own):
    fit = ServedActivityFactory(is_public=True, title="文明劝导")
    ServedActivityFactory(is_public=True, counts_as_service=False)
    ServedActivityFactory(is_public=True, starts_at=days_ago(40))
    ServedActivityFactory(is_public=False)

    page = own.get(url("late_entry_choose"), {"text": "wmqd"}).context["page"]

    assert list(own.get(url("late_entry_choose")).context["page"]) == [fit]
    assert list(page) == [fit]


def test_dispute_is_made_and_taken_back(own, volunteer):
    signup = SignupFactory(
        volunteer=volunteer, shift=PastShiftFactory(state="settled"), state="no_show"
    )

    response = own.post(url("dispute_create", signup.pk), {"text": "我到了"})
    dispute = signup.disputes.get()
    assert response.url == dispute.get_absolute_url()
    assert "我到了" in own.get(response.url).content.decode()

    own.post(url("dispute_withdraw", dispute.pk))
    dispute.refresh_from_db()
    assert dispute.state == "withdrawn"


def test_dispute_without_words_is_422(own, volunteer):
    signup = SignupFactory(volunteer=volunteer, state="no_show")

    assert own.post(url("dispute_create", signup.pk), {"text": ""}).status_code == 422


def test_shift_page_shows_ones_own_settlement(own, volunteer):
    record = RecordFactory(volunteer=volunteer, shift__activity__is_public=True)

    page = own.get(record.shift.get_absolute_url()).content.decode()

    assert record.get_absolute_url() in page
    assert url("dispute_create", record.signup_id) in page


def test_a_late_entry_says_that_it_waits(own, volunteer):
    LateEntryFactory(volunteer=volunteer)

    assert "补录待审核" in own.get(url("hours_ledger")).content.decode()
