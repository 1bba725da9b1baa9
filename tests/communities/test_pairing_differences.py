"""What a notice would change about what stands: told before, then done."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from communities.actions import import_pairings
from communities.actions.pairings import (
    GapsNotAccepted,
    PairingsRefused,
    PlanChanged,
)
from communities.imports.results import ImportRefused
from communities.models import Pairing, PairingNotice
from core.models import AuditEntry
from tests.communities.notices import (
    DAY,
    MAY_1,
    SUPPLEMENT,
    WHOLE,
    periods,
    place,
    plan,
    publish,
    source,
    unit,
)
from tests.communities.registers import small_register
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import OrganizationFactory, PairingFactory

pytestmark = pytest.mark.django_db

JANUARY = date(2026, 1, 1)
EVE = MAY_1 - DAY
UNION, OFFICE = "区总工会", "区委办公室"
A, B, C = "湖内社区", "和平里社区", "松州村"


@pytest.fixture(autouse=True)
def register():
    small_register()


def stand(unit_name, community_name, **values):
    return PairingFactory(
        organization=unit(unit_name), community=place(community_name), **values
    )


def outcomes(plan):
    return [entry.outcome for entry in plan.entries]


def test_a_whole_notice_starts_keeps_and_ends():
    stand(UNION, A)
    stand(UNION, B)

    publish((UNION, A), (UNION, C))

    assert periods() == [
        (UNION, A, JANUARY, None),
        (UNION, B, JANUARY, EVE),
        (UNION, C, MAY_1, None),
    ]


def test_the_plan_of_a_whole_notice_counts_what_it_would_do():
    stand(UNION, A)
    stand(UNION, B)
    stand(OFFICE, A, leader_name="旧领导")

    counts = plan((UNION, A), (UNION, C), (OFFICE, A, "", "新领导")).counts

    assert counts == {
        "created": 1, "changed": 1, "stays": 1, "ended": 1, "refused": 0,
    }  # fmt: skip


def test_a_supplement_ends_nothing():
    stand(UNION, B)

    publish((UNION, A), kind=SUPPLEMENT)

    assert periods() == [(UNION, A, MAY_1, None), (UNION, B, JANUARY, None)]


def test_a_notice_remembers_what_it_ended_and_the_end_before():
    held = stand(UNION, A, ends_on=date(2026, 12, 31))

    notice = publish((UNION, B))

    held.refresh_from_db()
    assert (held.ended_by, held.ends_on_before) == (notice, date(2026, 12, 31))


def test_a_pair_with_another_leader_goes_on_in_a_new_row_without_a_gap():
    held = stand(UNION, A, leader_name="旧领导", contact_name="某甲")

    publish((UNION, A, "", "新领导", "主任"))

    new = Pairing.objects.get(starts_on=MAY_1)
    assert periods() == [(UNION, A, JANUARY, EVE), (UNION, A, MAY_1, None)]
    assert (new.continues, new.leader_name, new.leader_title) == (
        held,
        "新领导",
        "主任",
    )
    assert new.contact_name == "某甲"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("", "新领导"), "挂钩领导由“旧领导”改为“新领导”。"),
        (
            ("", "", "", "某乙", "13800000002"),
            "联络员由“某甲”改为“某乙”；联系电话有变。",
        ),
        (("", "", "", "", "", "牵头"), "改为牵头。"),
        (("", "", "", "", "", "每月一次"), "备注由“未填”改为“每月一次”。"),
    ],
    ids=["leader", "contact", "lead", "remark"],
)
def test_the_plan_says_what_changes_about_a_pair(typed, message):
    stand(
        UNION, A,
        leader_name="旧领导", contact_name="某甲", contact_phone="+8613800000001",
    )  # fmt: skip

    (entry,) = plan((UNION, A, *typed)).entries

    assert (entry.outcome, entry.messages) == ("changed", [message])


def test_an_empty_cell_changes_nothing():
    stand(UNION, A, leader_name="某领导", is_lead=True, contact_phone="+8613800000001")

    assert outcomes(plan((UNION, A))) == ["stays"]


def test_a_lead_moves_when_the_notice_marks_another_community():
    stand(UNION, A, is_lead=True)

    publish((UNION, A), (UNION, B, "", "", "", "", "", "牵头"))

    leads = Pairing.objects.on(MAY_1).filter(is_lead=True)
    assert [row.community.name for row in leads] == [B]


def test_a_pair_that_was_to_end_goes_on_when_it_is_named():
    stand(UNION, A, ends_on=date(2026, 6, 30))

    publish((UNION, A))

    assert periods() == [(UNION, A, JANUARY, EVE), (UNION, A, MAY_1, None)]


def test_a_pairing_of_the_same_day_that_is_not_named_is_taken_back():
    stand(UNION, A, starts_on=MAY_1)

    publish((UNION, B))

    assert periods() == [(UNION, B, MAY_1, None)]


def test_a_whole_notice_twice_changes_nothing():
    stand(UNION, A)
    publish((UNION, B))
    lines = AuditEntry.objects.count()

    publish((UNION, B))

    assert AuditEntry.objects.count() == lines
    assert PairingNotice.objects.filter(kind=WHOLE).count() == 1


def test_a_whole_notice_with_a_refused_row_writes_nothing():
    stand(UNION, A)

    with pytest.raises(ImportRefused):
        publish((UNION, B), ("没有的单位", A))

    assert periods() == [(UNION, A, JANUARY, None)]


def test_a_whole_notice_without_rows_is_refused():
    stand(UNION, A)

    with pytest.raises(PairingsRefused, match="一对也没有"):
        publish()

    assert periods() == [(UNION, A, JANUARY, None)]


# A notice rules no day for which another was published since ----------------


@pytest.mark.parametrize("later", [WHOLE, SUPPLEMENT])
def test_a_whole_notice_before_a_later_one_is_refused(later):
    publish((UNION, A), number="较晚1号", kind=later, starts_on=MAY_1 + 30 * DAY)

    words = "较晚1号的安排从2026年5月31日（周日）起生效"
    with pytest.raises(PairingsRefused, match=words):
        publish((UNION, B))


def test_a_supplement_before_a_later_whole_notice_is_refused():
    publish((UNION, A), number="较晚1号", starts_on=MAY_1 + 30 * DAY)

    with pytest.raises(PairingsRefused, match="较晚1号"):
        publish((UNION, B), kind=SUPPLEMENT)


def test_a_supplement_before_a_later_supplement_is_taken():
    publish((UNION, A), number="较晚1号", kind=SUPPLEMENT, starts_on=MAY_1 + 30 * DAY)

    publish((UNION, B), kind=SUPPLEMENT)

    assert (UNION, B, MAY_1, None) in periods()


def test_a_second_lead_beside_the_standing_one_is_refused_in_a_supplement():
    stand(UNION, A, is_lead=True)

    (entry,) = plan((UNION, B, "", "", "", "", "", "牵头"), kind=SUPPLEMENT).entries

    assert entry.messages == ["该单位的牵头社区是湖内社区，要换须用“整体调整”通知。"]


@pytest.mark.parametrize(
    ("again", "words"),
    [({"kind": SUPPLEMENT}, "类型是“整体调整”"), ({"starts_on": JANUARY}, "生效日期")],
    ids=["kind", "day"],
)
def test_a_known_number_keeps_its_kind_and_day(again, words):
    publish((UNION, A))

    with pytest.raises(Exception, match=words):
        publish((UNION, B), **again)


# No silent gap --------------------------------------------------------------


def test_units_and_communities_left_without_a_pairing_are_named():
    stand(UNION, A)
    stand(OFFICE, B)
    stand(OFFICE, C)

    found = plan((OFFICE, C))

    assert [row.unit_name for row in found.lost_units] == [UNION]
    assert {row.name for row in found.lost_communities} == {A, B}


def test_a_gap_nobody_accepted_is_refused():
    stand(UNION, A)

    with pytest.raises(GapsNotAccepted, match="1 个单位、1 个社区（村）将没有结对"):
        publish((OFFICE, B), accepts_gaps=False)

    assert periods() == [(UNION, A, JANUARY, None)]


def test_a_notice_without_a_gap_asks_for_nothing():
    stand(UNION, A)
    stand(OFFICE, B)

    publish((UNION, B), (OFFICE, A), accepts_gaps=False)

    assert Pairing.objects.on(MAY_1).count() == 2


# What was looked at ---------------------------------------------------------


def test_a_plan_that_was_looked_at_is_carried_out():
    stand(UNION, A)
    rows = source((UNION, B))
    fingerprint = plan((UNION, B)).fingerprint

    import_pairings(
        rows=rows, number="1号", starts_on=MAY_1, kind=WHOLE,
        accepts_gaps=True, fingerprint=fingerprint, by=None,
    )  # fmt: skip

    assert periods() == [(UNION, A, JANUARY, EVE), (UNION, B, MAY_1, None)]


def test_a_plan_that_became_another_one_is_refused():
    stand(UNION, A)
    fingerprint = plan((UNION, B)).fingerprint
    stand(OFFICE, C)

    with pytest.raises(PlanChanged, match="有变动"):
        import_pairings(
            rows=source((UNION, B)), number="1号", starts_on=MAY_1, kind=WHOLE,
            accepts_gaps=True, fingerprint=fingerprint, by=None,
        )  # fmt: skip

    assert not Pairing.objects.filter(starts_on=MAY_1).exists()


# Dated back -----------------------------------------------------------------


@pytest.fixture
def activity(monkeypatch):
    """Held on the third day of what a notice ten days back would end."""
    held = stand(UNION, A)
    day = timezone.now() - timedelta(days=7)
    return ActivityFactory(
        organization=held.organization,
        community=held.community,
        title="清洁家园",
        starts_at=day,
        ends_at=day + timedelta(minutes=1),
        state="approved",
    )


def back():
    return timezone.localdate() - 10 * DAY


def day_of(activity):
    return timezone.localdate(activity.ends_at)


def test_a_pairing_an_activity_relied_on_keeps_that_day(activity):
    publish((OFFICE, B), starts_on=back())

    held = Pairing.objects.get(organization__unit_name=UNION)
    assert held.ends_on == day_of(activity)
    assert held in Pairing.objects.on(day_of(activity))
    assert held not in Pairing.objects.on(day_of(activity) + DAY)


def test_the_plan_says_for_which_activity_a_pairing_is_kept(activity):
    (ending,) = plan((OFFICE, B), starts_on=back()).endings

    assert ending.last_day == day_of(activity)
    assert ending.use == (day_of(activity), "清洁家园")


def test_an_activity_of_an_organisation_below_keeps_its_day(activity):
    branch = OrganizationFactory()
    branch.path = f"{activity.organization.path}{branch.pk}/"
    branch.save(update_fields=["path"])
    activity.organization = branch
    activity.save()

    (ending,) = plan((OFFICE, B), starts_on=back()).endings

    assert ending.last_day == day_of(activity)


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_an_activity_that_did_not_take_place_keeps_nothing(activity, state):
    activity.state = state
    activity.save()

    (ending,) = plan((OFFICE, B), starts_on=back()).endings

    assert (ending.last_day, ending.use) == (back() - DAY, None)


def test_an_activity_elsewhere_or_of_others_keeps_nothing(activity):
    activity.community = place(B)
    activity.save()
    ActivityFactory(
        community=place(A),
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        state="approved",
    )

    (ending,) = plan((OFFICE, B), starts_on=back()).endings

    assert ending.use is None


def test_a_planned_activity_keeps_nothing(activity):
    activity.starts_at = timezone.now() + timedelta(days=3)
    activity.ends_at = activity.starts_at + timedelta(hours=1)
    activity.save()

    (ending,) = plan((OFFICE, B), starts_on=back()).endings

    assert ending.use is None


def test_a_pairing_that_began_that_day_is_kept_for_its_activity(activity):
    Pairing.objects.update(starts_on=back())

    publish((OFFICE, B), starts_on=back())

    assert (UNION, A, back(), day_of(activity)) in periods()


def test_the_kept_pairing_is_not_ended_again(activity):
    publish((OFFICE, B), starts_on=back())
    lines = AuditEntry.objects.count()

    publish((OFFICE, B), starts_on=back())

    assert AuditEntry.objects.count() == lines
