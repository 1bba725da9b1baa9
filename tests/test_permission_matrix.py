"""Every URL of the resolver × every role; a URL without a row fails."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib import admin
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path, reverse
from django.utils import timezone

from tests.admin.pages import ALL as ADMIN_ROLES
from tests.admin.pages import PAGES as REGISTERS
from tests.admin.pages import admin_url
from tests.factories.communities import MembershipFactory
from tests.matrix import ROLES, ROWS, URLS, Row, read_rows, walk
from tests.sweep.policy import policy_faults
from tests.world import World, temporary_world
from xiangcheng_portal import urls

OUR_APPS = ("accounts", "communities", "campaigns", "volunteers", "reports")
QUERIES = {
    "organizations": "app_label=communities&model_name=pairing&field_name=organization",
    "people": "app_label=communities&model_name=membership&field_name=user",
}


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unrecorded")]
SIGN_IN = ("/accounts/login/?next=/", "/admin/login/?next=/")


REGISTER_PAGES = ("changelist", "add", "change", "history", "delete")


def _register_urls() -> dict[str, tuple[str, str]]:
    """URL name to register and page, for the pages every register has."""
    return {
        f"admin:{label.lower().replace('.', '_')}_{page}": (label, page)
        for label in REGISTERS
        for page in REGISTER_PAGES
    }


def _nameless_admin_urls() -> set[str]:
    """Django's short form of each register's page, and its catch-all."""
    short = {
        f"admin:<admin/{label.lower().replace('.', '/')}/<path:object_id>/>"
        for label in REGISTERS
    }
    return {*short, "admin:<admin/(?P<url>.*)$>"}


def _without_a_row(names: set[str]) -> set[str]:
    accounted = {row.name for row in ROWS}
    return names - accounted - set(_register_urls()) - _nameless_admin_urls()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once; each test runs in a savepoint of its own inside."""
    with django_db_blocker.unblock(), temporary_world() as built:
        yield built


@pytest.fixture(autouse=True)
def bare_refusals(monkeypatch):
    """Refuse without a page: the table is about the answer, the pages have their own
    tests, and two thirds of all requests here are refused.
    """
    for status in (403, 404):
        answer = partial(_refuse, status)
        monkeypatch.setattr(urls, f"handler{status}", answer, raising=False)


def _refuse(status: int, request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=status)


def _answer(world: World, row: Row, role: str) -> int | str:
    """The status of the row's request; a sign-in page is told from other targets, and
    an answer without the content policy from others.
    """
    url = reverse(row.name, args=world.arguments_of(row))
    client = world.client(role)
    point = transaction.savepoint()
    if row.method == "POST":
        response = client.post(url, {"probe": "1"})
    else:
        response = client.get(f"{url}?{QUERIES.get(row.target, '')}")
        b"".join(response)
    transaction.savepoint_rollback(point)
    if faults := policy_faults(response.headers):
        return f"{response.status_code}, {faults}"
    return response.status_code if role != "nobody" else _of_nobody(response, row)


def _of_nobody(response, row: Row) -> int | str:
    is_door = row.name.startswith("account_") or row.name in {"admin:logout", "letters"}
    if response.status_code == 302 and not is_door:
        wanted = response["Location"].startswith(SIGN_IN)
        return 302 if wanted else f"302 to {response['Location']}"
    return response.status_code


# Roles of the district are scoped by the same statements as each other.
OF_THE_DISTRICT = {"committee", "office", "auditor"}


def _asked_again() -> dict[Row, list[str]]:
    """For each row the roles that are asked on another database than SQLite as well.

    Each page and method with each kind of scope and each answer it may get: for
    another object of the same page the statements are the same.
    """
    asked: dict[Row, list[str]] = {row: [] for row in ROWS}
    known = set()
    for row in ROWS:
        for role, status in row.expected().items():
            scope = "district" if role in OF_THE_DISTRICT else role
            answer = (row.name, row.method, scope, status)
            if answer not in known:
                asked[row].append(role)
            known.add(answer)
    return asked


ASKED_AGAIN = _asked_again()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_role_gets_what_the_table_says(row, world):
    asked = ROLES if connection.vendor == "sqlite" else ASKED_AGAIN[row]

    answers = {role: _answer(world, row, role) for role in asked}

    assert answers == {role: row.expected()[role] for role in asked}


def test_every_url_has_a_row():
    assert _without_a_row(set(URLS)) == set()


def test_every_row_has_a_url():
    known = {row.name for row in ROWS} | set(_register_urls()) | _nameless_admin_urls()

    assert known - set(URLS) == set()


def test_url_without_a_row_is_named():
    class Urls:
        urlpatterns = [path("new/", lambda request: None, name="new_page")]

    names = {name for name, _text in walk(get_resolver(Urls))}

    assert _without_a_row(names) == {"new_page"}


