"""Query strings: every page with everything at once, every parameter by itself."""

import pytest
from django.urls import reverse

from tests.admin.pages import PAGES as REGISTERS
from tests.hostile.checks import (
    client_of,
    faults_of,
    one_row_a_page,
    someone_inside,
)
from tests.hostile.parameters import ALL_NAMES, KIND_OF, PARAMETERS
from tests.hostile.values import FEW, ODD, ODD_FOR, OF_THE_DATABASE, REFUSED, here

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unrecorded")]


@pytest.mark.parametrize("row", one_row_a_page("GET"), ids=lambda row: row.name)
def test_page_survives_every_query(row, world, caplog):
    base = reverse(row.name, args=world.arguments_of(row))
    odd = {title: ODD[title] for title in FEW}  # each parameter has its own test
    odd |= {"NUL": REFUSED["NUL"]}  # before any page is asked, so one will do
    urls = {
        title: f"{base}?" + "&".join(f"{name}={value}" for name in ALL_NAMES)
        for title, value in here(odd).items()
    }
    urls["arrays"] = f"{base}?" + "&".join(f"{n}=1&{n}=2&{n}[]=3" for n in ALL_NAMES)
    urls["name with NUL"] = f"{base}?a%00b=1"
    urls["no values"] = f"{base}?" + "&".join(ALL_NAMES)

    faults = faults_of(
        client_of(world, someone_inside(row)),
        urls,
        caplog,
        refused={*REFUSED, "name with NUL"},
    )

    assert faults == {}


@pytest.mark.any_database
@pytest.mark.parametrize("title", REFUSED)
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/desk/", "/admin/"])
def test_what_is_no_text_is_refused_at_the_door(path, title, world, caplog):
    urls = {
        "value": f"{path}?text={REFUSED[title]}",
        "name": f"{path}?{REFUSED[title]}=text",
    }

    faults = faults_of(client_of(world, "office"), urls, caplog, refused=urls)

    assert faults == {}


def _each_parameter() -> list:
    """Page and parameter; choices, switches and pages are read before the database."""
    return [
        pytest.param(
            name,
            one,
            marks=[pytest.mark.any_database]
            if KIND_OF.get(one) in {"choice", "flag", "page"}
            else [],
        )
        for name, names in PARAMETERS.items()
        for one in names.split()
    ]


@pytest.mark.parametrize(("name", "parameter"), _each_parameter())
def test_parameter_survives_every_value(name, parameter, world, caplog):
    rows = [*one_row_a_page("GET"), *one_row_a_page("POST")]
    row = next(row for row in rows if row.name == name)
    base = reverse(name, args=world.arguments_of(row))
    values = here(ODD_FOR.get(KIND_OF.get(parameter), ODD))
    urls = {title: f"{base}?{parameter}={value}" for title, value in values.items()}

    role = someone_inside(row) if row.method == "GET" else "office"
    faults = faults_of(client_of(world, role), urls, caplog, method=row.method)

    assert faults == {}


@pytest.mark.parametrize("label", REGISTERS)
def test_register_of_the_admin_site_survives_every_query(label, world, caplog):
    base = reverse(f"admin:{label.lower().replace('.', '_')}_changelist")
    values = here(ODD_FOR["number"])
    urls = {title: f"{base}?q={value}&o={value}" for title, value in values.items()}
    for title in ("not a number", "minus one", "twenty digits", "five thousand digits"):
        urls[f"page {title}"] = f"{base}?p={ODD[title]}"
    urls |= {"order": f"{base}?o=9.9", "all at once": f"{base}?all="}

    faults = faults_of(client_of(world, "office"), urls, caplog)

    assert faults == {}


def test_values_for_the_database_are_among_those_tried():
    tried = {*REFUSED, *ODD} | {"last", "beyond int8", "4000 digits"}

    assert tried >= OF_THE_DATABASE
