"""Papers of a campaign: drafted, changed, published, withdrawn."""

import pytest
from django.core.files.storage import default_storage

from campaigns.actions.documents import (
    DocumentRefused,
    create_document,
    publish_document,
    update_document,
    withdraw_document,
)
from campaigns.models import CampaignDocument
from core.audit import history_of
from core.models.states import MoveRefused
from core.uploads import check_document
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import CampaignFactory
from tests.factories.documents import (
    CampaignDocumentFactory,
    PublishedDocumentFactory,
)
from tests.files import upload
from tests.pdfs import pdf

pytestmark = pytest.mark.django_db
State = CampaignDocument.State


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office():
    return UserFactory()


def _stored():
    _folders, _files = default_storage.listdir("")
    return [
        name
        for folder in _folders
        for part in default_storage.listdir(folder)[0]
        for name in default_storage.listdir(f"{folder}/{part}")[1]
    ]


def _file():
    return check_document(upload(pdf(), "倡议书.pdf"))


def _draft(**values):
    return CampaignDocument(
        campaign=CampaignFactory(), kind="letter", title="倡议书", **values
    )


def test_created_document_is_a_draft_with_its_file_stored(office):
    document = create_document(document=_draft(), file=_file(), by=office)

    assert (document.state, document.file_name) == (State.DRAFT, "倡议书.pdf")
    with default_storage.open(document.file) as stored:
        assert stored.read() == pdf()


def test_document_sent_twice_is_saved_once_with_one_file(office):
    first = create_document(document=_draft(), file=_file(), by=office)

    second = create_document(document=_draft(), file=_file(), by=office)

    assert second == first
    assert CampaignDocument.objects.count() == 1
    assert len(_stored()) == 1


def test_refused_change_leaves_no_file_behind(office):
    document = PublishedDocumentFactory()

    with pytest.raises(DocumentRefused, match="须先撤下"):
        update_document(document=document, values={}, file=_file(), by=office)

    assert _stored() == []


def test_changed_words_are_named_in_the_audit(office):
    document = CampaignDocumentFactory(title="旧标题")

    update_document(
        document=document,
        values={"title": "新标题", "text": document.text},
        file=None,
        by=office,
    )

    document.refresh_from_db()
    [entry] = history_of(document)
    assert document.title == "新标题"
    assert (entry.verb, entry.data) == (
        "campaigns.campaign_document_changed",
        {"fields": ["title"]},
    )


def test_replaced_file_stays_stored_under_the_name_in_the_audit(office):
    document = create_document(document=_draft(), file=_file(), by=office)
    before = document.file

    document = update_document(document=document, values={}, file=_file(), by=office)

    entry = history_of(document).last()
    assert document.file != before
    assert entry.data == {"fields": ["file"], "instead_of": before}
    assert default_storage.exists(before)


def test_empty_document_is_not_published(office):
    document = CampaignDocumentFactory(text=" ")

    with pytest.raises(DocumentRefused, match="没有正文"):
        publish_document(document=document, by=office)


def test_file_alone_is_enough_to_publish(office):
    document = create_document(document=_draft(), file=_file(), by=office)

    assert publish_document(document=document, by=office).state == State.PUBLISHED


def test_document_published_twice_is_refused(office):
    document = PublishedDocumentFactory()

    with pytest.raises(MoveRefused):
        publish_document(document=document, by=office)


def test_withdrawn_document_keeps_the_reason_and_may_come_back(office):
    document = PublishedDocumentFactory()

    document = withdraw_document(document=document, reason=" 有误 ", by=office)

    assert history_of(document).last().reason == "有误"
    assert publish_document(document=document, by=office).state == State.PUBLISHED


def test_withdrawal_without_a_reason_is_refused(office):
    with pytest.raises(DocumentRefused, match="必须写明理由"):
        withdraw_document(document=PublishedDocumentFactory(), reason=" ", by=office)
