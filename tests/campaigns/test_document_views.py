"""Papers of a campaign on their pages."""

import pytest
from django.urls import reverse

from campaigns.models import CampaignDocument
from tests.factories.campaigns import CampaignFactory
from tests.factories.documents import (
    CampaignDocumentFactory,
    PublishedDocumentFactory,
)
from tests.files import upload
from tests.pdfs import pdf

pytestmark = pytest.mark.django_db
State = CampaignDocument.State
WORDS = {"kind": "letter", "title": "倡议书", "text": "## 走在前", "position": "1"}


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


def page_of(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def _read(client, url):
    response = client.get(url)
    b"".join(response)
    return response.status_code


def test_office_drafts_a_letter_with_a_file(office):
    campaign = CampaignFactory()

    response = office.post(
        page_of("document_create", campaign.pk),
        {**WORDS, "file": upload(pdf(), "倡议书.pdf")},
    )

    document = CampaignDocument.objects.get()
    assert response.status_code == 302
    assert response["Location"] == document.get_absolute_url()
    assert (document.campaign, document.title, document.state) == (
        campaign,
        "倡议书",
        State.DRAFT,
    )


def test_preview_shows_the_text_as_html_and_saves_nothing(office):
    url = page_of("document_create", CampaignFactory().pk)

    response = office.post(
        url, {**WORDS, "text": "**粗** <script>alert(1)</script>", "preview": "1"}
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "<strong>粗</strong>" in page
    assert "<script>alert" not in page
    assert "## 走在前" not in page
    assert CampaignDocument.objects.count() == 0


def test_preview_of_an_edited_document_keeps_what_was_typed(office):
    document = CampaignDocumentFactory(text="旧正文")

    response = office.post(
        page_of("document_edit", document.pk), {**WORDS, "preview": "1"}
    )

    page = response.content.decode()
    assert "<h3>走在前</h3>" in page
    assert "## 走在前</textarea>" in page
    document.refresh_from_db()
    assert document.text == "旧正文"


def test_preview_comes_before_the_title_is_typed(office):
    url = page_of("document_create", CampaignFactory().pk)

    response = office.post(url, {**WORDS, "title": "", "preview": "1"})

    assert response.status_code == 422
    assert "<h3>走在前</h3>" in response.content.decode()


def test_document_without_a_title_comes_back(office):
    url = page_of("document_create", CampaignFactory().pk)

    response = office.post(url, {**WORDS, "title": ""})

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"title"}


def test_edited_published_document_is_refused_with_the_reason(office):
    document = PublishedDocumentFactory(title="原标题")

    response = office.post(page_of("document_edit", document.pk), WORDS)

    assert response.status_code == 422
    assert "须先撤下才能修改" in response.content.decode()
    document.refresh_from_db()
    assert document.title == "原标题"


def test_published_document_is_read_by_everyone(office, client):
    document = CampaignDocumentFactory(text="- 第一条")

    office.post(page_of("document_publish", document.pk))

    page = client.get(document.get_absolute_url()).content.decode()
    assert "<li>第一条</li>" in page
    assert "撤下" not in page


def test_empty_document_is_not_published_and_says_why(office):
    document = CampaignDocumentFactory(text="")

    response = office.post(page_of("document_publish", document.pk), follow=True)

    assert "没有正文，也没有附件" in response.content.decode()


def test_withdrawn_document_and_its_file_are_gone_for_the_public(office, client):
    office.post(
        page_of("document_create", CampaignFactory().pk),
        {**WORDS, "file": upload(pdf(), "倡议书.pdf")},
    )
    document = CampaignDocument.objects.get()
    office.post(page_of("document_publish", document.pk))
    urls = [document.get_absolute_url(), page_of("document_file", document.pk)]
    before = [_read(client, url) for url in urls]

    office.post(page_of("document_withdraw", document.pk), {"reason": "有误"})

    assert before == [200, 200]
    assert [_read(client, url) for url in urls] == [404, 404]


def test_withdrawal_without_a_reason_comes_back(office):
    document = PublishedDocumentFactory()

    response = office.post(page_of("document_withdraw", document.pk), {})

    assert response.status_code == 422
    document.refresh_from_db()
    assert document.state == State.PUBLISHED


def test_file_is_sent_to_be_saved_under_its_own_name(office):
    office.post(
        page_of("document_create", CampaignFactory().pk),
        {**WORDS, "file": upload(pdf(), "倡议书.pdf")},
    )
    document = CampaignDocument.objects.get()

    response = office.get(page_of("document_file", document.pk))

    assert b"".join(response) == pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_document_without_a_file_has_none_to_download(client):
    document = PublishedDocumentFactory()

    response = client.get(page_of("document_file", document.pk))

    assert response.status_code == 404


def test_document_of_a_planned_campaign_is_not_public(client):
    document = PublishedDocumentFactory(campaign__state="planned")

    assert client.get(document.get_absolute_url()).status_code == 404


def test_hostile_file_is_refused_with_the_reason(office):
    response = office.post(
        page_of("document_create", CampaignFactory().pk),
        {**WORDS, "file": upload(b"<html>", "倡议书.pdf")},
    )

    assert response.status_code == 422
    assert "只接受 PDF" in response.content.decode()
