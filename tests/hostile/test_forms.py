"""Posted forms: each field with every bad value, and bodies that are no form."""

import pytest
from django.db import transaction
from django.forms import BaseForm
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


def _each_kind() -> list:
    return [
        pytest.param(
            name,
            kind,
            marks=[] if kind in OF_THE_DATABASE else [pytest.mark.any_database],
        )
        for name, form in FORMS.items()
        for kind in sorted({kind for _field, kind in form.fields()})
    ]


@pytest.mark.parametrize(("name", "kind"), _each_kind())
def test_fields_refuse_every_bad_value(name, kind, world, caplog):
    """All fields of a kind at once, then alone each one the answer passes over."""
    fields = {field for field, held in FORMS[name].fields() if held == kind}
    faults = {}

    for title, value in KINDS[kind].items():
        found, named = _sent(name, dict.fromkeys(fields, value), world, caplog)
        if found:
            faults[title] = found
        for field in sorted(fields - named) if len(fields) > 1 else []:
            found, _named = _sent(name, {field: value}, world, caplog)
            if found:
                faults[f"{title} in {field}"] = found

    assert faults == {}


def _sent(name, values, world, caplog) -> tuple[str, set[str]]:
    """What is wrong with the answer to sound data with these; the fields it refuses."""
    form, url = FORMS[name], _url(world, name)
    caplog.clear()
    point = transaction.savepoint()
    response = client_of(world, form.role).post(url, {**form.make_data(), **values})
    transaction.savepoint_rollback(point)
    if found := fault_in(response, response.content, caplog):
        return found, set()
    if response.status_code not in {200, 422}:
        return f"accepted with {response.status_code}", set()
    return "", _fields_refused(response)


def _fields_refused(response) -> set[str]:
    """The fields that have errors of their own, in any form of the page."""
    return {
        field
        for context in response.context or []
        for layer in context
        for value in layer.values()
        if isinstance(value, BaseForm) and value.is_bound
        for field in value.errors
    }


@pytest.mark.parametrize("name", FORMS)
def test_sound_data_is_accepted(name, world):
    """Or the refusals above would prove nothing."""
    form = FORMS[name]
    wrong_password = name in {"account_login", "account_reauthenticate"}
    lacks_file = name in {
        "campaigns:evidence_add",
        "campaigns:document_add",
        "volunteers:late_entry_create",
    }

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
