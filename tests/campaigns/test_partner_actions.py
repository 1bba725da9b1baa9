"""Joint activities: asked, confirmed, declined, withdrawn, handed over."""

from datetime import datetime

import pytest
from django.utils import timezone

from accounts.models import Notification
from campaigns.actions import ActivityRefused, NotEditable, update_activity
from campaigns.actions.partners import (
    MOST_PARTNERS,
    answer_partner,
    invite_partner,
    withdraw_partner,
)
from campaigns.models import Activity, ActivityPartner, ActivityTally, Campaign
from campaigns.models.tally import text_of
from campaigns.permissions import (
    can_answer_partner,
    can_edit_activity,
    can_lead_activity,
    can_record_activity,
)
from core.audit import history_of
from core.models.states import MoveRefused
from tests.communities.trees import MAY, ONE_DAY, Kind, change, committee
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityPartnerFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db
State = ActivityPartner.State
CLOSED = ["submitted", "approved", "cancelled"]


@pytest.fixture
def official(db):
    return UserFactory()


def official_of(organization):
    return MembershipFactory(role="unit", organization=organization).user


def told():
    rows = Notification.objects.order_by("pk")
    return list(rows.values_list("recipient", "kind"))


def test_invite_partner_beyond_the_most_is_refused(official, monkeypatch):
    monkeypatch.setattr("campaigns.actions.partners.MOST_PARTNERS", 2)
    activity = ActivityFactory()
    for state in ("invited", "confirmed", "declined"):
        ActivityPartnerFactory(activity=activity, state=state)

    with pytest.raises(ActivityRefused, match="2"):
        invite_partner(
            activity=activity, organization=OrganizationFactory(), by=official
        )


def test_owners_of_the_most_partners_fit_into_a_counter():
    most = range(10**7, 10**7 + MOST_PARTNERS)

    room = ActivityTally._meta.get_field("owners").max_length

    assert len(text_of(10**7 - 1, most)) <= room


def test_invite_partner_asks_its_officials(official):
    activity, other = ActivityFactory(), OrganizationFactory()
    asked = official_of(other)

    partner = invite_partner(activity=activity, organization=other, by=official)

    assert (partner.state, partner.invited_by) == (State.INVITED, official)
    assert told() == [(asked.pk, "activity_partner_invited")]
    verbs = [entry.verb for entry in history_of(partner)]
    assert verbs == ["campaigns.activity_partner_invited"]


@pytest.mark.parametrize(
    ("make", "text"),
    [
        pytest.param(lambda held: held.organization, "不用邀请自己", id="leader"),
        pytest.param(
            lambda held: ActivityPartnerFactory(activity=held).organization,
            "已在联办之列",
            id="invited",
        ),
        pytest.param(
            lambda held: (
                ActivityPartnerFactory(activity=held, state="confirmed").organization
            ),
            "已在联办之列",
            id="confirmed",
        ),
        pytest.param(
            lambda held: OrganizationFactory(state="suspended"), "不能", id="suspended"
        ),
    ],
)
def test_invite_partner_that_cannot_be_one_is_refused(make, text, official):
    activity = ActivityFactory()
    organization = make(activity)
    held = list(ActivityPartner.objects.all())

    with pytest.raises(ActivityRefused, match=text):
        invite_partner(activity=activity, organization=organization, by=official)

    assert list(ActivityPartner.objects.all()) == held


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_invite_partner_that_was_one_asks_again(state, official):
    before = ActivityPartnerFactory(state=state)

    again = invite_partner(
        activity=before.activity, organization=before.organization, by=official
    )

    assert (again.state, ActivityPartner.objects.count()) == (State.INVITED, 2)


@pytest.mark.parametrize("state", CLOSED)
def test_invite_partner_to_a_closed_activity_is_refused(state, official):
    activity = ActivityFactory(state=state)

    with pytest.raises(NotEditable):
        invite_partner(
            activity=activity, organization=OrganizationFactory(), by=official
        )


@pytest.mark.parametrize(
    ("confirms", "state"), [(True, State.CONFIRMED), (False, State.DECLINED)]
)
def test_answer_partner_is_kept_and_told(confirms, state, official):
    partner = ActivityPartnerFactory()

    answer_partner(partner=partner, confirms=confirms, by=official)

    partner.refresh_from_db()
    assert partner.state == state
    assert told() == [(partner.invited_by_id, "activity_partner_answered")]
    [entry] = history_of(partner)
    assert (entry.verb, entry.actor_id) == (
        f"campaigns.activity_partner_{state}",
        official.pk,
    )


@pytest.mark.parametrize("confirms", [True, False])
@pytest.mark.parametrize("state", ["approved", "cancelled"])
def test_answer_partner_too_late_is_refused(state, confirms, official):
    partner = ActivityPartnerFactory(activity__state=state)

    with pytest.raises(ActivityRefused, match="不能再确认或谢绝"):
        answer_partner(partner=partner, confirms=confirms, by=official)

    partner.refresh_from_db()
    assert partner.state == State.INVITED


