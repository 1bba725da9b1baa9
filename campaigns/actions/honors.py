"""Applications for honours: written, handed in, checked, taken back.

Locks: organisation or community, then the honour (TRAPS). A family's name never
reaches the audit log: neither as the target nor inside a reason.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Honor
from campaigns.notices import honors as notices
from campaigns.queries.honor_rules import (
    BEFORE_AWARD,
    is_own_application,
    refusal_of_consent,
)
from communities.models import Community, Organization
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic

State = Honor.State
SECOND_CLICK = timedelta(minutes=1)
SAME_FORM = ("kind", "organization_id", "community_id", "holder", "text")
CHECKS = (State.CHECKED, State.RETURNED, State.REJECTED)


class HonorRefused(RuleError):
    """The honour is not fit for what was asked."""


@transaction.atomic
def draft_honor(*, honor: Honor, by: User, now: datetime) -> Honor:
    """Save a new draft; the same one sent twice within a minute is saved once.

    A family's is hidden until the family consents. Raises HonorRefused when the kind
    does not fit who applies, or when that organisation or community is no more.
    """
    _check_kind(honor)
    _lock_node(honor, today=timezone.localdate(now))
    same = {name: getattr(honor, name) for name in SAME_FORM}
    held = Honor.objects.filter(
        **same, state=State.DRAFT, created_by=by, created_at__gt=now - SECOND_CLICK
    ).first()
    if held is not None:
        return held
    honor.is_public = not honor.is_of_family
    honor.created_by = by
    honor.save()
    audit.record("campaigns.honor_created", target=honor, by=by)
    return honor


@retried_atomic
def update_honor(*, honor: Honor, values: dict[str, Any], by: User) -> Honor:
    """Change what a draft or returned application says; only the given values.

    Raises HonorRefused once it is handed in, and when an organisation's would become
    a family's or the other way round.
    """
    honor = lock_honor(honor)
    if honor.state not in Honor.EDITABLE_STATES:
        raise HonorRefused(
            _("荣誉申报%(state)s，不能再修改。") % {"state": honor.get_state_display()}
        )
    changed = [name for name, value in values.items() if getattr(honor, name) != value]
    said = audit.edits(honor, {name: values[name] for name in changed})
    for name in changed:
        setattr(honor, name, values[name])
    _check_kind(honor)
    if changed:
        honor.save(update_fields=changed)
        audit.record(
            "campaigns.honor_changed",
            target=honor,
            by=by,
            fields=changed,
            changes=said,
        )
    return honor


@retried_atomic
def apply_honor(*, honor: Honor, by: User, now: datetime) -> Honor:
    """Hand an application to the office.

    Raises HonorRefused without text or evidence, for a family without its consent,
    when the same one is under way or awarded, or when who applies is no more.
    """
    node_id = _node_id(honor)
    _lock_node(honor, today=timezone.localdate(now))
    honor = lock_honor(honor)
    if _node_id(honor) != node_id:
        raise HonorRefused(_("申报刚刚转到另一个单位或社区，请刷新后再试。"))
    if not honor.text.strip():
        raise HonorRefused(_("请先填写事迹。"))
    if not honor.evidence.exists():
        raise HonorRefused(_("请至少上传一张照片或一份文件作为佐证。"))
    if refusal := refusal_of_consent(honor):
        raise HonorRefused(refusal)
    _check_single(honor)
    honor.move_to(State.APPLIED, by=by, applied_at=now, applied_by=by)
    return honor


@retried_atomic
def check_honor(*, honor: Honor, decision: str, reason: str = "", by: User) -> Honor:
    """The office's check: fit (checked), to be mended (returned), or rejected.

    Raises HonorRefused when it does not wait any more, for who wrote or handed in the
    application, and when a return or a rejection has no reason.
    """
    honor = lock_honor(honor)
    if honor.state != State.APPLIED:
        raise HonorRefused(_("该申报已不在待核查状态，请刷新页面。"))
    if is_own_application(by, honor):
        raise HonorRefused(_("不能核查自己填报或提交的申报，请由其他同志办理。"))
    if decision not in CHECKS:
        raise HonorRefused(_("请选择核查结论。"))
    reason = reason.strip()
    if decision != State.CHECKED and not reason:
        raise HonorRefused(_("退回或不予通过时必须写明理由。"))
    honor.move_to(decision, by=by, reason=reason_for_log(honor, reason))
    notices.honor_checked(honor, reason=reason)
    return honor


@retried_atomic
def withdraw_honor(*, honor: Honor, reason: str = "", by: User) -> Honor:
    """The applicant takes it back before the award. Raises HonorRefused after it."""
    honor = lock_honor(honor)
    if honor.state not in BEFORE_AWARD:
        raise HonorRefused(
            _("荣誉%(state)s，不能再撤回申报。") % {"state": honor.get_state_display()}
        )
    reason = reason_for_log(honor, reason.strip())
    honor.move_to(State.WITHDRAWN, by=by, reason=reason)
    return honor


def lock_honor(honor: Honor) -> Honor:
    """The honour as it is now, its row locked until the transaction ends."""
    return (
        Honor.objects.select_for_update(of=("self",))
        .select_related("organization", "community", "created_by", "applied_by")
        .get(pk=honor.pk)
    )


def reason_for_log(honor: Honor, reason: str) -> str:
    """The reason as the audit log keeps it: a family's name is left out."""
    if not honor.is_of_family:
        return reason
    return reason.replace(honor.holder, _("该家庭"))


def _node_id(honor: Honor) -> int:
    return honor.community_id if honor.is_of_family else honor.organization_id


def _check_kind(honor: Honor) -> None:
    if honor.kind not in Honor.Kind.values:
        raise HonorRefused(_("请选择荣誉。"))
    is_right = (
        honor.community_id is not None and honor.organization_id is None
        if honor.is_of_family
        else honor.organization_id is not None and honor.community_id is None
    )
    if not is_right:
        raise HonorRefused(_("文明家庭由社区申报，其他荣誉由党组织申报。"))


def _lock_node(honor: Honor, *, today: date) -> None:
    """Mergers lock the same row; so do two applications at the same moment."""
    if honor.is_of_family:
        rows = Community.objects.select_for_update(no_key=True)
        node = rows.get(pk=honor.community_id)
        is_over = node.has_ended(today)
    else:
        rows = Organization.objects.select_for_update(no_key=True)
        node = rows.get(pk=honor.organization_id)
        is_over = node.state != Organization.State.ACTIVE
    if is_over:
        raise HonorRefused(_("%(name)s已停用或终止，不能申报荣誉。") % {"name": node})


def _check_single(honor: Honor) -> None:
    same = Honor.objects.filter(
        kind=honor.kind,
        organization=honor.organization_id,
        community=honor.community_id,
        holder=honor.holder,
        state__in=[State.APPLIED, State.CHECKED, State.NOTICE, State.AWARDED],
    ).exclude(pk=honor.pk)
    if held := same.first():
        raise HonorRefused(
            _("同一对象的这项荣誉%(state)s，不用重复申报。")
            % {"state": held.get_state_display()}
        )


def each_by_itself(
    action: Callable[..., Honor], honors: Iterable[Honor], **values: Any
) -> list[tuple[Honor, str]]:
    """Act on several, each in a transaction of its own, numbers ascending.

    Pairs of honour and refusal, "" for those that went through.
    """
    results = []
    for honor in sorted(honors, key=lambda row: row.pk):
        try:
            results.append((action(honor=honor, **values), ""))
        except RuleError as error:
            results.append((honor, str(error)))
    return results