def test_no_row_stands_twice():
    names = [str(row) for row in ROWS]

    assert sorted(set(names)) == sorted(names)


def test_row_with_a_missing_role_is_refused():
    [row] = read_rows("home\n    GET - 200 200")

    with pytest.raises(ValueError, match="zip"):
        row.expected()


def _own_names() -> list[str]:
    return sorted(
        name
        for name in URLS
        if name.partition(":")[0] in OUR_APPS or name in {"home", "start"}
    )


@pytest.mark.any_database
@pytest.mark.parametrize("name", _own_names())
def test_every_method_of_a_page_has_a_row(name, world):
    rows = [row for row in ROWS if row.name == name]
    url = reverse(name, args=world.arguments_of(rows[0]))

    response = world.client("office").delete(url)

    assert response.status_code == 405
    allowed = {method.strip() for method in response["Allow"].split(",")}
    assert allowed - {"HEAD"} == {row.method for row in rows}


@pytest.mark.parametrize(
    "name", [name for name in _own_names() if "<int:pk>" in URLS[name]]
)
def test_pages_of_objects_have_a_row_for_foreign_ones(name):
    targets = {row.target for row in ROWS if row.name == name}

    assert {target.partition("_")[0] for target in targets} & {"foreign", "others"}


# The admin site -------------------------------------------------------------


def test_admin_site_covers_every_register():
    registered = {model._meta.label for model in admin.site._registry}

    assert registered == set(REGISTERS)


def _admin_answers(client: Client, label: str, record: models.Model) -> dict[str, int]:
    """What the pages of a register answer, and posts to them."""
    change, delete = (
        admin_url(label, page, record.pk) for page in ("change", "delete")
    )
    answers = {
        "list": client.get(admin_url(label, "changelist")),
        "add": client.get(admin_url(label, "add")),
        "view": client.get(change),
        "history": client.get(admin_url(label, "history", record.pk)),
        "save": client.post(change, {}),
        "ask to delete": client.get(delete),
        "delete": client.post(delete),
    }
    return {page: response.status_code for page, response in answers.items()}


# A record's history is a page of the audit log.
AUDIT_READERS = {"office", "auditor"}


def _admin_expectation(label: str, role: str) -> dict[str, int]:
    register = REGISTERS[label]
    seen = 200 if role in register.view else 403
    return {
        "list": seen,
        "add": 200 if role in register.add else 403,
        "view": seen,
        "history": 302 if seen == 200 and role in AUDIT_READERS else 403,
        "save": 200 if role in register.change else 403,
        "ask to delete": 403,
        "delete": 403,
    }


@pytest.mark.parametrize("label", REGISTERS)
def test_register_answers_each_role(label, world):
    point = transaction.savepoint()
    record = REGISTERS[label].make()

    answers = {
        role: _admin_answers(world.client(role), label, record) for role in ADMIN_ROLES
    }

    transaction.savepoint_rollback(point)
    assert answers == {role: _admin_expectation(label, role) for role in ADMIN_ROLES}


# These ask at the door of the admin site, the same for every page and database.
@pytest.mark.any_database
@pytest.mark.parametrize("name", [name for name in URLS if name.startswith("admin:")])
def test_admin_page_leads_nobody_to_sign_in(name, world):
    url = _some_path(URLS[name])

    response = world.client("nobody").get(url)

    assert response.status_code == 302
    assert response["Location"].startswith((*SIGN_IN, "/admin/"))


@pytest.mark.any_database
@pytest.mark.parametrize("name", [name for name in URLS if name.startswith("admin:")])
@pytest.mark.parametrize("method", ["get", "post"])
def test_admin_page_refuses_those_who_may_not_enter(method, name, world):
    url = _some_path(URLS[name])

    statuses = {
        role: getattr(world.client(role), method)(url).status_code
        for role in ROLES[1:]
        if role not in ADMIN_ROLES
    }

    assert set(statuses.values()) == {403}, statuses


def _some_path(pattern: str) -> str:
    """A path that a pattern of the admin site matches."""
    if "(?P<app_label>" in pattern:
        return "/admin/communities/"
    return "/" + pattern.replace("<path:object_id>", "1").replace(
        "(?P<url>.*)$", "no/such/page/"
    )


# Rights end -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "status"),
    [(-9, 0, 200), (0, None, 200), (-9, -1, 403), (1, None, 403)],
    ids=["last day", "first day", "day after", "day before"],
)
def test_right_holds_from_first_to_last_day(starts, ends, status):
    today = timezone.localdate()
    member = MembershipFactory(
        role="office",
        starts_on=today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=ends),
    )
    client = Client()
    client.force_login(member.user)

    assert client.get("/desk/").status_code == status


def test_blocked_person_is_nobody(signed_in, office_official):
    client = signed_in(office_official)
    office_official.is_active = False
    office_official.save()

    response = client.get("/desk/")

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
