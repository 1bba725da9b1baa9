"""Weekly rules make shifts; what people signed up for is left as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Activity
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.locks import lock_activity, lock_shift
from volunteers.actions.shift_series import check_coming
from volunteers.actions.shifts import ShiftRefused, check_takes_shifts
from volunteers.models import Shift, ShiftRule
from volunteers.queries.shift_series import rule_days, shift_values

MOST_DAYS = 366
SAME_RULE = (
    "weekdays",
    "starts_time",
    "ends_time",
    "from_on",
    "until_on",
    "title",
    "place",
)


@dataclass(frozen=True)
class RuleOutcome:
    """What applying a rule did; `kept` are shifts left alone for those signed up."""

    rule: ShiftRule
    made: list[Shift] = field(default_factory=list)
    changed: list[Shift] = field(default_factory=list)
    cancelled: list[Shift] = field(default_factory=list)
    kept: list[Shift] = field(default_factory=list)


@retried_atomic
def save_rule(
    *,
    rule: ShiftRule,
    by: User,
    now: datetime,
    values: Mapping[str, object] | None = None,
) -> RuleOutcome:
    """Save a new rule, or change `values` of one, and bring its shifts in line.

    Only coming shifts nobody holds or waits for a place in follow: with what the rule
    changed, so that what was changed by hand stays. Days the rule has no more are
    cancelled. Raises ShiftRefused, or CalendarMissing when holidays are to be skipped
    in a year without calendar; then nothing is done.
    """
    activity = lock_activity(rule.activity_id)
    before = None
    # One whose number a transaction that was rolled back had given is new still.
    if rule.pk and ShiftRule.objects.filter(pk=rule.pk).exists():
        rule, before = _lock(rule), _lock(rule)
        for name, value in (values or {}).items():
            setattr(rule, name, value)
    _check(rule, activity)
    if before is None and _is_there(rule):
        raise ShiftRefused(_("已有一条相同的排班规则。"))
    rule.save()
    verb = "created" if before is None else "changed"
    audit.record(f"volunteers.shift_rule_{verb}", target=rule, by=by)
    return _apply(rule, activity, before=before, by=by, now=now)


@retried_atomic
def apply_rule(
    *, rule: ShiftRule, now: datetime, by: User | None = None
) -> RuleOutcome:
    """Make the shifts the rule still lacks; a second time makes none.

    Raises as `save_rule` does.
    """
    activity = lock_activity(rule.activity_id)
    rule = _lock(rule)
    _check(rule, activity)
    return _apply(rule, activity, before=None, by=by, now=now)


@retried_atomic
def end_rule(*, rule: ShiftRule, by: User) -> ShiftRule:
    """Stop a rule; its shifts stay."""
    lock_activity(rule.activity_id)
    rule = _lock(rule)
    rule.move_to(ShiftRule.State.ENDED, by=by)
    return rule


def end_rules_of(activity: Activity, *, by: User) -> None:
    """Stop all rules of a locked activity."""
    for rule in activity.shift_rules.filter(state=ShiftRule.State.ACTIVE):
        rule.move_to(ShiftRule.State.ENDED, by=by)


def _lock(rule: ShiftRule) -> ShiftRule:
    """As it is now, locked; who writes a rule holds its activity's lock before."""
    return ShiftRule.objects.select_for_update().get(pk=rule.pk)


def _is_there(rule: ShiftRule) -> bool:
    same = {name: getattr(rule, name) for name in SAME_RULE}
    return ShiftRule.objects.filter(
        activity=rule.activity_id, state=ShiftRule.State.ACTIVE, **same
    ).exists()


def _check(rule: ShiftRule, activity: Activity) -> None:
    check_takes_shifts(activity)
    if rule.state != ShiftRule.State.ACTIVE:
        raise ShiftRefused(_("该排班规则已停止。"))
    if not rule.weekdays:
        raise ShiftRefused(_("请至少选择一天。"))
    if rule.until_on < rule.from_on:
        raise ShiftRefused(_("截止日期不能早于起始日期。"))
    if (rule.until_on - rule.from_on).days >= MOST_DAYS:
        raise ShiftRefused(_("一条规则最长排一年。"))
    first, last = (
        timezone.localdate(moment) for moment in (activity.starts_at, activity.ends_at)
    )
    if rule.from_on < first or rule.until_on > last:
        raise ShiftRefused(_("规则的起止日期须在活动的起止日期之内。"))
    if rule.minimum > rule.capacity:
        raise ShiftRefused(_("最少人数不能多于名额。"))


def _apply(
    rule: ShiftRule,
    activity: Activity,
    *,
    before: ShiftRule | None,
    by: User | None,
    now: datetime,
) -> RuleOutcome:
    days = rule_days(rule, since=timezone.localdate(now))
    outcome = RuleOutcome(rule)
    held = list(rule.shifts.exclude(rule_on=None).values_list("pk", "rule_on"))
    for pk, day in sorted(held):
        _bring_in_line(
            lock_shift(pk),
            rule if day in days else None,
            activity,
            before=before,
            outcome=outcome,
            by=by,
            now=now,
        )
    held_days = {day for _pk, day in held}
    for day in days:
        if day not in held_days:
            _make(rule, day, activity, outcome=outcome, by=by, now=now)
    return outcome


def _bring_in_line(
    shift: Shift,
    rule: ShiftRule | None,
    activity: Activity,
    *,
    before: ShiftRule | None,
    outcome: RuleOutcome,
    by: User | None,
    now: datetime,
) -> None:
    """Change or cancel a locked shift; `rule` is None for a day it has no more."""
    if shift.state != Shift.State.SCHEDULED or shift.starts_at <= now:
        return
    new = _changes(shift, rule, before) if rule else {}
    if rule and not new:
        return
    if shift.taken or shift.waiting:
        outcome.kept.append(shift)
    elif rule is None:
        reason = _("排班规则已调整，当天不再排班。")
        # The day is free again for the rule, should it return to it.
        shift.move_to(Shift.State.CANCELLED, by=by, reason=reason, rule_on=None)
        outcome.cancelled.append(shift)
    else:
        for name, value in new.items():
            setattr(shift, name, value)
        check_coming(shift, activity, now=now)
        shift.save()
        audit.record("volunteers.shift_changed", target=shift, by=by, fields=list(new))
        outcome.changed.append(shift)


def _changes(
    shift: Shift, rule: ShiftRule, before: ShiftRule | None
) -> dict[str, object]:
    """What the rule has changed about the shift and the shift has not got yet."""
    if before is None:
        return {}
    old = shift_values(before, shift.rule_on)
    new = shift_values(rule, shift.rule_on)
    if shift.posts.exists():
        del new["capacity"]  # the sum over its posts
    return {
        name: value
        for name, value in new.items()
        if old[name] != value and getattr(shift, name) != value
    }


def _make(
    rule: ShiftRule,
    day: date,
    activity: Activity,
    *,
    outcome: RuleOutcome,
    by: User | None,
    now: datetime,
) -> None:
    shift = Shift(activity=activity, rule=rule, rule_on=day, **shift_values(rule, day))
    if shift.starts_at <= now:
        return
    check_coming(shift, activity, now=now)
    try:
        with transaction.atomic():
            shift.save()
    except IntegrityError as error:
        raise ShiftRefused(_("班次刚刚已由该规则生成，请刷新后查看。")) from error
    audit.record("volunteers.shift_opened", target=shift, by=by)
    outcome.made.append(shift)
