"""A notice dated ahead is taken back before its day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.actions.notices import withdraw_notice
from communities.actions.pairings import PairingsRefused, end_pairing
from communities.models import Pairing
from core.audit import history_of
from core.errors import RuleError
from tests.communities.notices import (
    DAY,
    SUPPLEMENT,
    WHOLE,
    periods,
    place,
    publish,
    unit,
)
from tests.communities.registers import small_register
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import PairingFactory

pytestmark = pytest.mark.django_db

UNION, OFFICE = "区总工会", "区委办公室"
A, B, C = "湖内社区", "和平里社区", "松州村"


@pytest.fixture(autouse=True)
def register():
    small_register()


@pytest.fixture
def held():
    return PairingFactory(
        organization=unit(UNION), community=place(A), leader_name="某领导"
    )


@pytest.fixture
def ahead():
    return timezone.localdate() + 30 * DAY


def withdraw(notice):
    return withdraw_notice(notice=notice, reason="文件有误", by=None)


def state():
    """All that a notice may change about valid pairings."""
    rows = Pairing.objects.valid().order_by("pk")
    return list(rows.values("pk", "starts_on", "ends_on", "ended_by", "ends_on_before"))


def test_withdrawing_brings_back_what_stood(held, ahead):
    before = state()
    notice = publish((UNION, A, "", "新领导"), (UNION, B), starts_on=ahead)

    withdraw(notice)

    assert state() == before
    assert Pairing.objects.exclude(voided_at=None).count() == 2


def test_withdrawing_gives_back_the_end_that_was_planned(held, ahead):
    end = ahead + 90 * DAY
    Pairing.objects.update(ends_on=end)

    withdraw(publish((UNION, B), starts_on=ahead))

    assert periods() == [(UNION, A, held.starts_on, end)]


def test_withdrawing_gives_back_what_was_to_begin_that_day(ahead):
    publish((UNION, A), number="补充1号", kind=SUPPLEMENT, starts_on=ahead)
    before = state()

    withdraw(publish((UNION, B), starts_on=ahead))

    assert state() == before


def test_withdrawing_says_who_when_and_why(held, ahead):
    person = UserFactory()
    notice = publish((UNION, B), starts_on=ahead)

    withdraw_notice(notice=notice, reason="文件有误", by=person)

    notice.refresh_from_db()
    assert (notice.withdrawn_by, notice.withdrawal_reason) == (person, "文件有误")
    line = history_of(notice).last()
    assert line.verb == "communities.pairing_notice_withdrawn"
    assert line.data == {"reason": "文件有误", "voided": 1, "restored": 1}


def test_a_number_that_was_withdrawn_stays_used(held, ahead):
    withdraw(publish((UNION, B), starts_on=ahead))

    with pytest.raises(RuleError, match="已撤回，这个文号不能再用"):
        publish((UNION, B), starts_on=ahead)


def test_a_withdrawn_notice_does_not_stand_in_the_way(held, ahead):
    withdraw(publish((UNION, B), starts_on=ahead))

    publish((UNION, C), number="测试〔2026〕2号", starts_on=ahead - DAY)

    assert (UNION, C, ahead - DAY, None) in periods()


def test_a_notice_is_withdrawn_once(held, ahead):
    notice = publish((UNION, B), starts_on=ahead)
    withdraw(notice)

    with pytest.raises(PairingsRefused, match="已经撤回"):
        withdraw(notice)


def test_a_notice_in_force_is_not_withdrawn(held):
    notice = publish((UNION, B), starts_on=timezone.localdate())
    before = state()

    with pytest.raises(PairingsRefused, match="不能撤回"):
        withdraw(notice)

    assert state() == before


@pytest.mark.parametrize("kind", [WHOLE, SUPPLEMENT])
def test_of_two_notices_about_a_pair_the_later_goes_first(held, ahead, kind):
    first = publish((UNION, B), number="示例1号", starts_on=ahead)
    rows = [(UNION, A)] if kind == SUPPLEMENT else [(UNION, A), (UNION, C)]
    second = publish(*rows, number="示例2号", kind=kind, starts_on=ahead + DAY)

    with pytest.raises(PairingsRefused, match="示例2号"):
        withdraw(first)

    withdraw(second)
    withdraw(first)
    assert periods() == [(UNION, A, held.starts_on, None)]


@pytest.mark.parametrize("kind", [WHOLE, SUPPLEMENT])
def test_a_later_whole_notice_that_kept_a_pair_goes_first(held, ahead, kind):
    rows = [(UNION, B)] if kind == WHOLE else [(OFFICE, B)]
    first = publish(*rows, number="示例1号", kind=kind, starts_on=ahead)
    second = publish(*rows, (OFFICE, C), number="示例2号", starts_on=ahead + DAY)
    before = state()

    with pytest.raises(PairingsRefused, match="之后的整体调整示例2号"):
        withdraw(first)

    assert state() == before
    withdraw(second)
    withdraw(first)
    assert periods() == [(UNION, A, held.starts_on, None)]


def test_a_later_notice_about_others_does_not_stand_in_the_way(held, ahead):
    first = publish((UNION, B), number="示例1号", kind=SUPPLEMENT, starts_on=ahead)
    publish((OFFICE, C), number="示例2号", kind=SUPPLEMENT, starts_on=ahead)

    withdraw(first)

    assert (UNION, B, ahead, None) not in periods()


def test_a_pairing_of_an_ended_community_is_not_brought_back(held, ahead):
    notice = publish((UNION, B), starts_on=ahead)
    community = place(A)
    community.ends_on = timezone.localdate()
    community.save()

    with pytest.raises(PairingsRefused, match="湖内社区已合并或撤销"):
        withdraw(notice)


# One pairing by hand --------------------------------------------------------


def end(pairing, last_day):
    return end_pairing(pairing=pairing, last_day=last_day, reason="单位撤销", by=None)


def test_a_pairing_is_ended_by_hand_with_a_reason(held):
    today = timezone.localdate()

    end(held, today)

    held.refresh_from_db()
    assert held.ends_on == today
    assert history_of(held).last().data == {
        "ends_on": today.isoformat(),
        "reason": "单位撤销",
    }


def test_a_pairing_ended_by_hand_is_not_brought_back_by_withdrawing(held, ahead):
    notice = publish((UNION, B), starts_on=ahead)
    end(held, timezone.localdate())

    withdraw(notice)

    assert periods() == [(UNION, A, held.starts_on, timezone.localdate())]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"ends_on": timezone.localdate() - DAY}, "只能改得更早"),
        ({"starts_on": timezone.localdate() + DAY}, "不能早于这一天"),
        ({"voided_at": timezone.now()}, "已作废"),
    ],
    ids=["ended", "not-begun", "voided"],
)
def test_a_pairing_that_cannot_end_then_is_refused(held, values, words):
    Pairing.objects.update(**values)

    with pytest.raises(PairingsRefused, match=words):
        end(held, timezone.localdate())


def test_a_pairing_is_not_ended_before_its_last_activity(held):
    start = timezone.now() - timedelta(days=2)
    ActivityFactory(
        organization=held.organization,
        community=held.community,
        title="清洁家园",
        starts_at=start,
        ends_at=start + timedelta(minutes=1),
        state="approved",
    )

    with pytest.raises(PairingsRefused, match="活动《清洁家园》"):
        end(held, timezone.localdate() - 5 * DAY)
