"""Photos as evidence: kept once, at most nine, while the activity is open."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.utils import timezone
from PIL import Image

from campaigns.actions import (
    ActivityRefused,
    NotEditable,
    Words,
    add_evidence,
    describe_evidence,
    link_evidence,
    remove_evidence,
    words_of,
)
from campaigns.models import Activity, Campaign, Evidence, EvidenceFile
from core.models import AuditEntry
from core.uploads import check_photo
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
)
from tests.factories.evidence import HonorFactory, StoryFactory
from tests.files import picture

pytestmark = pytest.mark.django_db
CLOSED = [Activity.State.SUBMITTED, Activity.State.APPROVED, Activity.State.CANCELLED]


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    """Files of one test alone."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def official(db):
    """Who records."""
    return UserFactory()


@pytest.fixture
def activity(db):
    """A draft."""
    return ActivityFactory()


def checked(color="red"):
    return check_photo(io.BytesIO(picture(color=color)))


def add(activity, official, photo=None):
    return add_evidence(
        target=activity,
        upload=photo or checked(),
        words=replace(words_of(activity), people="示例支部党员"),
        by=official,
    )


def stored_files(tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_add_evidence_keeps_file_and_row(activity, official):
    photo = checked()

    evidence = add(activity, official, photo)

    with default_storage.open(evidence.file.path) as file:
        assert file.read() == photo.content
    row = Evidence.objects.get()
    file = row.file
    assert (file.sha256, file.width, file.height, file.size, file.uploaded_by) == (
        photo.sha256,
        40,
        30,
        len(photo.content),
        official,
    )
    assert row.missing_words == []
    entry = AuditEntry.objects.get(verb="campaigns.evidence_added")
    assert (entry.actor_id, entry.target_id) == (official.pk, activity.pk)


def test_add_evidence_given_twice_is_kept_once(activity, official, tmp_path):
    kept = [add(activity, official) for _time in range(2)]

    assert kept[0] == kept[1]
    assert (Evidence.objects.count(), len(stored_files(tmp_path))) == (1, 2)


def test_add_evidence_of_two_activities_links_one_file(activity, official, tmp_path):
    for one in (activity, ActivityFactory()):
        add(one, official)

    assert Evidence.objects.values("file").distinct().count() == 1
    assert (Evidence.objects.count(), len(stored_files(tmp_path))) == (2, 2)


def test_add_evidence_beyond_nine_is_refused(activity, official, tmp_path):
    EvidenceFactory.create_batch(9, activity=activity)

    with pytest.raises(ActivityRefused, match="最多 9 个"):
        add(activity, official)

    assert (activity.evidence.count(), stored_files(tmp_path)) == (9, [])


def test_add_evidence_as_the_ninth_is_kept(activity, official):
    EvidenceFactory.create_batch(8, activity=activity)

    add(activity, official)

    assert activity.evidence.count() == 9


@pytest.mark.parametrize("state", CLOSED)
def test_add_evidence_to_a_closed_activity_is_refused(state, official, tmp_path):
    with pytest.raises(NotEditable, match="不能再修改"):
        add(ActivityFactory(state=state), official)

    assert stored_files(tmp_path) == []


def test_add_evidence_in_an_archived_campaign_is_refused(official):
    old = CampaignFactory(title="示例旧行动", state=Campaign.State.ARCHIVED)

    with pytest.raises(ActivityRefused, match="已归档"):
        add(ActivityFactory(campaign=old), official)


def remove(evidence, official, capture):
    with capture(execute=True):
        remove_evidence(evidence=evidence, by=official)


def test_remove_evidence_takes_row_and_file(
    activity, official, tmp_path, django_capture_on_commit_callbacks
):
    evidence = add(activity, official)

    remove(evidence, official, django_capture_on_commit_callbacks)

    assert (Evidence.objects.count(), stored_files(tmp_path)) == (0, [])
    entry = AuditEntry.objects.get(verb="campaigns.evidence_removed")
    assert (entry.actor_id, entry.data) == (official.pk, {})


def test_remove_evidence_keeps_the_file_until_the_commit(
    activity, official, tmp_path, django_capture_on_commit_callbacks
):
    evidence = add(activity, official)

    with django_capture_on_commit_callbacks():
        remove_evidence(evidence=evidence, by=official)

    assert len(stored_files(tmp_path)) == 2  # the photo and its small picture


@pytest.mark.parametrize("state", CLOSED)
def test_remove_evidence_of_a_closed_activity_is_refused(state, official):
    evidence = EvidenceFactory(activity=ActivityFactory(state=state))

    with pytest.raises(NotEditable, match="不能再修改"):
        remove_evidence(evidence=evidence, by=official)

    assert list(Evidence.objects.all()) == [evidence]


def test_remove_evidence_in_an_archived_campaign_is_refused(official):
    old = CampaignFactory(title="示例旧行动", state=Campaign.State.ARCHIVED)
    evidence = EvidenceFactory(activity=ActivityFactory(campaign=old))

    with pytest.raises(ActivityRefused, match="已归档"):
        remove_evidence(evidence=evidence, by=official)


def test_add_evidence_keeps_a_small_picture_for_lists(activity, official):
    large = check_photo(io.BytesIO(picture(size=(1_000, 500))))

    evidence = add(activity, official, large)

    with default_storage.open(evidence.file.small_path) as file:
        assert Image.open(file).size == (480, 240)


def test_add_evidence_that_fails_leaves_no_file(
    activity, official, tmp_path, monkeypatch
):
    def refuse(*_args, **_values):
        raise IntegrityError

    monkeypatch.setattr(Evidence.objects, "create", refuse)

    with pytest.raises(ActivityRefused, match="已在记录中"):
        add(activity, official)

    assert stored_files(tmp_path) == []


def test_add_evidence_drawn_otherwise_today_is_known_by_its_source(activity, official):
    kept = add(activity, official)
    EvidenceFile.objects.update(sha256="0" * 64)  # by an older version of the decoder

    assert add(activity, official) == kept


def test_link_evidence_copies_words_and_no_file(official, tmp_path):
    first = add(ActivityFactory(), official)
    other = ActivityFactory()

    linked = link_evidence(target=other, evidence=first, by=official)

    assert (linked.activity, linked.file) == (other, first.file)
    assert linked.caption == first.caption
    assert len(stored_files(tmp_path)) == 2


@pytest.mark.parametrize("make", [HonorFactory, StoryFactory])
def test_link_evidence_to_an_honor_or_story_keeps_the_activity_s(make, official):
    first = add(ActivityFactory(), official)

    linked = link_evidence(target=make(), evidence=first, by=official)

    assert list(first.file.links.all()) == [first, linked]


def test_link_evidence_given_twice_is_kept_once(activity, official):
    first = EvidenceFactory()
    kept = [
        link_evidence(target=activity, evidence=first, by=official) for _time in "12"
    ]

    assert kept[0] == kept[1]
    assert activity.evidence.count() == 1


def test_link_evidence_beyond_nine_is_refused(activity, official):
    EvidenceFactory.create_batch(9, activity=activity)

    with pytest.raises(ActivityRefused, match="最多 9 个"):
        link_evidence(target=activity, evidence=EvidenceFactory(), by=official)


def test_link_evidence_of_a_file_taken_back_is_refused(
    activity, official, django_capture_on_commit_callbacks
):
    first = EvidenceFactory()
    remove(first, official, django_capture_on_commit_callbacks)

    with pytest.raises(ActivityRefused, match="刚刚被移除"):
        link_evidence(target=activity, evidence=first, by=official)


def test_remove_evidence_keeps_the_file_for_the_other_link(
    activity, official, tmp_path, django_capture_on_commit_callbacks
):
    first = add(activity, official)
    linked = link_evidence(target=ActivityFactory(), evidence=first, by=official)

    remove(first, official, django_capture_on_commit_callbacks)

    assert list(Evidence.objects.all()) == [linked]
    assert len(stored_files(tmp_path)) == 2


def test_remove_evidence_twice_is_refused(
    activity, official, django_capture_on_commit_callbacks
):
    evidence = add(activity, official)
    again = Evidence.objects.get()
    remove(evidence, official, django_capture_on_commit_callbacks)

    with pytest.raises(ActivityRefused, match="已被移除"):
        remove_evidence(evidence=again, by=official)


def test_describe_evidence_writes_the_words_and_an_audit_line(official):
    evidence = EvidenceFactory()
    words = Words(date(2026, 5, 4), "新地点", "新人物", "新事由", "说明")

    describe_evidence(evidence=evidence, words=words, by=official)

    evidence.refresh_from_db()
    assert evidence.caption == "2026年5月4日（周一），新地点，新人物，新事由"
    assert AuditEntry.objects.filter(verb="campaigns.evidence_changed").count() == 1


@pytest.mark.parametrize("state", CLOSED)
def test_describe_evidence_of_a_closed_activity_is_refused(state, official):
    evidence = EvidenceFactory(activity=ActivityFactory(state=state))

    with pytest.raises(NotEditable, match="不能再修改"):
        describe_evidence(evidence=evidence, words=Words(), by=official)


@pytest.mark.parametrize(
    ("make", "state"), [(HonorFactory, "applied"), (StoryFactory, "published")]
)
def test_add_evidence_to_an_honor_or_story_handed_in_is_refused(make, state, official):
    with pytest.raises(NotEditable, match="不能再修改"):
        add_evidence(
            target=make(state=state), upload=checked(), words=Words(), by=official
        )


def test_words_of_an_activity_leave_open_who_is_on_the_photo(activity):
    assert words_of(activity) == Words(
        taken_on=timezone.localdate(activity.starts_at),
        place=activity.place,
        purpose=activity.title,
    )
