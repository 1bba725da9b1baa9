"""The front page: what waits, each number leading to exactly its rows."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delivery
from campaigns.models import Activity
from communities.admin_base import Queue
from communities.admin_groups import GROUP_OF
from communities.models import OrganizationReportIn
from tests.factories.accounts import DeliveryFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import (
    CommunityFactory,
    OrganizationFactory,
    OrganizationReportInFactory,
    PairingFactory,
)
from tests.factories.honors import HonorFactory
from tests.factories.stories import StoryFactory

INDEX = "admin:index"
pytestmark = pytest.mark.django_db


def waiting(client):
    queues = client.get(reverse(INDEX)).context["queues"]
    return {str(queue.label): queue for queue in queues}


@pytest.fixture
def work():
    """Something of every kind the office decides, and something that is decided."""
    ActivityFactory.create_batch(2, state=Activity.State.SUBMITTED)
    ActivityFactory(state=Activity.State.APPROVED)
    HonorFactory(state="applied")
    StoryFactory(state="submitted")
    DeliveryFactory(send_state=Delivery.SendState.FAILED)


@pytest.mark.usefixtures("work")
def test_queues_count_what_waits_for_the_office(office):
    counts = {label: queue.count for label, queue in waiting(office).items()}

    assert {label: count for label, count in counts.items() if count} == {
        "待审核活动": 2,
        "待核查荣誉": 1,
        "待审核故事": 1,
        "发送失败的消息": 1,
    }


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("role", ["office", "committee"])
def test_queue_leads_to_a_list_of_as_many_rows(role, client_of):
    PairingFactory()
    client = client_of(role)
    queues = waiting(client)

    found = {
        label: client.get(queue.url).context["cl"].queryset.count()
        for label, queue in queues.items()
    }

    assert found == {label: queue.count for label, queue in queues.items()}
    assert any(found.values())


def test_queue_of_unanswered_report_ins_holds_the_late_ones(committee):
    pairs = [(OrganizationFactory(), CommunityFactory()) for _ in range(2)]
    now = timezone.now()
    for (organization, community), days in zip(pairs, (30, 1), strict=True):
        OrganizationReportInFactory(
            organization=organization,
            community=community,
            state=OrganizationReportIn.State.SUBMITTED,
            submitted_at=now - timedelta(days=days),
        )

    queue = waiting(committee)["逾期未签收的报到"]

    [row] = committee.get(queue.url).context["cl"].queryset
    assert (queue.count, row.organization) == (1, pairs[0][0])


def test_queues_are_those_of_the_role(client_of):
    assert "待审核活动" not in waiting(client_of("committee"))
    assert "尚未报到的结对" not in waiting(client_of("office"))
    assert waiting(client_of("auditor")) == {}


def test_queue_of_another_role_narrows_nothing(committee):
    ActivityFactory(state=Activity.State.APPROVED)

    response = committee.get(
        reverse("admin:campaigns_activity_changelist"), {"waiting": "review"}
    )

    assert response.status_code == 400


def test_front_page_costs_the_same_with_more_rows(
    office, django_assert_max_num_queries
):
    ActivityFactory(state=Activity.State.SUBMITTED)
    office.get(reverse(INDEX))
    with django_assert_max_num_queries(40) as few:
        office.get(reverse(INDEX))
    ActivityFactory.create_batch(2, state=Activity.State.SUBMITTED)

    with django_assert_max_num_queries(40) as many:
        office.get(reverse(INDEX))

    assert len(many) == len(few)


def test_queue_counts_no_further_than_its_bound(office, monkeypatch):
    ActivityFactory.create_batch(3, state=Activity.State.SUBMITTED)
    monkeypatch.setattr(Queue, "MOST", 2)

    queue = waiting(office)["待审核活动"]

    assert (queue.count, queue.figure) == (2, "1+")


def test_every_register_has_its_group():
    registered = {model._meta.label for model in admin.site._registry}

    assert registered - GROUP_OF.keys() == set()


def test_app_page_leads_to_the_front_page(office):
    response = office.get(reverse("admin:app_list", args=["communities"]))

    assert response["Location"] == reverse(INDEX)
