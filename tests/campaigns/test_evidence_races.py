"""Two people change the evidence of one record, or of one file, at the same time.

Files are linked to stories: two activities of a campaign wait for the campaign anyway.
"""

import io
from functools import partial

import pytest

from campaigns.actions import (
    ActivityRefused,
    Words,
    add_evidence,
    link_evidence,
    remove_evidence,
)
from campaigns.models import Evidence, EvidenceFile
from core.uploads import check_photo
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory, EvidenceFactory
from tests.factories.evidence import StoryFactory
from tests.files import picture
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    """Files of one test alone."""
    settings.MEDIA_ROOT = tmp_path


def answer(call):
    try:
        return call()
    except ActivityRefused as error:
        return error


def adding(activity, color, by):
    photo = check_photo(io.BytesIO(picture(color=color)))
    return partial(add_evidence, target=activity, upload=photo, words=Words(), by=by)


def test_two_photos_for_the_last_place_are_one(tmp_path):
    activity, by = ActivityFactory(), UserFactory()
    EvidenceFactory.create_batch(8, activity=activity)

    with before_commit_of(adding(activity, "red", by)) as start:
        second = start(partial(answer, adding(activity, "blue", by)))

    assert "最多 9 个" in str(second.result(timeout=20))
    assert activity.evidence.count() == 9
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


def test_one_photo_sent_twice_at_once_is_kept_once():
    activity, by = ActivityFactory(), UserFactory()

    with before_commit_of(adding(activity, "red", by)) as start:
        second = start(adding(activity, "red", by))

    assert second.result(timeout=20) == activity.evidence.get()
    assert EvidenceFile.objects.count() == 1


def test_file_removed_while_it_is_linked_stays():
    first, other, by = EvidenceFactory(), StoryFactory(), UserFactory()
    link = partial(link_evidence, target=other, evidence=first, by=by)

    with before_commit_of(link) as start:
        removing = start(partial(remove_evidence, evidence=first, by=by))

    removing.result(timeout=20)
    assert Evidence.objects.get().story == other
    assert EvidenceFile.objects.count() == 1


def test_file_linked_while_it_is_removed_is_refused():
    first, other, by = EvidenceFactory(), StoryFactory(), UserFactory()
    link = partial(link_evidence, target=other, evidence=first, by=by)

    with before_commit_of(partial(remove_evidence, evidence=first, by=by)) as start:
        linking = start(partial(answer, link))

    assert "刚刚被移除" in str(linking.result(timeout=20))
    assert EvidenceFile.objects.count() == 0
