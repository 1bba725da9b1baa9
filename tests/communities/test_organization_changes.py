"""Dated changes of one organisation: name, place, suspension, dissolution."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Notification
from communities.actions import (
    ChangeRefused,
    apply_due_changes,
    retry_change,
    undo_change,
)
from communities.actions.history import HistoryRefused
from communities.actions.organizations import OrganizationRefused, save_organization
from communities.models import Membership, Organization, RegisterChange
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.communities.trees import (
    MAY,
    ONE_DAY,
    Kind,
    ahead,
    branch,
    change,
    committee,
    lives,
)
from tests.factories.communities import (
    LONG_AGO,
    MembershipFactory,
    PairingFactory,
    WorkingCommitteeFactory,
)

pytestmark = pytest.mark.django_db

State = RegisterChange.State


@pytest.fixture
def office():
    return committee(name="旧党委", unit_name="旧单位")


def test_a_new_organisation_begins_its_history(office):
    assert lives(office) == [("旧党委", "旧单位", office.parent_id, LONG_AGO, None)]


def test_a_plain_edit_corrects_the_latest_version(office):
    office.name = "正名党委"
    save_organization(organization=office, by=None)

    assert lives(office) == [("正名党委", "旧单位", office.parent_id, LONG_AGO, None)]


def test_rename_dated_back_keeps_the_old_name_with_its_dates(office):
    done = change(office, Kind.RENAME, name="新党委")

    office.refresh_from_db()
    assert (done.state, office.name) == (State.APPLIED, "新党委")
    assert lives(office) == [
        ("旧党委", "旧单位", office.parent_id, LONG_AGO, MAY - ONE_DAY),
        ("新党委", "旧单位", office.parent_id, MAY, None),
    ]
    assert office.initials == "xdw"


def test_rename_of_a_unit_takes_its_branches_along(office):
    own = branch(office, unit_name="旧单位")
    other = branch(office, unit_name="别的单位")

    change(office, Kind.RENAME, unit_name="新单位")

    units = {row.pk: row.unit_name for row in Organization.objects.all()}
    assert units[own.pk] == units[office.pk] == "新单位"
    assert units[other.pk] == "别的单位"
    assert [row[1] for row in lives(own)] == ["旧单位", "新单位"]


def test_rename_of_a_unit_leaves_its_branches_when_told_so(office):
    own = branch(office, unit_name="旧单位")

    change(office, Kind.RENAME, unit_name="新单位", with_children=False)

    own.refresh_from_db()
    assert own.unit_name == "旧单位"


def test_move_takes_those_below_along(office):
    own = branch(office)
    new_parent = WorkingCommitteeFactory()
    old_parent_id = office.parent_id

    change(office, Kind.MOVE, parent=new_parent.pk)

    office.refresh_from_db()
    own.refresh_from_db()
    assert office.path == f"{new_parent.pk}/{office.pk}/"
    assert own.path == f"{office.path}{own.pk}/"
    assert [row[2] for row in lives(office)] == [old_parent_id, new_parent.pk]
    assert len(lives(own)) == 1


def test_move_below_oneself_is_refused(office):
    general = branch(office, kind=Organization.Kind.GENERAL_BRANCH)
    office.kind = Organization.Kind.GENERAL_BRANCH
    save_organization(organization=office, by=None)

    with pytest.raises(OrganizationRefused):
        change(office, Kind.MOVE, parent=general.pk)


def test_move_under_a_kind_that_is_not_allowed_is_refused(office):
    own = branch(office)
    other = branch(office)

    with pytest.raises(OrganizationRefused, match="党支部不能设在党支部之下"):
        change(own, Kind.MOVE, parent=other.pk)


def test_move_under_one_that_was_dissolved_is_refused(office):
    other = committee(office.parent)
    own = branch(office)
    change(other, Kind.DISSOLVE)

    with pytest.raises(ChangeRefused, match="已撤销"):
        change(own, Kind.MOVE, parent=other.pk)


def test_suspend_and_resume(office):
    change(office, Kind.SUSPEND)
    office.refresh_from_db()
    suspended = office.state
    change(office, Kind.RESUME, day=MAY + ONE_DAY)
    office.refresh_from_db()

    assert (suspended, office.state) == ("suspended", "active")


def test_suspension_before_an_earlier_one_is_refused(office):
    change(office, Kind.SUSPEND)
    change(office, Kind.RESUME, day=MAY + ONE_DAY)

    with pytest.raises(ChangeRefused, match="2026年5月2日（周六）起已恢复"):
        change(office, Kind.SUSPEND, day=MAY - ONE_DAY)

    office.refresh_from_db()
    assert office.state == "active"


def test_resume_of_one_that_is_active_is_refused(office):
    with pytest.raises(ChangeRefused, match="没有停用"):
        change(office, Kind.RESUME)


def test_resume_may_be_planned_behind_a_planned_suspension(office):
    change(office, Kind.SUSPEND, day=ahead(10))

    planned = change(office, Kind.RESUME, day=ahead(20))

    assert planned.state == State.PLANNED


def test_dissolution_ends_history_and_roles(office):
    held = MembershipFactory(role="unit", organization=office)

    change(office, Kind.DISSOLVE)

    office.refresh_from_db()
    held.refresh_from_db()
    assert (office.state, office.ends_on) == ("dissolved", MAY - ONE_DAY)
    assert [row[4] for row in lives(office)] == [MAY - ONE_DAY]
    assert held.ends_on == MAY - ONE_DAY


def test_dissolution_is_refused_while_children_stand(office):
    branch(office, name="示例留存支部")

    with pytest.raises(ChangeRefused, match="示例留存支部"):
        change(office, Kind.DISSOLVE)

    office.refresh_from_db()
    assert office.state == "active"


def test_dissolution_is_refused_while_a_pairing_stands(office):
    PairingFactory(organization=office, starts_on=LONG_AGO)

    with pytest.raises(ChangeRefused, match="结对"):
        change(office, Kind.DISSOLVE)


def test_what_is_dissolved_changes_no_more(office):
    change(office, Kind.DISSOLVE)
    office.refresh_from_db()

    with pytest.raises(ChangeRefused, match="已撤销"):
        change(office, Kind.RENAME, name="新党委")
    office.name = "改名"
    with pytest.raises(OrganizationRefused, match="已撤销"):
        save_organization(organization=office, by=None)


def test_change_before_the_latest_one_is_refused(office):
    change(office, Kind.RENAME, name="新党委")

    with pytest.raises(ChangeRefused, match="2026年5月1日（周五）"):
        change(office, Kind.RENAME, day=date(2026, 4, 1), name="更早党委")


def test_unit_renamed_before_a_branch_last_changed_is_refused_whole(office):
    own = branch(office, unit_name="旧单位", name="示例支部")
    change(own, Kind.RENAME, day=MAY + ONE_DAY, name="示例一支部")

    with pytest.raises(HistoryRefused):
        change(office, Kind.RENAME, unit_name="新单位")

    office.refresh_from_db()
    assert office.unit_name == "旧单位"
    assert RegisterChange.objects.filter(organization=office).count() == 0


def test_change_dated_ahead_waits_for_its_day(office):
    planned = change(office, Kind.RENAME, day=ahead(), name="新党委")

    office.refresh_from_db()
    assert (planned.state, office.name) == (State.PLANNED, "旧党委")
    assert apply_due_changes(today=ahead(29)) == 0
    assert apply_due_changes(today=ahead(30)) == 1
    office.refresh_from_db()
    assert (office.name, lives(office)[-1][3]) == ("新党委", ahead(30))


def test_due_changes_are_carried_out_once(office):
    change(office, Kind.RENAME, day=ahead(), name="新党委")
    apply_due_changes(today=ahead())

    assert apply_due_changes(today=ahead()) == 0
    assert len(lives(office)) == 2


def test_due_changes_follow_their_days(office):
    later = change(office, Kind.RENAME, day=ahead(9), name="第二名")
    first = change(office, Kind.RENAME, day=ahead(8), name="第一名")

    apply_due_changes(today=ahead(20))

    assert [row[0] for row in lives(office)] == ["旧党委", "第一名", "第二名"]
    assert {later.state, first.state} == {State.PLANNED}


def test_planned_change_can_be_undone(office):
    planned = change(office, Kind.RENAME, day=ahead(), name="新党委")

    undo_change(change=planned, reason="文件作废", by=None)

    planned.refresh_from_db()
    assert planned.state == State.UNDONE
    assert apply_due_changes(today=ahead()) == 0
    assert AuditEntry.objects.filter(
        verb="communities.register_change_undone", data__reason="文件作废"
    ).exists()


def test_applied_change_cannot_be_undone(office):
    done = change(office, Kind.RENAME, name="新党委")

    with pytest.raises(MoveRefused):
        undo_change(change=done, reason="", by=None)


def test_due_change_that_is_refused_fails_and_tells_who_planned_it(
    office, committee_official
):
    planned = change(office, Kind.DISSOLVE, day=ahead(), by=committee_official)
    branch(office, name="示例后来支部")

    assert apply_due_changes(today=ahead()) == 0

    planned.refresh_from_db()
    message = Notification.objects.get(recipient=committee_official)
    assert planned.state == State.FAILED
    assert "示例后来支部" in planned.refusal
    assert message.path == planned.get_absolute_url()
    office.refresh_from_db()
    assert office.state == "active"


def test_failed_change_is_carried_out_when_tried_again(office):
    planned = change(office, Kind.DISSOLVE, day=ahead(), name="")
    late = branch(office)
    apply_due_changes(today=ahead())
    change(late, Kind.DISSOLVE, day=timezone.localdate())

    done = retry_change(change=planned, by=None)

    planned.refresh_from_db()
    office.refresh_from_db()
    assert done
    assert (planned.state, planned.refusal) == (State.APPLIED, "")
    assert office.state == "dissolved"


def test_change_carried_out_by_someone_else_is_not_tried_again(office):
    planned = change(office, Kind.RENAME, day=ahead(), name="新党委")
    apply_due_changes(today=ahead())

    assert retry_change(change=planned, by=None) is False
    assert len(lives(office)) == 2


def test_failure_of_one_change_does_not_keep_the_others(office):
    other = committee(office.parent)
    change(office, Kind.DISSOLVE, day=ahead(8))
    change(other, Kind.RENAME, day=ahead(9), name="新党委")
    branch(office)

    assert apply_due_changes(today=ahead(10)) == 1
    other.refresh_from_db()
    assert other.name == "新党委"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((Kind.RENAME, 9, {"name": "甲"}), (Kind.RENAME, 9, {"name": "乙"})),
        ((Kind.DISSOLVE, 9, {}), (Kind.RENAME, 12, {"name": "乙"})),
        ((Kind.RENAME, 9, {"name": "甲"}), (Kind.DISSOLVE, 5, {})),
        ((Kind.DISSOLVE, 9, {}), (Kind.DISSOLVE, 5, {})),
    ],
    ids=["same day", "after the end", "end before", "two ends"],
)
def test_change_that_contradicts_a_planned_one_is_refused(office, first, second):
    kind, days, details = first
    change(office, kind, day=ahead(days), **details)
    kind, days, details = second

    with pytest.raises(ChangeRefused, match="冲突"):
        change(office, kind, day=ahead(days), **details)


def test_dissolving_what_a_planned_move_counts_on_is_refused(office):
    other = committee(office.parent)
    own = branch(office)
    change(own, Kind.MOVE, day=ahead(9), parent=other.pk)

    with pytest.raises(ChangeRefused, match="冲突"):
        change(other, Kind.DISSOLVE, day=ahead(5))


def test_move_to_what_ends_before_is_refused(office):
    other = committee(office.parent)
    own = branch(office)
    change(other, Kind.DISSOLVE, day=ahead(5))

    with pytest.raises(ChangeRefused, match="冲突"):
        change(own, Kind.MOVE, day=ahead(9), parent=other.pk)


def test_role_that_begins_after_the_dissolution_is_voided(office):
    held = MembershipFactory(role="unit", organization=office, starts_on=ahead(5))

    change(office, Kind.DISSOLVE)

    held.refresh_from_db()
    assert held.voided_at is not None
    assert not Membership.objects.on(ahead(6)).filter(pk=held.pk).exists()


def test_the_longest_name_leaves_room_for_its_pinyin(organization):
    """庄 is six letters, and PostgreSQL refuses what does not fit its column."""
    change(organization, Kind.RENAME, name="庄" * 100, unit_name="示例单位")

    organization.refresh_from_db()
    assert organization.pinyin == ("zhuang" * 100)[:400]
    assert organization.initials == "z" * 100
