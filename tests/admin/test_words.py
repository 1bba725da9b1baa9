"""Pages of the admin site speak Chinese; codes and kinds of files may stay."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from tests.admin.pages import PAGES, admin_url

# Kinds of files, signs of codes; the kind of message and the reason that tests write,
# which the raw log names as it is stored.
KNOWN = {"xlsx", "csv", "id", "pdf", "zip", "utf", "gbk", "test", "reason"}
SILENT = {"script", "style", "code", "template"}
SHOWN = {"title", "placeholder", "aria-label", "alt"}
BUTTONS = {"submit", "button", "reset"}
WORD = re.compile(r"[A-Za-z]{2,}")


class Text(HTMLParser):
    """What a page shows or says: text, and the attributes that are read out."""

    def __init__(self):
        super().__init__()
        self.silent, self.said = 0, []

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        held = dict(attrs)
        self.said += [held[name] or "" for name in SHOWN & held.keys()]
        if tag == "input" and held.get("type") in BUTTONS:
            self.said.append(held.get("value") or "")

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent:
            self.said.append(data)


def english_in(response):
    """Words in Latin letters a page shows, but for names with digits and addresses."""
    assert response.status_code == 200
    text = Text()
    text.feed(response.content.decode())
    said = [re.sub(r"\S*[\d@_./:-]\S*", " ", part) for part in text.said]
    words = {word.lower() for part in said for word in WORD.findall(part)}
    return words - KNOWN


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

    found = {url: english_in(client.get(url)) for url in urls}

    assert {url: words for url, words in found.items() if words} == {}


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("kind", ["organizations", "divisions"])
def test_import_page_shows_no_english_word(kind, committee):
    url = reverse("communities:register_import", args=[kind])

    assert english_in(committee.get(url)) == set()


@pytest.mark.django_db
@pytest.mark.any_database
def test_front_page_shows_no_english_word(office):
    assert english_in(office.get(reverse("admin:index"))) == set()
