"""Communities renamed, moved, converted, merged and split on a day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from communities.actions.changes import (
    ChangeRefused,
    apply_due_changes,
    plan_change,
    undo_change,
)
from communities.actions.divisions import DivisionRefused
from communities.actions.memberships import GrantRefused, grant_membership
from communities.models import BEGINNING, Community, RegisterChange
from communities.queries.history import community_history, successors
from core.audit import history_of
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    SubdistrictFactory,
)
from tests.factories.volunteers import ShiftFactory, VolunteerFactory

pytestmark = pytest.mark.django_db
Kind, State = RegisterChange.Kind, RegisterChange.State
DAY = date(2026, 5, 1)
BEFORE = date(2026, 4, 30)


def change(target, kind, *, on=DAY, **details):
    return plan_change(
        target=target, kind=kind, effective_on=on, details=details, by=None
    )


def versions(community, *fields):
    rows = community.versions.order_by("starts_on")
    return list(rows.values_list(*fields, "starts_on", "ends_on"))


def part(number, **values):
    code = f"35060200690{number}"
    return {"name": f"新{number}社区", "code": code, "kind": "residents", **values}


def test_rename_keeps_the_old_name_until_the_day_before():
    community = CommunityFactory(name="湖内社区")

    done = change(community, Kind.RENAME, name="湖滨社区")

    community.refresh_from_db()
    assert done.state == State.APPLIED
    assert (community.name, community.official_name) == ("湖滨社区", "湖滨社区居委会")
    assert (community.pinyin, community.initials) == ("hubinshequ", "hbsq")
    assert versions(community, "name") == [
        ("湖内社区", BEGINNING, BEFORE),
        ("湖滨社区", DAY, None),
    ]


def test_rename_leaves_a_line_in_the_audit_log():
    community = CommunityFactory(name="湖内社区")

    change(community, Kind.RENAME, name="湖滨社区")

    line = history_of(community).last()
    assert line.verb == "communities.community_changed"
    assert line.data["effective_on"] == "2026-05-01"


def test_move_keeps_the_old_street_until_the_day_before():
    community, street = CommunityFactory(), SubdistrictFactory()
    old = community.subdistrict_id

    change(community, Kind.MOVE, subdistrict=street.pk)

    community.refresh_from_db()
    assert community.subdistrict == street
    assert versions(community, "subdistrict_id") == [
        (old, BEGINNING, BEFORE),
        (street.pk, DAY, None),
    ]


def test_village_becomes_a_community_with_name_and_code_of_the_day():
    village = CommunityFactory(name="松州村", kind="village")
    old_code = village.code

    change(village, Kind.CONVERT, name="松州社区", code="350602006901")

    village.refresh_from_db()
    assert (village.kind, village.code) == ("residents", "350602006901")
    assert versions(village, "kind", "code", "name") == [
        ("village", old_code, "松州村", BEGINNING, BEFORE),
        ("residents", "350602006901", "松州社区", DAY, None),
    ]


def test_merge_ends_the_old_one_and_names_its_successor():
    old, new = CommunityFactory(name="湖内社区"), CommunityFactory()

    change(old, Kind.MERGE, successor=new.pk)

    old.refresh_from_db()
    assert (old.ends_on, old.successor) == (BEFORE, new)
    assert versions(old, "name") == [("湖内社区", BEGINNING, BEFORE)]
    assert list(Community.objects.standing(DAY)) == [new]
    assert history_of(old).last().verb == "communities.community_ended"


def test_roles_are_not_granted_for_what_has_ended():
    old, new = CommunityFactory(name="湖内社区"), CommunityFactory()
    change(old, Kind.MERGE, successor=new.pk)

    with pytest.raises(GrantRefused, match="湖内社区已合并或撤销"):
        grant_membership(user=UserFactory(), role="community", scope=old, by=None)


def test_merges_in_a_row_lead_to_the_community_of_today():
    first, second, third = CommunityFactory.create_batch(3)
    change(first, Kind.MERGE, successor=second.pk)
    change(second, Kind.MERGE, successor=third.pk)

    assert successors(Community) == {first.pk: third.pk, second.pk: third.pk}


def test_merge_takes_officials_along():
    old, new = CommunityFactory.create_batch(2)
    user = MembershipFactory(role="community", community=old).user

    change(old, Kind.MERGE, successor=new.pk)

    rows = user.memberships.order_by("starts_on").values_list(
        "community", "starts_on", "ends_on"
    )
    assert list(rows) == [(old.pk, date(2020, 1, 1), BEFORE), (new.pk, DAY, None)]


def test_merge_takes_the_homes_of_volunteers_along():
    old, new = CommunityFactory.create_batch(2)
    volunteer = VolunteerFactory(home_community=old)

    change(old, Kind.MERGE, successor=new.pk)

    volunteer.refresh_from_db()
    assert volunteer.home_community == new


def test_merge_takes_shifts_to_come_along_and_leaves_those_before():
    old, new = CommunityFactory.create_batch(2)
    today = timezone.localdate()
    now = timezone.now()
    past = ShiftFactory(community=old, starts_at=now - timedelta(days=3))
    coming = ShiftFactory(community=old, starts_at=now + timedelta(days=3))

    change(old, Kind.MERGE, on=today, successor=new.pk)

    past.refresh_from_db()
    coming.refresh_from_db()
    assert (past.community, coming.community) == (old, new)


def test_split_off_part_takes_what_is_named_and_the_old_one_stays():
    old = CommunityFactory(name="湖内社区")
    goes, stays = MembershipFactory.create_batch(2, role="community", community=old)

    assign = {f"memberships:{goes.pk}": 0}
    done = change(old, Kind.SPLIT, nodes=[part(1)], assign=assign)

    old.refresh_from_db()
    new = Community.objects.get(name="新1社区")
    assert (done.details["created"], done.details["moved"]) == (
        [new.pk],
        {"memberships": 1},
    )
    assert (old.ends_on, new.subdistrict) == (None, old.subdistrict)
    assert versions(new, "name") == [("新1社区", DAY, None)]
    assert list(goes.user.memberships.active().values_list("community", flat=True)) == [
        new.pk
    ]
    stays.refresh_from_db()
    assert (stays.community, stays.ends_on) == (old, None)


def test_split_into_communities_of_one_name_is_refused(community):
    parts = [part(1), part(2, name="新1社区")]

    with pytest.raises(ChangeRefused, match="不能同名"):
        change(community, Kind.SPLIT, nodes=parts)

    assert list(Community.objects.all()) == [community]


def test_split_that_ends_the_old_one_gives_the_rest_to_the_main_part():
    old = CommunityFactory()
    volunteer = VolunteerFactory(home_community=old)

    change(old, Kind.SPLIT, dissolve=True, main=1, nodes=[part(1), part(2)])

    old.refresh_from_db()
    volunteer.refresh_from_db()
    main = Community.objects.get(name="新2社区")
    assert (old.ends_on, old.successor) == (BEFORE, main)
    assert volunteer.home_community == main


def test_change_dated_ahead_waits_for_its_day():
    community = CommunityFactory(name="湖内社区")
    day = timezone.localdate() + timedelta(days=10)
    planned = change(community, Kind.RENAME, on=day, name="湖滨社区")
    community.refresh_from_db()
    name_before = community.name

    apply_due_changes(today=day - timedelta(days=1))
    planned.refresh_from_db()
    state_before = planned.state
    apply_due_changes(today=day)

    community.refresh_from_db()
    assert (name_before, state_before) == ("湖内社区", State.PLANNED)
    assert community.name == "湖滨社区"
    history = community_history([community.pk])
    assert history.on(community.pk, day - timedelta(days=1)).name == "湖内社区"


def test_change_dated_ahead_and_undone_is_not_carried_out():
    old, new = CommunityFactory.create_batch(2)
    day = timezone.localdate() + timedelta(days=10)
    planned = change(old, Kind.MERGE, on=day, successor=new.pk)

    undo_change(change=planned, by=None)
    apply_due_changes(today=day)

    old.refresh_from_db()
    assert (old.ends_on, old.successor) == (None, None)


def test_planned_split_whose_code_was_taken_meanwhile_fails_with_the_reason():
    old = CommunityFactory()
    day = timezone.localdate() + timedelta(days=10)
    planned = change(old, Kind.SPLIT, on=day, nodes=[part(1)])
    CommunityFactory(code=part(1)["code"])

    apply_due_changes(today=day)

    planned.refresh_from_db()
    assert planned.state == State.FAILED
    assert "已由" in planned.refusal


@pytest.mark.parametrize(
    ("kind", "details", "reason"),
    [
        (Kind.RENAME, {"name": " "}, "请填写新的名称"),
        (Kind.RENAME, {"name": "长" * 101}, "不能超过"),
        (Kind.RENAME, {"name": "湖内社区"}, "没有变化"),
        (Kind.MOVE, {}, "请选择"),
        (Kind.CONVERT, {"name": "湖内社区", "code": "350602006901"}, "不是村"),
        (Kind.MERGE, {}, "请选择"),
        (Kind.MERGE, {"successor": 99999}, "请选择"),
        (Kind.SPLIT, {"nodes": []}, "至少"),
        (Kind.SPLIT, {"nodes": [part(1)], "dissolve": True, "main": 0}, "至少"),
        (Kind.SPLIT, {"nodes": [part(1), part(2)], "dissolve": True}, "请选定"),
        (Kind.SPLIT, {"nodes": [part(1), part(1)]}, "相同的区划代码"),
        (Kind.SPLIT, {"nodes": [part(1, code="12a")]}, "12 位数字"),
        (Kind.SPLIT, {"nodes": [part(1, kind="town")]}, "类型"),
        (Kind.SUSPEND, {}, "不能做这种变更"),
    ],
)
def test_change_that_makes_no_sense_is_refused(kind, details, reason):
    community = CommunityFactory(name="湖内社区")

    with pytest.raises(ChangeRefused, match=reason):
        change(community, kind, **details)

    assert not RegisterChange.objects.exists()


def test_merge_with_itself_is_refused():
    community = CommunityFactory()

    with pytest.raises(ChangeRefused, match="自己"):
        change(community, Kind.MERGE, successor=community.pk)


def test_change_of_a_merged_community_is_refused():
    old, new = CommunityFactory.create_batch(2)
    change(old, Kind.MERGE, successor=new.pk)

    with pytest.raises(ChangeRefused, match="终止"):
        change(old, Kind.RENAME, on=date(2026, 6, 1), name="湖滨社区")


def test_merge_into_one_that_ended_is_refused():
    first, second, third = CommunityFactory.create_batch(3)
    change(first, Kind.MERGE, successor=second.pk)

    with pytest.raises(ChangeRefused, match="终止"):
        change(third, Kind.MERGE, successor=first.pk)


def test_merge_into_one_made_later_is_refused():
    old, other = CommunityFactory.create_batch(2)
    change(other, Kind.SPLIT, on=date(2026, 6, 1), nodes=[part(1)])
    new = Community.objects.get(name="新1社区")

    with pytest.raises(ChangeRefused, match="才设立"):
        change(old, Kind.MERGE, successor=new.pk)


def test_change_dated_before_the_last_one_is_refused():
    community = CommunityFactory()
    change(community, Kind.RENAME, name="湖滨社区")

    with pytest.raises(ChangeRefused, match="更早的日期"):
        change(community, Kind.RENAME, on=BEFORE, name="湖外社区")


def test_merge_on_the_day_the_name_changed_is_refused():
    old, new = CommunityFactory.create_batch(2)
    change(old, Kind.RENAME, name="湖滨社区")

    with pytest.raises(ChangeRefused, match="更早的日期"):
        change(old, Kind.MERGE, successor=new.pk)


def test_code_that_another_community_gave_up_is_refused():
    village = CommunityFactory(name="松州村", kind="village")
    old_code = village.code
    change(village, Kind.CONVERT, name="松州社区", code="350602006901")

    with pytest.raises(DivisionRefused, match="已由"):
        change(CommunityFactory(), Kind.SPLIT, nodes=[part(1, code=old_code)])
