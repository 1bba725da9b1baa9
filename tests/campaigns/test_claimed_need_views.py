"""The button on a claim, and the way back from the activity."""

import pytest
from django.urls import reverse

from campaigns.models import Activity
from tests.communities.needs import claim, community_official, official_of
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    InitiativeFactory,
)
from tests.factories.communities import OrganizationFactory
from tests.factories.needs import PublishedNeedFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def claimed():
    CampaignFactory()
    InitiativeFactory()
    return claim(PublishedNeedFactory(title="清理楼道"))


def url(made):
    return reverse("campaigns:claim_activity", args=[made.pk])


def test_one_click_leads_to_the_form_of_the_draft(signed_in, claimed):
    made, official = claimed

    response = signed_in(official).post(url(made))

    activity = Activity.objects.get(need_claim=made)
    edit = reverse("campaigns:activity_edit", args=[activity.pk])
    assert (response.status_code, response.url) == (302, edit)
    assert signed_in(official).get(edit).status_code == 200


def test_refusal_is_told_on_the_page_of_the_need(signed_in, claimed):
    made, official = claimed
    made.move_to("delivered", by=official)

    response = signed_in(official).post(url(made), follow=True)

    assert response.redirect_chain == [(made.get_absolute_url(), 302)]
    assert "认领已结束" in response.content.decode()


def test_page_of_the_need_offers_the_button_without_scripts(signed_in, claimed):
    made, official = claimed

    page = signed_in(official).get(made.need.get_absolute_url()).content.decode()

    assert f'method="post" action="{url(made)}"' in page
    assert f'hx-get="{url(made)}"' in page


def test_fragment_offers_the_button_until_there_is_a_draft(signed_in, claimed):
    made, official = claimed
    client = signed_in(official)

    before = client.get(url(made), headers=HTMX).content.decode()
    client.post(url(made))
    after = client.get(url(made), headers=HTMX).content.decode()

    assert "<html" not in before
    assert "建立活动" in before
    activity = Activity.objects.get(need_claim=made)
    assert activity.get_absolute_url() in after
    assert "建立活动" not in after


def test_community_hears_of_a_draft_without_seeing_it(signed_in, claimed):
    made, official = claimed
    signed_in(official).post(url(made))
    client = signed_in(community_official(made.need.community))

    page = client.get(url(made), headers=HTMX).content.decode()

    activity = Activity.objects.get(need_claim=made)
    assert "单位已建立活动" in page
    assert activity.get_absolute_url() not in page


def test_another_unit_does_not_see_the_claim(signed_in, claimed):
    made, _official = claimed

    client = signed_in(official_of(OrganizationFactory()))

    assert client.post(url(made)).status_code == 404


def test_community_may_not_draft_for_the_unit(signed_in, claimed):
    made, _official = claimed

    client = signed_in(community_official(made.need.community))

    assert client.post(url(made)).status_code == 403


def test_activity_says_which_need_it_answers(signed_in, claimed):
    made, official = claimed
    signed_in(official).post(url(made))
    activity = Activity.objects.get(need_claim=made)

    page = signed_in(official).get(activity.get_absolute_url()).content.decode()

    assert "清理楼道" in page
    assert made.need.get_absolute_url() in page


def test_public_reads_the_need_without_a_link(client, claimed):
    made, _official = claimed
    activity = ActivityFactory(
        need_claim=made, state=Activity.State.APPROVED, is_public=True
    )

    page = client.get(activity.get_absolute_url()).content.decode()

    assert "清理楼道" in page
    assert made.need.get_absolute_url() not in page
