"""Every page as each role sees it, wide and narrow; parts and refused forms too.

A page that looks the same for several roles is looked at once; `make sweep ARGS=--all`
leaves nothing out.
"""

import pytest

from tests.admin.pages import PAGES as REGISTERS
from tests.live.browser import chromium
from tests.sweep.browser import Window
from tests.sweep.desk import district_desk
from tests.sweep.known import known_to_all_workers
from tests.sweep.look import Sweep
from tests.sweep.visits import page_names, visits_of_page, visits_of_register

pytestmark = pytest.mark.live


def _names_only(store, signal, sender, template, context, **kwargs):
    store.setdefault("templates", []).append(template)


@pytest.fixture(scope="module")
def db(django_db_setup):
    """The database, but no transaction on this thread: another one asks it."""


@pytest.fixture(scope="module")
def sweep(db, django_db_blocker):
    """One window on one district for all pages."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr("django.test.client.store_rendered_templates", _names_only)
        with district_desk() as desk, chromium() as browser:
            yield Sweep(Window(browser, desk), known_to_all_workers())


@pytest.mark.parametrize("name", page_names())
def test_page_has_no_fault(name, sweep):
    assert sweep.faults_of(visits_of_page(sweep.desk.world, name)) == []


@pytest.mark.parametrize("label", REGISTERS)
def test_register_has_no_fault(label, sweep):
    with sweep.desk.record(REGISTERS[label].make) as record:
        faults = sweep.faults_of(visits_of_register(label, record))

    assert faults == []
