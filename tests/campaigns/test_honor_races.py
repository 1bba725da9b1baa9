"""Two people take a step with one honour in the same moment."""

from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.actions.consents import withdraw_consent
from campaigns.actions.honor_awards import award_honor, check_award, lapse_unchecked
from campaigns.actions.honor_objections import (
    answer_objection,
    object_to_honor,
    start_notice,
)
from campaigns.actions.honors import (
    HonorRefused,
    apply_honor,
    check_honor,
    draft_honor,
    update_honor,
    withdraw_honor,
)
from campaigns.models import Honor, HonorCheck
from core.errors import RuleError
from core.models import NumberSeries
from tests.communities.trees import Kind, change, committee
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import EvidenceFactory
from tests.factories.honors import (
    FamilyHonorFactory,
    HonorFactory,
    HonorObjectionFactory,
)
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)

State = Honor.State
LAST = date(2026, 5, 13)
AFTER = date(2026, 5, 14)
DUE = date(2027, 5, 14)


def answer(call):
    try:
        return call()
    except RuleError as error:
        return error


def at_once(first, second):
    """What the second answers that begins before the first is committed."""
    with before_commit_of(first) as start:
        running = start(partial(answer, second))
    return running.result(timeout=20)


def state_of(honor):
    return Honor.objects.get(pk=honor.pk).state


def awarding(honor):
    return partial(award_honor, honor=honor, by=UserFactory(), today=AFTER)


def objecting(honor, by=None, today=LAST):
    by = by or UserFactory()
    return partial(object_to_honor, honor=honor, text="示例", by=by, today=today)


def checking(honor):
    return partial(check_honor, honor=honor, decision="checked", by=UserFactory())


def withdrawing(honor):
    return partial(withdraw_honor, honor=honor, reason="示例", by=UserFactory())


def test_two_awards_of_one_honour_give_one_number():
    honor = HonorFactory(notice=True)

    refusal = at_once(awarding(honor), awarding(honor))

    assert isinstance(refusal, HonorRefused)
    assert NumberSeries.objects.get(name="honor-2026").last == 1


def test_two_honours_awarded_at_once_get_two_numbers():
    first, second = HonorFactory.create_batch(2, notice=True)

    other = at_once(awarding(first), awarding(second))

    first.refresh_from_db()
    assert {first.number[-4:], other.number[-4:]} == {"001号", "002号"}


def test_award_waits_for_an_objection_of_the_last_minute():
    # Midnight lies between the two; the objection is a little slow.
    honor = HonorFactory(notice=True)

    refusal = at_once(objecting(honor), awarding(honor))

    assert "异议没有处理" in str(refusal)
    assert state_of(honor) == State.NOTICE


def test_objection_after_an_award_it_waited_for_is_refused():
    honor = HonorFactory(notice=True)

    refusal = at_once(awarding(honor), objecting(honor))

    assert "不在公示期内" in str(refusal)
    assert honor.objections.count() == 0


def test_two_objections_of_one_person_become_one(stranger):
    honor = HonorFactory(notice=True)

    refusal = at_once(objecting(honor, stranger), objecting(honor, stranger))

    assert "正在处理" in str(refusal)
    assert honor.objections.count() == 1


def test_the_database_refuses_a_second_open_objection():
    held = HonorObjectionFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        HonorObjectionFactory(honor=held.honor, made_by=held.made_by)


def test_check_after_a_withdrawal_it_waited_for_is_refused():
    honor = HonorFactory(applied=True)

    refusal = at_once(withdrawing(honor), checking(honor))

    assert "待核查" in str(refusal)
    assert state_of(honor) == State.WITHDRAWN


def test_withdrawal_after_a_check_still_takes_it_back():
    honor = HonorFactory(applied=True)

    at_once(checking(honor), withdrawing(honor))

    assert state_of(honor) == State.WITHDRAWN


