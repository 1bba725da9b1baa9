"""Applications for honours: drafted, changed, handed in, checked, withdrawn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from campaigns.actions.consents import record_consent, withdraw_consent
from campaigns.actions.honors import (
    HonorRefused,
    apply_honor,
    check_honor,
    draft_honor,
    update_honor,
    withdraw_honor,
)
from campaigns.models import Honor
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import EvidenceFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.factories.honors import (
    FamilyHonorFactory,
    HonorFactory,
)

pytestmark = pytest.mark.django_db

State = Honor.State


def new(**values):
    return Honor(kind="window", holder="示例窗口", text="示例事迹", **values)


def draft(honor, by=None):
    return draft_honor(honor=honor, by=by or UserFactory(), now=timezone.now())


def apply_now(honor, by=None):
    by = by or honor.created_by
    return apply_honor(honor=honor, by=by, now=timezone.now())


def proved(honor):
    EvidenceFactory(activity=None, honor=honor)
    return honor


def consent_to(honor, subject="示例家长"):
    return record_consent(
        thing=honor,
        subject=subject,
        method="paper",
        given_on=timezone.localdate(),
        by=honor.created_by,
    )


def test_draft_of_an_organization_is_saved_for_everyone_to_see_later(organization):
    honor = draft(new(organization=organization))

    assert (honor.state, honor.is_public) == (State.DRAFT, True)


def test_draft_of_a_family_is_hidden(community):
    honor = draft(Honor(kind="family", holder="林家", community=community))

    assert not honor.is_public


def test_draft_sent_twice_is_saved_once(organization, stranger):
    first = draft(new(organization=organization), stranger)

    assert draft(new(organization=organization), stranger) == first


@pytest.mark.parametrize("kind", ["family", "window"])
def test_draft_of_the_wrong_holder_is_refused(kind, organization, community):
    wrong = {"organization": organization} if kind == "family" else {}
    wrong = wrong or {"community": community}

    with pytest.raises(HonorRefused, match="文明家庭由社区申报"):
        draft(Honor(kind=kind, holder="示例", **wrong))


def test_draft_of_a_window_with_a_community_beside_is_refused(organization, community):
    # Its officials would be let in to what is not theirs.
    with pytest.raises(HonorRefused):
        draft(new(organization=organization, community=community))


def test_draft_of_an_organization_no_longer_active_is_refused():
    over = OrganizationFactory(state="dissolved")

    with pytest.raises(HonorRefused, match="不能申报"):
        draft(new(organization=over))


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_update_changes_what_is_open(state):
    honor = HonorFactory(state=state)

    update_honor(honor=honor, values={"text": "新的事迹"}, by=honor.created_by)

    honor.refresh_from_db()
    assert honor.text == "新的事迹"


def test_update_after_handing_in_is_refused():
    honor = HonorFactory(applied=True)

    with pytest.raises(HonorRefused, match="不能再修改"):
        update_honor(honor=honor, values={"text": "新"}, by=honor.created_by)


def test_update_of_an_organization_to_a_family_is_refused():
    honor = HonorFactory()

    with pytest.raises(HonorRefused, match="文明家庭由社区申报"):
        update_honor(honor=honor, values={"kind": "family"}, by=honor.created_by)


def test_apply_with_text_and_evidence_waits_for_the_office(stranger):
    honor = apply_now(proved(HonorFactory()), stranger)

    assert (honor.state, honor.applied_by) == (State.APPLIED, stranger)


@pytest.mark.parametrize(
    ("values", "has_evidence", "reason"),
    [
        ({"text": "  "}, True, "填写事迹"),
        ({}, False, "照片或一份文件"),
        ({"organization__state": "suspended"}, True, "停用或终止"),
    ],
    ids=["no-text", "no-evidence", "suspended"],
)
def test_apply_with_something_missing_is_refused(values, has_evidence, reason):
    honor = HonorFactory(**values)
    if has_evidence:
        proved(honor)

    with pytest.raises(HonorRefused, match=reason):
        apply_now(honor)


def test_apply_for_a_family_without_consent_is_refused():
    with pytest.raises(HonorRefused, match="展示同意"):
        apply_now(proved(FamilyHonorFactory()))


def test_apply_for_a_family_that_consents_goes_through():
    honor = proved(FamilyHonorFactory())
    consent_to(honor)

    assert apply_now(honor).state == State.APPLIED


def test_apply_while_one_member_stays_withdrawn_is_refused():
    honor = proved(FamilyHonorFactory())
    consent_to(honor, "示例母亲")
    withdraw_consent(consent=consent_to(honor, "示例父亲"), by=None)

    with pytest.raises(HonorRefused, match="撤回了展示同意"):
        apply_now(honor)


def test_apply_for_what_is_awarded_already_is_refused():
    held = HonorFactory(awarded=True)
    same = HonorFactory(organization=held.organization, holder=held.holder)

    with pytest.raises(HonorRefused, match="不用重复申报"):
        apply_now(proved(same))


def test_apply_twice_is_refused():
    honor = proved(HonorFactory(applied=True))

    with pytest.raises(MoveRefused):
        apply_now(honor)


@pytest.mark.parametrize(
    ("decision", "reason"),
    [(State.CHECKED, ""), (State.RETURNED, "缺证明"), (State.REJECTED, "不属实")],
)
def test_check_moves_and_tells_the_officials(decision, reason, office_official):
    honor = HonorFactory(applied=True)
    official = MembershipFactory(role="unit", organization=honor.organization).user

    honor = check_honor(
        honor=honor, decision=decision, reason=reason, by=office_official
    )

    assert honor.state == decision
    [message] = Notification.objects.filter(recipient=official)
    assert message.kind == f"honor_{decision}"
    assert reason in message.body


@pytest.mark.parametrize("role", ["created_by", "applied_by"])
def test_check_by_who_applied_is_refused(role, office_official):
    honor = HonorFactory(state=State.APPLIED, **{role: office_official})

    with pytest.raises(HonorRefused, match="自己"):
        check_honor(honor=honor, decision=State.CHECKED, by=office_official)


@pytest.mark.parametrize("decision", [State.RETURNED, State.REJECTED])
def test_check_that_refuses_without_a_reason_is_refused(decision, office_official):
    honor = HonorFactory(applied=True)

    with pytest.raises(HonorRefused, match="理由"):
        check_honor(honor=honor, decision=decision, reason=" ", by=office_official)


@pytest.mark.parametrize("decision", ["awarded", "draft", ""])
def test_check_with_another_decision_is_refused(decision, office_official):
    honor = HonorFactory(applied=True)

    with pytest.raises(HonorRefused, match="核查结论"):
        check_honor(honor=honor, decision=decision, reason="示例", by=office_official)


def test_check_of_what_does_not_wait_is_refused(office_official):
    honor = HonorFactory(checked=True)

    with pytest.raises(HonorRefused, match="待核查"):
        check_honor(honor=honor, decision=State.CHECKED, by=office_official)


@pytest.mark.parametrize("state", ["draft", "applied", "returned", "checked", "notice"])
def test_withdraw_before_the_award_ends_it(state):
    honor = HonorFactory(state=state)

    withdraw_honor(honor=honor, reason="另行安排", by=honor.created_by)

    honor.refresh_from_db()
    assert honor.state == State.WITHDRAWN


def test_withdraw_after_the_award_is_refused():
    honor = HonorFactory(awarded=True)

    with pytest.raises(HonorRefused, match="不能再撤回"):
        withdraw_honor(honor=honor, reason="示例", by=honor.created_by)


def test_name_of_a_family_never_reaches_the_audit_log(community, office_official):
    applicant = UserFactory()
    honor = draft(
        Honor(kind="family", holder="林家", text="事迹", community=community),
        applicant,
    )
    consent_to(proved(honor))
    apply_now(honor, applicant)
    check_honor(
        honor=honor, decision="returned", reason="请林家补充", by=office_official
    )
    withdraw_honor(honor=honor, reason="林家不再参加", by=applicant)

    lines = AuditEntry.objects.filter(target_type="campaigns.Honor")
    assert set(lines.values_list("target_name", flat=True)) == {"文明家庭"}
    assert [line.reason for line in lines.order_by("pk") if line.reason] == [
        "请该家庭补充",
        "该家庭不再参加",
    ]


def test_official_of_the_organization_above_who_applied_is_told(office_official):
    branch = OrganizationFactory()
    above = MembershipFactory(role="unit", organization=branch.parent).user
    honor = HonorFactory(organization=branch, created_by=above, applied=True)

    check_honor(honor=honor, decision=State.CHECKED, by=office_official)

    assert Notification.objects.filter(recipient=above, kind="honor_checked").exists()


def test_applicant_without_the_role_any_more_is_not_told(office_official):
    honor = HonorFactory(applied=True)

    check_honor(honor=honor, decision=State.CHECKED, by=office_official)

    assert not Notification.objects.filter(recipient=honor.created_by).exists()


def test_draft_for_a_community_that_ended_is_refused():
    over = CommunityFactory(ends_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(HonorRefused, match="停用或终止"):
        draft(Honor(kind="family", holder="林家", community=over))
