"""Writes to the civic convention and to people's yes to it.

Source: issue 4, virtue and family; PRODUCT section 4, voluntary means voluntary.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Convention, Pledge
from communities.models import Community
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic

State = Convention.State


class ConventionRefused(RuleError):
    """The version cannot be drafted, changed or published."""


class PledgeRefused(RuleError):
    """The yes cannot be taken."""


def _lock_versions() -> list[Convention]:
    """All versions as they are now, their rows locked; there are few."""
    return list(Convention.objects.select_for_update().order_by("pk"))


@retried_atomic
def draft_convention(*, title: str, text: str, by: User) -> Convention:
    """Begin the next version; its number is the highest so far and one.

    Raises ConventionRefused while another draft waits.
    """
    if any(row.state == State.DRAFT for row in _lock_versions()):
        raise ConventionRefused(_("已有一份草稿，请先修改或发布那一份。"))
    last = Convention.objects.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            convention = Convention.objects.create(
                number=last + 1, title=title, text=text, created_by=by
            )
    except IntegrityError as error:  # the very first two, with no row to lock
        raise ConventionRefused(_("刚刚有人起草了新版，请刷新后查看。")) from error
    audit.record(
        "campaigns.convention_created",
        target=convention,
        by=by,
        number=convention.number,
    )
    return convention


@retried_atomic
def update_convention(
    *, convention: Convention, values: dict[str, Any], by: User
) -> Convention:
    """Change a draft. Raises ConventionRefused once it is published."""
    convention = Convention.objects.select_for_update().get(pk=convention.pk)
    if convention.state != State.DRAFT:
        raise ConventionRefused(_("公约已发布，不能再修改；请起草新版。"))
    changed = [n for n, value in values.items() if getattr(convention, n) != value]
    said = audit.edits(convention, {name: values[name] for name in changed})
    for name in changed:
        setattr(convention, name, values[name])
    if changed:
        convention.save(update_fields=changed)
        audit.record(
            "campaigns.convention_changed",
            target=convention,
            by=by,
            fields=changed,
            changes=said,
        )
    return convention


@retried_atomic
def publish_convention(
    *, convention: Convention, by: User, now: datetime
) -> Convention:
    """Put a draft in force; the version before it is superseded in the same moment.

    Who said yes to that one stays counted there, and is asked anew. Raises
    MoveRefused for what is no draft.
    """
    for row in _lock_versions():
        if row.pk == convention.pk:
            convention = row
        elif row.state == State.PUBLISHED:
            row.move_to(State.SUPERSEDED, by=by)
    convention.move_to(State.PUBLISHED, by=by, published_at=now)
    return convention


@retried_atomic
def pledge(
    *, user: User, number: int, community: Community, is_household: bool
) -> Pledge:
    """A person says yes to the convention, alone or for the household.

    `number` is that of the version the person read. Saying it twice counts once; the
    first stands as it is. Raises PledgeRefused when that version is no longer the
    present one, and for a community that has ended.
    """
    # A double click waits here and then finds the first.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    convention = Convention.objects.filter(state=State.PUBLISHED, number=number).first()
    if convention is None:
        raise PledgeRefused(_("公约刚刚更新，请读过新版后再确认。"))
    if community.has_ended():
        raise PledgeRefused(_("这个社区（村）已终止，请改选现在的社区（村）。"))
    same = {"convention": convention, "user": user, "is_household": is_household}
    if held := Pledge.objects.filter(withdrawn_at=None, **same).first():
        return held
    try:
        with transaction.atomic():
            made = Pledge.objects.create(community=community, **same)
    except IntegrityError as error:
        raise PledgeRefused(_("您已经承诺过。")) from error
    _record("campaigns.pledge_created", made)
    return made


@retried_atomic
def withdraw_pledge(*, pledge: Pledge, now: datetime) -> Pledge:
    """Take one's yes back; no reason is asked. Twice does no more than once."""
    pledge = Pledge.objects.select_for_update().get(pk=pledge.pk)
    if pledge.withdrawn_at is None:
        pledge.withdrawn_at = now
        pledge.save(update_fields=["withdrawn_at"])
        _record("campaigns.pledge_withdrawn", pledge)
    return pledge


def _record(verb: str, pledge: Pledge) -> None:
    """An audit line that names nobody: not even who acted."""
    audit.record(verb, target=pledge, by=None)
