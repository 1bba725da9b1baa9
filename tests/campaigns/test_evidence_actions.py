"""Photos as evidence: kept once, at most nine, while the activity is open."""

import io

import pytest
from django.core.files.storage import default_storage

from campaigns.actions import (
    ActivityRefused,
    NotEditable,
    add_evidence,
    remove_evidence,
    words_of,
)
from campaigns.models import Activity, Campaign, Evidence
from core.models import AuditEntry
from core.uploads import check_photo
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
)
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
        words=words_of(activity),
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
    assert (Evidence.objects.count(), len(stored_files(tmp_path))) == (1, 1)


def test_add_evidence_of_two_activities_links_one_file(activity, official, tmp_path):
    for one in (activity, ActivityFactory()):
        add(one, official)

    assert Evidence.objects.values("file").distinct().count() == 1
    assert (Evidence.objects.count(), len(stored_files(tmp_path))) == (2, 1)


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

    assert len(stored_files(tmp_path)) == 1


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
