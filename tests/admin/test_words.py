"""Pages of the admin site speak Chinese; codes and kinds of files may stay."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from tests.admin.pages import PAGES, admin_url
from tests.factories.accounts import UserFactory
from tests.words import english_in


def _english_of(response):
    assert response.status_code == 200
    return english_in(response.content.decode())


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("label", PAGES)
def test_register_shows_no_english_word(label, client_of):
    page = PAGES[label]
    role = min(page.add or page.view - {"auditor"})
    client = client_of(role)
    row = page.make()
    urls = [admin_url(label, "changelist"), admin_url(label, "change", row.pk)]
    if role in page.add:
        urls.append(admin_url(label, "add"))

    found = {url: _english_of(client.get(url)) for url in urls}

    assert {url: words for url, words in found.items() if words} == {}


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("kind", ["organizations", "divisions"])
def test_import_page_shows_no_english_word(kind, committee):
    url = reverse("communities:register_import", args=[kind])

    assert _english_of(committee.get(url)) == set()


@pytest.mark.django_db
@pytest.mark.any_database
def test_front_page_shows_no_english_word(office):
    assert _english_of(office.get(reverse("admin:index"))) == set()


@pytest.mark.django_db
@pytest.mark.any_database
def test_every_act_says_what_follows_before_it_is_done(office):
    acts = {
        f"{label}.{name}": act
        for label in PAGES
        for name, (act, _name, _words) in _acts_of(label).items()
    }

    assert len(acts) >= 10
    assert [name for name, act in acts.items() if not act.follows] == []


@pytest.mark.django_db
@pytest.mark.any_database
def test_confirmation_says_what_follows_before_the_rows_and_the_button(office):
    row = PAGES["accounts.User"].make()
    data = {"action": "deactivate", "_selected_action": [row.pk]}

    page = office.post(admin_url("accounts.User", "changelist"), data).content.decode()

    parts = ["本人立即被退出登录", "将对以下 1 条记录执行“停用账号”", "确认停用账号"]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert english_in(page) == set()


def _acts_of(label):
    request = RequestFactory().get("/admin/")
    request.user = UserFactory(is_superuser=True, is_staff=True)
    register = admin.site._registry[apps.get_model(label)]
    return register.get_actions(request)
