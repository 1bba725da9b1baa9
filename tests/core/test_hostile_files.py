"""The hostile files, through the checks and through the pages that take files."""

import tracemalloc

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from campaigns.models import Evidence, EvidenceFile
from core.uploads import UploadError, check_document, check_photo
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.files import GIF_PAGE, upload
from tests.hostile_files import DOCUMENTS, NAMED, PHOTOS

CASES = {
    f"{noun}: {title}": (check, hostile)
    for noun, check, table in (
        ("photo", check_photo, PHOTOS),
        ("document", check_document, DOCUMENTS),
    )
    for title, hostile in table.items()
}
WORDS = {
    "photo_people": "示例支部党员",
    "photo_taken_on": "2026-05-03",
    "photo_place": "示例广场",
    "photo_purpose": "示例事由",
}
PAGES = {
    "photo": ("evidence_add", "photos", WORDS, PHOTOS),
    "document": ("document_add", "file", {"purpose": "示例"}, DOCUMENTS),
}


@pytest.mark.parametrize(("check", "hostile"), CASES.values(), ids=CASES)
def test_hostile_file_is_refused_with_the_reason_or_cleaned(check, hostile):
    file = upload(hostile.make(), hostile.name)
    try:
        kept = check(file).content
    except UploadError as error:
        outcome = str(error)
    else:
        assert [part for part in hostile.gone if part in kept] == []
        assert kept.startswith(b"\xff\xd8\xff")
        outcome = ""

    assert bool(outcome) == bool(hostile.reason)
    assert hostile.reason in outcome


def test_hostile_files_that_unpack_to_much_take_little_memory():
    big = [one for one in CASES if "packed" in one or "many" in one or "huge" in one]
    made = [(CASES[one][0], CASES[one][1].make()) for one in big]
    tracemalloc.start()

    for check, content in made:
        with pytest.raises(UploadError):
            check(upload(content, "a"))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(made) >= 8
    assert peak < 24 * 1024 * 1024


@pytest.fixture
def activity(organization):
    """A draft; it takes nothing hostile."""
    return ActivityFactory(organization=organization)


@pytest.fixture
def desk(unit_official, settings, tmp_path):
    """A client signed in for the organisation; files of one test alone."""
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    client.force_login(unit_official)
    return client


def post(client, activity, page, content, name):
    view, field, words, _table = PAGES[page]
    url = reverse(f"campaigns:{view}", args=["activities", activity.pk])
    return client.post(url, {field: upload(content, name), **words})


def fault(client, page, hostile, activity, tmp_path):
    """What is wrong with the answer to this file, or nothing."""
    response = post(client, activity, page, hostile.make(), hostile.name)
    if hostile.reason:
        stored = [path for path in tmp_path.rglob("*") if path.is_file()]
        rows = EvidenceFile.objects.count() + Evidence.objects.count()
        says = hostile.reason in response.content.decode()
        is_right = (response.status_code, says, stored, rows) == (422, True, [], 0)
        return "" if is_right else (response.status_code, says, stored, rows)
    photo = Evidence.objects.select_related("file").get()
    kept = [photo.file.path, photo.file.small_path]
    for path in filter(None, kept):
        with default_storage.open(path) as file:
            content = file.read()
        if any(part in content for part in hostile.gone):
            return "still there"
        default_storage.delete(path)
    Evidence.objects.all().delete()
    EvidenceFile.objects.all().delete()
    return "" if response.status_code == 302 else response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_hostile_file_sent_to_a_page_leaves_nothing_behind(
    page, desk, activity, tmp_path
):
    table = PAGES[page][3]

    faults = {
        title: found
        for title, hostile in table.items()
        if (found := fault(desk, page, hostile, activity, tmp_path))
    }

    assert faults == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "shown"), NAMED.values(), ids=NAMED)
def test_hostile_name_is_shown_harmlessly(name, shown, desk, activity):
    file = upload(GIF_PAGE, "a")
    file._name = name
    url = reverse("campaigns:evidence_add", args=["activities", activity.pk])

    response = desk.post(url, {"photos": file, **WORDS})

    assert response.status_code == 422
    assert shown in response.content.decode()


@pytest.mark.django_db
def test_corpus_is_sent_by_someone_who_may_send(desk, activity):
    """Or the refusals above would prove nothing."""
    stranger = Client()
    other = MembershipFactory(role="unit", organization=OrganizationFactory())
    stranger.force_login(other.user)
    sound = PHOTOS["place and camera"]

    answers = [
        post(client, activity, "photo", sound.make(), sound.name).status_code
        for client in (desk, stranger)
    ]

    assert answers == [302, 404]
    assert len(PHOTOS) + len(DOCUMENTS) >= 70