def test_answer_partner_of_an_archived_campaign_is_refused(official):
    partner = ActivityPartnerFactory()
    Campaign.objects.update(state="archived")

    with pytest.raises(ActivityRefused, match="已归档"):
        answer_partner(partner=partner, confirms=True, by=official)


@pytest.mark.parametrize("state", ["confirmed", "declined", "withdrawn"])
def test_answer_partner_again_is_refused(state, official):
    partner = ActivityPartnerFactory(state=state)

    with pytest.raises(MoveRefused):
        answer_partner(partner=partner, confirms=False, by=official)


@pytest.mark.parametrize("state", ["invited", "confirmed"])
def test_withdraw_partner_tells_the_other_side(state, official):
    partner = ActivityPartnerFactory(state=state)
    theirs = official_of(partner.organization)

    withdraw_partner(partner=partner, by=partner.invited_by)

    partner.refresh_from_db()
    assert partner.state == State.WITHDRAWN
    assert told() == [(theirs.pk, "activity_partner_withdrawn")]


@pytest.mark.parametrize("state", CLOSED)
def test_withdraw_partner_of_a_closed_activity_is_refused(state, official):
    partner = ActivityPartnerFactory(state="confirmed", activity__state=state)

    with pytest.raises(NotEditable):
        withdraw_partner(partner=partner, by=official)

    partner.refresh_from_db()
    assert partner.state == State.CONFIRMED


def test_update_activity_to_be_led_by_a_partner_is_refused(official):
    partner = ActivityPartnerFactory()

    with pytest.raises(ActivityRefused, match="已在联办之列"):
        update_activity(
            activity=partner.activity,
            values={"organization": partner.organization},
            by=official,
        )

    assert Activity.objects.get().organization != partner.organization


@pytest.mark.parametrize(
    ("state", "rights"),
    [
        (State.INVITED, (False, False, False, True)),
        (State.CONFIRMED, (False, True, True, True)),
        (State.DECLINED, (False, False, False, True)),
        (State.WITHDRAWN, (False, False, False, True)),
    ],
)
def test_partners_official_edits_only_once_it_is_confirmed(state, rights):
    partner = ActivityPartnerFactory(state=state)
    user = official_of(partner.organization)

    held = (
        can_lead_activity(user, partner.activity),
        can_record_activity(user, partner.activity),
        can_edit_activity(user, partner.activity),
        can_answer_partner(user, partner),
    )

    assert held == rights


# Mergers ----------------------------------------------------------------------


@pytest.fixture
def old():
    return committee(name="旧党委")


@pytest.fixture
def new(old):
    return committee(old.parent, name="新党委")


def joint(organization, state=State.CONFIRMED, **values):
    values.setdefault("activity__starts_at", _moment(MAY))
    return ActivityPartnerFactory(organization=organization, state=state, **values)


def _moment(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))


def parts(activity):
    rows = activity.partners.order_by("pk")
    return [(row.organization.name, row.state) for row in rows]


@pytest.mark.parametrize("state", [State.INVITED, State.CONFIRMED])
def test_live_part_in_an_open_activity_goes_to_the_successor(old, new, state):
    held = joint(old, state)

    change(old, Kind.MERGE, successor=new.pk)

    assert parts(held.activity) == [("新党委", state)]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"activity__state": "approved"}, id="approved"),
        pytest.param({"activity__state": "cancelled"}, id="cancelled"),
        pytest.param({"state": State.DECLINED}, id="declined"),
        pytest.param({"activity__starts_at": _moment(MAY - ONE_DAY)}, id="begun"),
    ],
)
def test_part_that_is_over_keeps_the_old_organisation(old, new, values):
    held = joint(old, **values)

    change(old, Kind.MERGE, successor=new.pk)

    assert parts(held.activity) == [("旧党委", held.state)]


@pytest.mark.parametrize(
    ("mine", "theirs", "left"),
    [
        ("confirmed", "invited", [("新党委", "confirmed"), ("新党委", "withdrawn")]),
        ("invited", "confirmed", [("旧党委", "withdrawn"), ("新党委", "confirmed")]),
        ("invited", "invited", [("旧党委", "withdrawn"), ("新党委", "invited")]),
    ],
)
def test_successor_with_a_part_of_its_own_keeps_one(old, new, mine, theirs, left):
    held = joint(old, mine)
    ActivityPartnerFactory(activity=held.activity, organization=new, state=theirs)

    change(old, Kind.MERGE, successor=new.pk)

    assert parts(held.activity) == left


def test_part_in_an_activity_the_successor_leads_is_withdrawn(old, new):
    held = joint(old, activity__organization=new)

    change(old, Kind.MERGE, successor=new.pk)

    assert parts(held.activity) == [("旧党委", "withdrawn")]


def test_partner_that_comes_to_lead_by_a_merger_holds_no_part(old, new):
    held = joint(new, activity__organization=old)

    change(old, Kind.MERGE, successor=new.pk)

    held.activity.refresh_from_db()
    assert held.activity.organization == new
    assert parts(held.activity) == [("新党委", "withdrawn")]
