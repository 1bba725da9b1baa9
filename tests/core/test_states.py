"""States move along the table, and every move is on record."""

import pytest

from accounts.models import ExportJob
from campaigns.models import (
    Activity,
    ActivityPartner,
    Campaign,
    CampaignDocument,
    Convention,
    Honor,
    HonorObjection,
    Story,
    Task,
    TaskAssignment,
    Whistle,
    WhistleExtension,
    WhistleResponse,
)
from communities.models import (
    MemberReportIn,
    Need,
    NeedClaim,
    Organization,
    OrganizationReportIn,
    RegisterChange,
    ServicePost,
    ServiceProject,
    Wish,
    WishClaim,
)
from core import audit
from core.models import StatefulModel
from core.models.states import MoveRefused
from tests.factories.campaigns import ActivityFactory, CampaignFactory
from tests.factories.communities import MemberReportInFactory
from volunteers.models import (
    Certificate,
    GuardianConsent,
    HoursDispute,
    ServiceRecord,
    Shift,
    ShiftRule,
    Signup,
    StandIn,
)

State = Activity.State
STATEFUL = [
    Activity,
    ActivityPartner,
    Campaign,
    CampaignDocument,
    Convention,
    ExportJob,
    Honor,
    HonorObjection,
    Story,
    Task,
    TaskAssignment,
    Whistle,
    WhistleExtension,
    WhistleResponse,
    MemberReportIn,
    Need,
    NeedClaim,
    Organization,
    OrganizationReportIn,
    RegisterChange,
    ServicePost,
    ServiceProject,
    Wish,
    WishClaim,
    Certificate,
    GuardianConsent,
    HoursDispute,
    ServiceRecord,
    Shift,
    ShiftRule,
    Signup,
    StandIn,
]


@pytest.mark.django_db
def test_move_changes_state_and_moment_and_is_on_record(office_official):
    campaign = CampaignFactory(state=Campaign.State.PLANNED)
    before = campaign.state_changed_at

    campaign.move_to(Campaign.State.ACTIVE, by=office_official, reason="示例理由")

    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.ACTIVE
    assert campaign.state_changed_at > before
    [entry] = audit.history_of(campaign)
    assert (entry.verb, entry.actor_id, entry.target_name, entry.data) == (
        "campaigns.campaign_active",
        office_official.pk,
        campaign.title,
        {"before": "planned", "after": "active", "reason": "示例理由"},
    )


@pytest.mark.django_db
def test_move_saves_the_changes_that_come_with_it(unit_official):
    activity = ActivityFactory()

    activity.move_to(State.SUBMITTED, by=unit_official, submitted_by=unit_official)

    activity.refresh_from_db()
    assert activity.submitted_by == unit_official


@pytest.mark.django_db
def test_move_of_a_model_of_several_words_is_recorded_word_by_word():
    report_in = MemberReportInFactory()

    report_in.move_to(MemberReportIn.State.ENDED, by=None)

    [entry] = audit.history_of(report_in)
    assert entry.verb == "communities.member_report_in_ended"


@pytest.mark.django_db
def test_move_saves_nothing_else():
    activity = ActivityFactory(title="示例活动")
    activity.title = "改过的名称"

    activity.move_to(State.PUBLISHED, by=None)

    activity.refresh_from_db()
    assert (activity.state, activity.title) == (State.PUBLISHED, "示例活动")


@pytest.mark.django_db
def test_move_of_the_portal_itself_names_it():
    activity = ActivityFactory()

    activity.move_to(State.PUBLISHED, by=None)

    [entry] = audit.history_of(activity)
    assert (entry.actor_id, entry.actor_name) == (None, "系统")


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.APPROVED, State.DRAFT])
def test_move_that_the_table_does_not_allow_is_refused(state):
    activity = ActivityFactory(state=State.DRAFT)

    with pytest.raises(MoveRefused):
        activity.move_to(state, by=None)

    activity.refresh_from_db()
    assert activity.state == State.DRAFT
    assert not audit.history_of(activity).exists()


@pytest.mark.django_db
def test_refusal_names_both_states():
    activity = ActivityFactory(state=State.APPROVED)

    with pytest.raises(MoveRefused) as refusal:
        activity.move_to(State.DRAFT, by=None)

    assert str(refusal.value) == "当前状态为“已通过”，不能改为“草稿”。"


def test_every_stateful_model_is_tested_here():
    assert set(STATEFUL) == set(StatefulModel.__subclasses__())


@pytest.mark.parametrize("model", STATEFUL)
def test_table_of_moves_speaks_of_the_models_own_states(model):
    named = set(model.MOVES).union(*model.MOVES.values())

    assert named <= set(model.State)


@pytest.mark.parametrize("model", STATEFUL)
def test_every_state_can_be_reached(model):
    field = model._meta.get_field("state")
    starts = {field.default} if field.has_default() else set(model.State)
    reached = starts.union(*model.MOVES.values())

    assert reached >= set(model.State)


@pytest.mark.parametrize(
    ("model", "state"),
    [
        (Activity, State.APPROVED),
        (Activity, State.CANCELLED),
        (Campaign, Campaign.State.ARCHIVED),
        (Organization, Organization.State.MERGED),
        (Organization, Organization.State.DISSOLVED),
        (Shift, Shift.State.CANCELLED),
        (Shift, Shift.State.SETTLED),
        (Signup, Signup.State.CANCELLED),
    ],
)
def test_last_states_lead_nowhere(model, state):
    assert [
        other for other in model.State if model(state=state).can_move_to(other)
    ] == []
