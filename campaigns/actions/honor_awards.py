"""Awarded honours: named, checked once a year, lapsed or revoked."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications.kind_settings import is_on, leads_of
from campaigns.actions.honors import (
    HonorRefused,
    each_by_itself,
    lock_honor,
    reason_for_log,
)
from campaigns.models import Honor, HonorCheck
from campaigns.notices import honors as notices
from campaigns.queries.honor_rules import (
    is_own_application,
    refusal_to_award,
    refusal_to_check_award,
)
from core import audit
from core.dates import day_text
from core.numbering import next_number
from core.transactions import retried_atomic

State = Honor.State
AT_ONCE = 500


@retried_atomic
def award_honor(*, honor: Honor, by: User, today: date) -> Honor:
    """Award an honour after its public notice, with the next number of the year.

    Raises HonorRefused while the notice lasts, with an open objection, for a family
    that does not consent any more, and for who wrote or handed in the application.
    The first yearly check is due in a year.
    """
    honor = lock_honor(honor)
    if refusal := refusal_to_award(honor, today=today):
        raise HonorRefused(refusal)
    if is_own_application(by, honor):
        raise HonorRefused(_("不能命名自己填报或提交的荣誉，请由其他同志办理。"))
    number = next_number(f"honor-{today.year}")
    honor.move_to(
        State.AWARDED,
        by=by,
        number=settings.HONOR_NUMBER.format(year=today.year, number=number),
        awarded_on=today,
        check_due_on=a_year_after(today),
    )
    notices.honor_awarded(honor)
    return honor


def award_honors(
    *, honors: Iterable[Honor], by: User, today: date
) -> list[tuple[Honor, str]]:
    """Award several, each in a transaction of its own.

    Pairs of honour and refusal, "" for those awarded.
    """
    return each_by_itself(award_honor, honors, by=by, today=today)


@retried_atomic
def check_award(
    *, honor: Honor, passed: bool, note: str, by: User, today: date
) -> HonorCheck:
    """Record the yearly check: it holds for another year, or lapses with the reason.

    Raises HonorRefused more than 30 days before it is due, without a note, for who
    wrote or handed in the application, and when this year's check is there already.
    """
    honor = lock_honor(honor)
    note = note.strip()
    if refusal := refusal_to_check_award(honor, today=today):
        raise HonorRefused(refusal)
    if is_own_application(by, honor):
        raise HonorRefused(_("不能复核自己填报或提交的荣誉，请由其他同志办理。"))
    if not note:
        raise HonorRefused(_("请写明复核意见。"))
    check = HonorCheck(
        honor=honor,
        due_on=honor.check_due_on,
        passed=passed,
        note=note,
        checked_by=by,
    )
    try:
        with transaction.atomic():
            check.save()
    except IntegrityError as error:
        raise HonorRefused(_("这一年的复核已经登记，请刷新页面。")) from error
    if passed:
        honor.check_due_on = a_year_after(check.due_on)
        honor.save(update_fields=["check_due_on"])
        audit.record("campaigns.honor_passed", target=honor, by=by, due_on=check.due_on)
        notices.award_checked(honor)
    else:
        reason = _("年度复核不合格：%(note)s") % {"note": note}
        _end(honor, State.LAPSED, reason=reason, by=by, today=today)
    return check


@retried_atomic
def revoke_honor(*, honor: Honor, reason: str, by: User, today: date) -> Honor:
    """Take an awarded honour away for a reason. Raises HonorRefused."""
    honor = lock_honor(honor)
    reason = reason.strip()
    if honor.state != State.AWARDED:
        raise HonorRefused(_("只有已命名的荣誉可以撤销，请刷新页面。"))
    if not reason:
        raise HonorRefused(_("撤销荣誉必须写明理由。"))
    _end(honor, State.REVOKED, reason=reason, by=by, today=today)
    return honor


def lapse_unchecked(*, today: date) -> int:
    """End honours without a check HONOR_CHECK_GRACE_DAYS after it was due.

    Returns how many; safe to run twice.
    """
    last = today - timedelta(days=settings.HONOR_CHECK_GRACE_DAYS)
    due = Honor.objects.filter(state=State.AWARDED, check_due_on__lt=last)
    lapsed = 0
    for pk in list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            honor = lock_honor(Honor(pk=pk))
            if honor.state != State.AWARDED or honor.check_due_on >= last:
                continue
            reason = _("%(day)s前应当复核，逾期没有进行，自动失效。") % {
                "day": day_text(honor.check_due_on)
            }
            _end(honor, State.LAPSED, reason=reason, by=None, today=today)
            lapsed += 1
    return lapsed


def remind_of_honor_checks(*, today: date) -> int:
    """Recall yearly checks that are due soon to both sides, once for each.

    Returns how many honours that is, those recalled earlier included.
    """
    if not is_on("honor_check_due"):
        return 0
    [days] = leads_of("honor_check_due")
    near = Honor.objects.filter(
        state=State.AWARDED, check_due_on__range=(today, today + timedelta(days=days))
    ).select_related("organization", "community", "created_by", "applied_by")
    count = 0
    for honor in near.order_by("pk"):
        with transaction.atomic():
            notices.check_is_near(honor, due_on=honor.check_due_on)
        count += 1
    return count


def a_year_after(day: date) -> date:
    """The same day of the next year; 28 February after a leap day."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)


def _end(
    honor: Honor, state: str, *, reason: str, by: User | None, today: date
) -> None:
    honor.move_to(state, by=by, reason=reason_for_log(honor, reason), ended_on=today)
    notices.honor_ended(honor, reason=reason)
