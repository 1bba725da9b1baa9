"""Manifest, service worker and offline page: the same for everybody, of nobody."""

import io
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from xiangcheng_portal import installable

TOKENS = Path(settings.BASE_DIR, "static/css/tokens.css").read_text("utf-8")


@pytest.fixture
def manifest():
    """The manifest, read."""
    response = Client().get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    return json.loads(response.content)


def _token(name: str) -> str:
    [value] = re.findall(rf"--{name}: (#\w+);", TOKENS)
    return value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:])


def test_manifest_names_the_portal_in_chinese(manifest):
    names = {key: manifest[key] for key in ("name", "short_name", "lang")}

    assert names == {
        "name": "芗城创城协同平台",
        "short_name": "芗城创城",
        "lang": "zh-Hans",
    }
    assert manifest["display"] == "standalone"


def test_manifest_takes_its_colours_from_the_tokens(manifest):
    assert manifest["theme_color"] == _token("surface")
    assert manifest["background_color"] == _token("paper")


def test_manifest_names_icons_of_the_size_they_have(manifest):
    shortcuts = [icon for row in manifest["shortcuts"] for icon in row["icons"]]
    named = {icon["src"]: icon["sizes"] for icon in [*manifest["icons"], *shortcuts]}

    found = {}
    for src in named:
        path = finders.find(src.removeprefix("/static/"))
        width, height = Image.open(io.BytesIO(Path(path).read_bytes())).size
        found[src] = f"{width}x{height}"

    assert found == named
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_manifest_shortcuts_lead_to_pages(manifest, db):
    urls = {row["name"]: row["url"] for row in manifest["shortcuts"]}

    assert urls == {"志愿班次": "/shifts/", "我的": "/me/"}
    assert [Client().get(url).status_code for url in urls.values()] == [200, 302]


def test_page_of_the_portal_names_manifest_and_icon(db):
    text = Client().get("/").content.decode()

    assert '<link rel="manifest" href="/manifest.webmanifest">' in text
    assert 'rel="apple-touch-icon" href="/static/img/icons/apple-touch' in text


def test_service_worker_is_asked_for_anew_each_time():
    response = Client().get("/service-worker.js")

    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"


def _cache_name() -> str:
    text = Client().get("/service-worker.js").content.decode()
    [name] = re.findall(r'const CACHE = "(offline-\w{12})";', text)
    return name


def test_service_worker_is_another_one_when_a_kept_file_changes(monkeypatch):
    before = _cache_name()
    assert _cache_name() == before

    monkeypatch.setattr(installable, "static", lambda name: f"/static/new.{name}")

    assert _cache_name() != before


def test_service_worker_keeps_what_the_offline_page_shows():
    text = Client().get("/offline/").content.decode()
    shown = re.findall(r'(?:src|href)="(/static/[^"]+)"', text)

    kept = Client().get("/service-worker.js").content.decode()

    assert shown
    assert [path for path in shown if f'"{path}"' not in kept] == []


def test_offline_page_knows_nobody(signed_in, office_official):
    """Without a session, a database or a form token: one page for all."""
    of_office = signed_in(office_official).get("/offline/")

    response = Client().get("/offline/")

    assert of_office.content == response.content
    assert "现在没有网络" in response.content.decode()
    assert "csrf" not in response.content.decode()
    assert response.cookies == {}
