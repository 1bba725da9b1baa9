"""Pages for what went wrong: in Chinese, with the request's number."""

import re

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest
from django.test import Client
from django.urls import path

from core import views as core_views
from xiangcheng_portal.urls import urlpatterns as portal_urls

FAILURES = {
    "bad": BadRequest("示例"),
    "denied": PermissionDenied("示例"),
    "missing": Http404("示例"),
    "broken": RuntimeError("secret detail"),
    "operational": OperationalError("server closed the connection"),
    "interface": InterfaceError("connection already closed"),
}


def fail(request: HttpRequest, kind: str):
    """Raise what the address asks for."""
    raise FAILURES[kind]


urlpatterns = [*portal_urls, path("fail/<str:kind>/", fail)]
handler500 = core_views.server_error
pytestmark = pytest.mark.urls(__name__)


def _get(address: str):
    return Client(raise_request_exception=False).get(address)


def _said(response) -> tuple[str, str]:
    """Heading and request number of an error page."""
    text = response.content.decode()
    [heading] = re.findall(r"<h1>(.+?)</h1>", text)
    [number] = re.findall(r'请求编号：<span class="mono">(\w+)</span>', text)
    return heading, number


@pytest.mark.parametrize(
    ("kind", "status", "heading"),
    [
        ("bad", 400, "请求有误"),
        ("denied", 403, "不能打开这个页面"),
        ("missing", 404, "没有找到这个页面"),
        ("broken", 500, "系统出了点问题"),
        ("operational", 503, "正在恢复，请稍候"),
        ("interface", 503, "正在恢复，请稍候"),
    ],
)
def test_failure_is_told_in_chinese_without_the_database(kind, status, heading):
    """No fixture opens the database here: a page that asks it would fail."""
    response = _get(f"/fail/{kind}/")

    assert response.status_code == status
    assert _said(response) == (heading, response["X-Request-ID"])
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_failure_does_not_tell_its_cause():
    text = _get("/fail/broken/").content.decode()

    assert "secret detail" not in text
    assert "RuntimeError" not in text


def test_page_of_a_signed_in_person_fails_without_the_database_too():
    """The session cannot be read: the page must not try."""
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32

    response = client.get("/fail/operational/")

    assert response.status_code == 503


def test_database_that_is_down_asks_to_come_back():
    assert _get("/fail/operational/")["Retry-After"] == "10"
    assert "Retry-After" not in _get("/fail/broken/")


def test_missing_form_token_is_explained(db):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/accounts/login/", {"login": "a", "password": "b"})

    assert response.status_code == 403
    assert "页面停留太久，请返回上一页刷新后再提交。" in response.content.decode()
    assert _said(response)[1] == response["X-Request-ID"]


def test_unknown_address_is_told_to_signed_in_people(signed_in, stranger):
    response = signed_in(stranger).get("/no/such/page/")

    assert response.status_code == 404
    assert _said(response)[0] == "没有找到这个页面"
    assert "退出" in response.content.decode()
