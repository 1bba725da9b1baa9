"""Drafts through their pages: kept, refused, discarded."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.drafts import draft_of, save_draft
from accounts.models import FormDraft
from tests.files import upload

pytestmark = pytest.mark.django_db
KEY = "activity-new"
SAVE = reverse("accounts:draft_save", args=[KEY])
DISCARD = reverse("accounts:draft_discard", args=[KEY])


@pytest.fixture
def person(signed_in, stranger):
    return signed_in(stranger)


def kept(user):
    draft = draft_of(owner=user, key=KEY, now=timezone.now())
    return draft and draft.fields


def test_draft_save_keeps_all_values_and_answers_nothing(person, stranger):
    data = {"title": "清洁", "units": ["1", "2"], "draft_opened": "1700000000000"}

    response = person.post(SAVE, data)

    assert (response.status_code, response.content) == (204, b"")
    assert kept(stranger) == {"title": ["清洁"], "units": ["1", "2"]}


@pytest.mark.parametrize(
    ("data", "status"),
    [
        pytest.param({f"f{n}": "x" for n in range(61)}, 413, id="fields"),
        pytest.param({"text": "字" * 7000}, 413, id="bytes"),
        pytest.param({"text": "a\x00b"}, 422, id="NUL"),
        pytest.param({"draft_opened": "9" * 20}, 422, id="far moment"),
        pytest.param({"draft_opened": "abc"}, 422, id="no moment"),
        pytest.param({"photo": upload(b"x", "a.jpg")}, 422, id="file"),
    ],
)
def test_draft_save_refuses_what_no_form_sends(data, status, person):
    response = person.post(SAVE, data)

    assert (response.status_code, FormDraft.objects.count()) == (status, 0)
    assert "未能自动保存" in response.content.decode()


@pytest.mark.parametrize(
    "key", ["0", "activity", "Activity-1", "a-" * 30 + "a", "a--b"]
)
def test_draft_of_an_impossible_key_is_404(key, person):
    pages = ["draft_save", "draft_discard"]
    urls = [reverse(f"accounts:{page}", args=[key]) for page in pages]

    assert [person.post(url).status_code for url in urls] == [404, 404]


def test_draft_save_needs_the_token(stranger):
    client = Client(enforce_csrf_checks=True)
    client.force_login(stranger)

    assert client.post(SAVE, {"title": "清洁"}).status_code == 403


def test_draft_discard_forgets_it_and_goes_back(person, stranger):
    fields = {"title": ["清洁"]}
    save_draft(owner=stranger, key=KEY, fields=fields, now=timezone.now())

    response = person.post(DISCARD, {"next": "/desk/activities/new/?initiative=1"})

    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert (response.url, said) == (
        "/desk/activities/new/?initiative=1",
        ["未提交的内容已丢弃。"],
    )
    assert kept(stranger) is None


def test_draft_discard_leads_nowhere_else(person):
    response = person.post(DISCARD, {"next": "https://evil.invalid/"})

    assert response.url == reverse("start")
