"""The way from records' pages, the desk and the admin site to the audit log."""

import pytest
from django.urls import reverse

from campaigns.models import Activity
from tests.factories.campaigns import ActivityFactory, CampaignFactory
from tests.factories.communities import MembershipFactory, PairingFactory
from tests.factories.tasks import TaskFactory
from tests.factories.volunteers import ShiftFactory
from tests.factories.whistles import IssuedWhistleFactory

pytestmark = pytest.mark.django_db
PAGES = {
    "activity": lambda: ActivityFactory(state=Activity.State.APPROVED),
    "campaign": CampaignFactory,
    "shift": ShiftFactory,
    "task": TaskFactory,
    "whistle": IssuedWhistleFactory,
}


def history_of(record):
    return reverse("communities:audit_history", args=[record._meta.label, record.pk])


@pytest.mark.parametrize("page", PAGES)
def test_page_leads_who_reads_the_log_to_the_history(page, office_official, signed_in):
    record = PAGES[page]()

    read = signed_in(office_official).get(record.get_absolute_url()).content.decode()

    assert history_of(record) in read


def test_page_leads_nobody_else_to_the_history(unit_official, signed_in):
    shift = ShiftFactory()

    read = signed_in(unit_official).get(shift.get_absolute_url()).content.decode()

    assert shift.title in read
    assert "/audit/" not in read


def test_row_of_a_pairing_leads_to_its_history(office_official, signed_in):
    pairing = PairingFactory()
    url = reverse("communities:pairing_list")

    assert history_of(pairing) in signed_in(office_official).get(url).content.decode()


@pytest.mark.parametrize("page", ["reports:desk", "admin:index"])
def test_desk_and_admin_site_lead_the_auditor_to_the_log(page, signed_in):
    auditor = signed_in(MembershipFactory(role="auditor").user)

    read = auditor.get(reverse(page)).content.decode()

    assert f'href="{reverse("communities:audit_list")}"' in read