def test_two_answers_to_one_objection_leave_the_first():
    objection = HonorObjectionFactory()
    deciding = partial(
        answer_objection, objection=objection, answer="示例", by=UserFactory()
    )

    refusal = at_once(
        partial(deciding, decision="dismissed"), partial(deciding, decision="upheld")
    )

    objection.refresh_from_db()
    assert "已经处理" in str(refusal)
    assert (objection.state, state_of(objection.honor)) == ("dismissed", State.NOTICE)


def test_notice_after_a_consent_was_withdrawn_is_refused():
    honor = FamilyHonorFactory(checked=True, consents=True)
    consent = honor.consents.get()

    refusal = at_once(
        partial(withdraw_consent, consent=consent, by=None),
        partial(start_notice, honor=honor, by=UserFactory(), today=LAST),
    )

    assert "展示同意" in str(refusal)
    assert state_of(honor) == State.CHECKED


def test_award_after_a_consent_was_withdrawn_is_refused():
    honor = FamilyHonorFactory(notice=True, consents=True)
    consent = honor.consents.get()

    refusal = at_once(
        partial(withdraw_consent, consent=consent, by=None), awarding(honor)
    )

    assert "展示同意" in str(refusal)


def test_two_yearly_checks_at_once_make_one():
    honor = HonorFactory(awarded=True)
    checking_again = partial(
        check_award, honor=honor, passed=True, note="示例", by=UserFactory(), today=DUE
    )

    refusal = at_once(checking_again, checking_again)

    assert isinstance(refusal, HonorRefused)
    assert HonorCheck.objects.count() == 1


def test_clock_leaves_an_award_that_is_being_checked():
    honor = HonorFactory(awarded=True)
    late = date(2027, 8, 1)

    lapsed = at_once(
        partial(
            check_award,
            honor=honor,
            passed=True,
            note="示例",
            by=UserFactory(),
            today=late,
        ),
        partial(lapse_unchecked, today=late),
    )

    assert (lapsed, state_of(honor)) == (0, State.AWARDED)


def test_change_after_it_was_handed_in_is_refused():
    honor = HonorFactory()
    EvidenceFactory(activity=None, honor=honor)

    refusal = at_once(
        partial(apply_honor, honor=honor, by=honor.created_by, now=timezone.now()),
        partial(
            update_honor, honor=honor, values={"text": "另改"}, by=honor.created_by
        ),
    )

    assert "不能再修改" in str(refusal)


def test_same_draft_sent_twice_at_once_is_saved_once(organization, stranger):
    def drafting():
        honor = Honor(
            kind="window", holder="示例", text="示例", organization=organization
        )
        return draft_honor(honor=honor, by=stranger, now=timezone.now())

    at_once(drafting, drafting)

    assert Honor.objects.count() == 1


def test_same_honour_applied_for_twice_at_once_waits_once():
    first = HonorFactory()
    second = HonorFactory(organization=first.organization, holder=first.holder)
    for honor in (first, second):
        EvidenceFactory(activity=None, honor=honor)

    refusal = at_once(
        partial(apply_honor, honor=first, by=first.created_by, now=timezone.now()),
        partial(apply_honor, honor=second, by=second.created_by, now=timezone.now()),
    )

    assert "不用重复申报" in str(refusal)


def test_draft_sent_while_its_organisation_merges_is_refused(stranger):
    old = committee()
    new = committee(old.parent)
    honor = Honor(kind="window", holder="示例", text="示例", organization=old)

    refusal = at_once(
        partial(change, old, Kind.MERGE, successor=new.pk),
        partial(draft_honor, honor=honor, by=stranger, now=timezone.now()),
    )

    assert "不能申报荣誉" in str(refusal)
    assert Honor.objects.count() == 0


def test_application_handed_in_while_its_organisation_merges_is_not_lost():
    old = committee()
    new = committee(old.parent)
    honor = HonorFactory(organization=old)
    EvidenceFactory(activity=None, honor=honor)

    refusal = at_once(
        partial(change, old, Kind.MERGE, successor=new.pk),
        partial(apply_honor, honor=honor, by=honor.created_by, now=timezone.now()),
    )

    honor.refresh_from_db()
    assert "不能申报荣誉" in str(refusal)
    assert (honor.organization, honor.state) == (new, State.DRAFT)
