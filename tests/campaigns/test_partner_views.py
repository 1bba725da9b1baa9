"""Joint activities through the pages: invited, answered, withdrawn, edited."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Activity, ActivityPartner
from campaigns.queries.partners import desk_partners
from tests.factories.activities import ActivityPartnerFactory
from tests.factories.campaigns import ActivityFactory, PastActivityFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db
State = ActivityPartner.State


@pytest.fixture
def desk(signed_in, unit_official):
    """Signed in for the leading organisation."""
    return signed_in(unit_official)


@pytest.fixture
def other():
    return OrganizationFactory(name="示例联办支部")


@pytest.fixture
def theirs(signed_in, other):
    """Signed in for the organisation that is asked."""
    return signed_in(MembershipFactory(role="unit", organization=other).user)


def url_of(page, pk):
    return reverse(f"campaigns:{page}", args=[pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def invite(client, activity, name):
    return client.post(url_of("partner_invite", activity.pk), {"organization": name})


def test_partner_is_invited_by_name(desk, organization, other):
    activity = ActivityFactory(organization=organization)

    response = invite(desk, activity, "示例联办支部")

    partner = ActivityPartner.objects.get()
    assert (partner.organization, partner.state) == (other, State.INVITED)
    assert said(response) == ["已邀请示例联办支部联办，等待对方确认。"]


@pytest.mark.parametrize("name", ["", "没有这个支部", "甲\x00", "长" * 300])
def test_partner_nobody_knows_is_an_error_of_the_field(name, desk, organization, other):
    activity = ActivityFactory(organization=organization)

    response = invite(desk, activity, name)

    assert (response.status_code, list(response.context["form"].errors)) == (
        422,
        ["organization"],
    )


def test_partner_invited_twice_says_so(desk, organization, other):
    partner = ActivityPartnerFactory(
        activity__organization=organization, organization=other
    )

    response = invite(desk, partner.activity, other.name)

    assert "已在联办之列" in response.content.decode()


@pytest.mark.parametrize("state", ["submitted", "approved", "cancelled"])
def test_partner_invite_to_a_closed_activity_is_403(state, desk, organization):
    activity = ActivityFactory(organization=organization, state=state)

    assert desk.get(url_of("partner_invite", activity.pk)).status_code == 403


def test_partner_confirms_and_may_then_edit_but_not_hand_in(theirs, other):
    partner = ActivityPartnerFactory(organization=other, activity=PastActivityFactory())
    pk = partner.activity_id
    before = theirs.get(url_of("activity_edit", pk)).status_code

    response = theirs.post(url_of("partner_answer", partner.pk), {"answer": "confirm"})

    assert said(response) == ["已确认联办。"]
    pages = ["activity_publish", "activity_submit"]
    after = [theirs.post(url_of(page, pk)).status_code for page in pages]
    edits = theirs.get(url_of("activity_edit", pk)).status_code
    assert (before, edits, after) == (403, 200, [403, 403])
    assert theirs.get(url_of("partner_invite", pk)).status_code == 403


def test_partner_changes_words_but_not_whose_it_is(theirs, other):
    partner = ActivityPartnerFactory(organization=other, state="confirmed")
    activity = partner.activity
    typed = {
        "organization": other.pk,
        "is_public": "",
        "title": "联办的新名称",
        "initial-title": activity.title,
        "starts_at": "2031-05-03T09:00",
        "ends_at": "2031-05-03T11:00",
        "place": activity.place,
        "community": activity.community_id,
        "text": activity.text,
        "risk": "low",
    }

    response = theirs.post(url_of("activity_edit", activity.pk), typed)

    changed = Activity.objects.get()
    assert (response.status_code, changed.title, changed.organization) == (
        302,
        "联办的新名称",
        activity.organization,
    )
    assert (changed.is_public, changed.initiative) == (True, activity.initiative)


def test_partner_declines_and_sees_it_no_more(theirs, other):
    partner = ActivityPartnerFactory(organization=other)

    response = theirs.post(url_of("partner_answer", partner.pk), {"answer": "decline"})

    assert (said(response), response.url) == (["已谢绝联办。"], reverse("reports:desk"))
    assert theirs.get(partner.activity.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("answer", ["", "maybe", "confirm\x00"])
def test_partner_answer_that_is_none_changes_nothing(answer, theirs, other):
    partner = ActivityPartnerFactory(organization=other)

    response = theirs.post(url_of("partner_answer", partner.pk), {"answer": answer})

    partner.refresh_from_db()
    assert (said(response), partner.state) == (["请选择确认或谢绝。"], State.INVITED)


def test_leader_may_not_answer_for_the_partner(desk, organization, other):
    partner = ActivityPartnerFactory(
        activity__organization=organization, organization=other
    )

    response = desk.post(url_of("partner_answer", partner.pk), {"answer": "confirm"})

    assert response.status_code == 403


@pytest.mark.parametrize("page", ["partner_answer", "partner_withdraw"])
def test_partner_of_a_foreign_activity_is_404(page, desk):
    partner = ActivityPartnerFactory()

    assert desk.post(url_of(page, partner.pk), {"answer": "confirm"}).status_code == 404


@pytest.mark.parametrize("who", ["desk", "theirs"])
def test_partner_is_withdrawn_by_either_side(who, desk, theirs, organization, other):
    partner = ActivityPartnerFactory(
        activity__organization=organization, organization=other, state="confirmed"
    )
    client = {"desk": desk, "theirs": theirs}[who]

    response = client.post(url_of("partner_withdraw", partner.pk))

    partner.refresh_from_db()
    assert (said(response), partner.state) == (["联办已撤回。"], State.WITHDRAWN)


def test_page_shows_confirmed_partners_to_all_and_invited_ones_to_the_sides(
    client, desk, theirs, organization, other
):
    activity = ActivityFactory(organization=organization, state="published")
    ActivityPartnerFactory(activity=activity, organization=other)
    ActivityPartnerFactory(activity=activity, state="confirmed")
    ActivityPartnerFactory(activity=activity, state="declined")

    pages = [reader.get(activity.get_absolute_url()) for reader in (client, desk)]
    asked = theirs.get(activity.get_absolute_url())

    shown = [[row.state for row in page.context["partners"]] for page in pages]
    assert shown == [["confirmed"], ["invited", "confirmed"]]
    assert [row.organization for row in asked.context["waiting_partners"]] == [other]


def desk_of(user):
    return desk_partners(user, today=timezone.localdate())


def test_desk_shows_invitations_that_may_still_be_answered(unit_official, organization):
    waiting = ActivityPartnerFactory(organization=organization)
    ActivityPartnerFactory(organization=organization, state="confirmed")
    ActivityPartnerFactory(organization=organization, activity__state="approved")
    ActivityPartnerFactory(organization=organization, activity__state="cancelled")
    ActivityPartnerFactory()

    assert desk_of(unit_official) == {"invitations": [waiting], "count": 1}


def test_desk_of_who_does_not_record_has_no_invitations(office_official):
    assert desk_of(office_official) is None


@pytest.mark.parametrize("count", [1, 3])
def test_desk_asks_a_fixed_number_of_queries(
    count, unit_official, organization, django_assert_num_queries
):
    ActivityPartnerFactory.create_batch(count, organization=organization)

    with django_assert_num_queries(3):
        held = desk_of(unit_official)
        [row.activity.organization.name for row in held["invitations"]]
