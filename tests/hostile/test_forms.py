"""Posted forms: each field with every bad value, and bodies that are no form."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.hostile.checks import client_of, fault_in
from tests.hostile.forms import FORMS
from tests.hostile.forms.base import KINDS, OF_THE_DATABASE
from tests.matrix import Row

pytestmark = pytest.mark.django_db


def _url(world, name):
    return reverse(
        name, args=world.arguments_of(Row(name, "POST", FORMS[name].target, ()))
    )


def _each_field() -> list:
    return [
        pytest.param(
            name,
            field,
            kind,
            marks=[] if kind in OF_THE_DATABASE else [pytest.mark.any_database],
        )
        for name, form in FORMS.items()
        for field, kind in form.fields()
    ]


@pytest.mark.parametrize(("name", "field", "kind"), _each_field())
def test_field_refuses_every_bad_value(name, field, kind, world, caplog):
    form, url = FORMS[name], _url(world, name)
    faults = {}

    for title, value in KINDS[kind].items():
        caplog.clear()
        point = transaction.savepoint()
        data = {**form.make_data(), field: value}
        response = client_of(world, form.role).post(url, data)
        transaction.savepoint_rollback(point)
        if found := fault_in(response, response.content, caplog):
            faults[title] = found
        elif response.status_code not in {200, 422}:
            faults[title] = f"accepted with {response.status_code}"

    assert faults == {}


@pytest.mark.parametrize("name", FORMS)
def test_sound_data_is_accepted(name, world):
    """Or the refusals above would prove nothing."""
    form = FORMS[name]
    wrong_password = name in {"account_login", "account_reauthenticate"}
    lacks_file = name in {"campaigns:evidence_add", "campaigns:document_add"}

    response = world.client(form.role).post(_url(world, name), form.make_data())

    expected = 422 if lacks_file else 200 if wrong_password else 302
    assert response.status_code == expected, response.context["form"].errors


BODIES = {
    "no boundary": ("multipart/form-data", b"x"),
    "broken multipart": ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
    "wrong length": ("multipart/form-data; boundary=x", b""),
    "JSON": ("application/json", b'{"title": "x"}'),
    "unknown charset": ("application/x-www-form-urlencoded; charset=x-none", b"a=%ff"),
    "surrogates": ("application/x-www-form-urlencoded", b"title=%ED%A0%80&a=%FF"),
    "too many fields": ("application/x-www-form-urlencoded", b"a=1&" * 2001),
    "too long": ("application/x-www-form-urlencoded", b"a=" + b"x" * 6 * 1024 * 1024),
}


@pytest.mark.any_database
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    "name", ["campaigns:activity_create", "account_login", "communities:pairing_import"]
)
def test_broken_body_is_answered(name, body, world, caplog):
    kind, content = BODIES[body]
    client = client_of(world, FORMS[name].role)

    response = client.generic("POST", reverse(name), content, content_type=kind)

    assert response.status_code in {200, 400, 413, 422}
    assert fault_in(response, response.content, caplog) == ""
