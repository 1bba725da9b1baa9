"""Photos of a whistle: kept once, so many, and taken back."""

import pytest
from django.core.files.storage import default_storage

from campaigns.actions.whistle_answers import log_whistle
from campaigns.actions.whistle_photos import add_whistle_photo, remove_whistle_photo
from campaigns.models import WhistlePhoto
from campaigns.rules import WhistleRefused
from core.models import AuditEntry
from tests.campaigns.whistle_steps import TUESDAY, at, handling, lines, photo
from tests.factories.accounts import UserFactory
from tests.factories.whistles import WhistleFactory, WhistlePhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """Files of one test alone; says how many there are."""
    settings.MEDIA_ROOT = tmp_path
    return lambda: sum(path.is_file() for path in tmp_path.rglob("*"))


def add(whistle, color="red"):
    return add_whistle_photo(whistle=whistle, photo=photo(color), by=UserFactory())


def log(response, colors):
    return log_whistle(
        response=response,
        text="已清理一半",
        photos=[photo(color) for color in colors],
        by=UserFactory(),
        now=at(TUESDAY),
    )


def test_photo_is_kept_with_a_small_one(storage):
    row = add(WhistleFactory())

    assert (row.width, row.height, row.entry) == (40, 30, None)
    assert row.path.startswith("whistles/")
    assert all(default_storage.exists(path) for path in (row.path, row.small_path))
    assert AuditEntry.objects.get().verb == "campaigns.whistle_photo_added"


def test_same_photo_twice_is_kept_once(storage):
    whistle = WhistleFactory()

    assert add(whistle) == add(whistle)
    assert storage() == 2


def test_tenth_photo_is_refused(storage):
    whistle = WhistleFactory()
    WhistlePhotoFactory.create_batch(9, whistle=whistle)

    with pytest.raises(WhistleRefused, match="最多 9 张"):
        add(whistle)

    assert storage() == 0


def test_photos_of_the_log_leave_the_room_of_the_call_alone():
    response = handling()
    log(response, ["red", "green", "blue"])
    WhistlePhotoFactory.create_batch(8, whistle=response.whistle)

    assert add(response.whistle).entry is None


def test_removed_photo_takes_its_files_along(
    storage, django_capture_on_commit_callbacks
):
    row = add(WhistleFactory())

    with django_capture_on_commit_callbacks(execute=True):
        remove_whistle_photo(photo=row, by=UserFactory())

    assert not WhistlePhoto.objects.exists()
    assert storage() == 0
    verbs = AuditEntry.objects.filter(target_id=row.whistle_id).values_list("verb")
    assert ("campaigns.whistle_photo_removed",) in verbs


def test_photo_removed_twice_is_refused():
    row = add(WhistleFactory())
    remove_whistle_photo(photo=row, by=UserFactory())

    with pytest.raises(WhistleRefused, match="已被移除"):
        remove_whistle_photo(photo=row, by=UserFactory())


def test_photo_of_the_log_is_not_removed():
    entry = log(handling(), ["red"])

    with pytest.raises(WhistleRefused, match="办理记录的照片不能移除"):
        remove_whistle_photo(photo=entry.photos.get(), by=UserFactory())


def test_line_of_the_log_keeps_each_photo_once():
    entry = log(handling(), ["red", "green", "red"])

    assert entry.photos.count() == 2


def test_same_photo_may_stand_at_two_lines():
    response = handling()

    first, second = log(response, ["red"]), log(response, ["red"])

    assert (first.photos.count(), second.photos.count()) == (1, 1)


def test_line_with_four_photos_is_refused_whole(storage):
    response = handling()

    with pytest.raises(WhistleRefused, match="最多 3 张"):
        log(response, ["red", "green", "blue", "white"])

    assert (lines(response.whistle), storage()) == ([], 0)


def test_files_go_when_what_they_belong_to_fails(storage, monkeypatch):
    def fail(entry):
        raise RuntimeError

    monkeypatch.setattr("campaigns.notices.whistles.work_logged", fail)

    with pytest.raises(RuntimeError):
        log(handling(), ["red"])

    assert storage() == 0
