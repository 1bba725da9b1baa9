"""Paths: numbers nothing has, and words no page reads."""

import pytest
from django.urls import reverse

from tests.hostile.checks import (
    client_of,
    fault_in,
    one_row_a_page,
    someone_inside,
)
from tests.hostile.values import NUMBERS_OF_NOTHING, here

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unrecorded")]


@pytest.mark.parametrize(
    "row",
    [
        row
        for method in ("GET", "POST")
        for row in one_row_a_page(method)
        if row.name.partition(":")[0]
        in {"accounts", "campaigns", "communities", "volunteers"}
        and row.target not in {"-", "pillar"}
    ],
    ids=str,
)
def test_impossible_number_is_not_found(row, world, caplog):
    client = client_of(world, someone_inside(row))
    others = world.arguments_of(row)[1:]
    faults = {}

    for title, number in here(NUMBERS_OF_NOTHING).items():
        caplog.clear()
        url = reverse(row.name, args=[number, *others])
        response = getattr(client, row.method.lower())(url)
        fault = fault_in(response, response.content, caplog)
        faults[title] = (response.status_code, fault)

    assert faults == dict.fromkeys(here(NUMBERS_OF_NOTHING), (404, ""))


@pytest.mark.parametrize(
    "path",
    [
        "/activities/%00/",
        "/pillars/%E2%80%AE/",
        "/pillars/" + "x" * 5000 + "/",
        "/activities/" + "9" * 5000 + "/",
        "/%ED%A0%80/",
        "/reports/activities/export.%E2%80%AE",
        "/reports/activities/export." + "x" * 5000,
        "/accounts/confirm-email/" + "x" * 5000 + "/",
        "/accounts/password/reset/key/zzzzzzzzzzzzzz-set-password/",
        "/accounts/password/reset/key/" + "z" * 5000 + "-x%00/",
        "/admin/communities/organization/%00/change/",
        "/admin/communities/organization/99999999999999999999/change/",
        "/admin/communities/organization/abc/history/",
        "/admin/communities/organization/_ED_A0_80/change/",
        "//evil.invalid/..%2f",
    ],
    ids=lambda path: path[:60],
)
def test_impossible_path_is_answered(path, world, caplog):
    response = client_of(world, "committee").get(path)

    assert fault_in(response, response.content, caplog) == ""
