"""Takes back pairing notices that have not begun."""

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.pairings import PairingsRefused, lock_pairs
from communities.models import Organization, Pairing, PairingNotice
from core import audit
from core.dates import day_text
from core.transactions import retried_atomic


@retried_atomic
def withdraw_notice(
    *, notice: PairingNotice, reason: str, by: User | None
) -> PairingNotice:
    """Take a notice back before its first day: as if it had not been published.

    Its pairings are voided, those it ended go on as before. The number stays used.
    Raises PairingsRefused from its first day on, and when a later notice, or a change
    of a unit or community, built on it.
    Source: issue 3, a notice dated ahead can be undone until it takes effect.
    """
    touched = _touched_by(notice)
    lock_pairs(
        {row.organization_id for row in touched},
        {row.community_id for row in touched},
    )
    held = PairingNotice.objects.select_for_update().get(pk=notice.pk)
    if held.withdrawn_at is not None:
        raise PairingsRefused(_("这份通知已经撤回。"))
    if held.starts_on <= timezone.localdate():
        raise PairingsRefused(
            _("通知已从%(day)s起生效，不能撤回；要更改请发布新的通知。")
            % {"day": day_text(held.starts_on)}
        )
    touched = _touched_by(held)
    _check_latest(held, touched)
    voided, restored = _undo(held, touched, by)
    held.withdrawn_at, held.withdrawn_by = timezone.now(), by
    held.withdrawal_reason = reason
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    audit.record(
        "communities.pairing_notice_withdrawn",
        target=held,
        by=by,
        reason=reason,
        voided=voided,
        restored=restored,
    )
    return held


def _touched_by(notice: PairingNotice) -> list[Pairing]:
    rows = Pairing.objects.filter(
        models.Q(notice=notice) | models.Q(ended_by=notice)
    ).select_related("organization", "community", "notice", "ended_by")
    return list(rows.order_by("pk"))


def _check_latest(notice: PairingNotice, touched: list[Pairing]) -> None:
    """Whatever was built on the notice has to be taken back first."""
    _check_no_whole_one_after(notice)
    pairs = {(row.organization_id, row.community_id) for row in touched}
    later = (
        Pairing.objects.valid()
        .filter(organization_id__in={pair[0] for pair in pairs})
        .filter(models.Q(notice_id__gt=notice.pk) | models.Q(ended_by_id__gt=notice.pk))
        .select_related("notice", "ended_by")
    )
    for row in later:
        if (row.organization_id, row.community_id) not in pairs:
            continue
        by_end = row.ended_by_id is not None and row.ended_by_id > notice.pk
        raise PairingsRefused(
            _("之后的通知%(number)s也涉及这些结对，请先撤回它。")
            % {"number": row.ended_by if by_end else row.notice}
        )
    for row in _ended_by(notice, touched):
        _check_stands(row)
        _check_free(row, touched)


def _check_no_whole_one_after(notice: PairingNotice) -> None:
    """A later whole notice named all pairings: what it passed over may be this one's.

    A pair it left as it was is bound to this notice, and one that this notice ended
    was nothing it had to end.
    """
    later = PairingNotice.objects.filter(
        kind=PairingNotice.Kind.WHOLE, withdrawn_at=None, pk__gt=notice.pk
    )
    if whole := later.order_by("pk").last():
        raise PairingsRefused(
            _("之后的整体调整%(number)s是在这份通知的基础上列出的，请先撤回它。")
            % {"number": whole}
        )


def _ended_by(notice: PairingNotice, touched: list[Pairing]) -> list[Pairing]:
    """What it ended, but not what it had made itself and then took back."""
    return [
        row
        for row in touched
        if row.ended_by_id == notice.pk and row.notice_id != notice.pk
    ]


def _check_stands(row: Pairing) -> None:
    """A pairing cannot go on with a unit or community that is no more."""
    organization, community = row.organization, row.community
    gone = organization.state in {
        Organization.State.MERGED,
        Organization.State.DISSOLVED,
    }
    if gone or community.ends_on is not None:
        raise PairingsRefused(
            _("%(name)s已合并或撤销，它的结对不能恢复，这份通知不能撤回。")
            % {"name": organization.unit_name if gone else community}
        )


def _check_free(row: Pairing, touched: list[Pairing]) -> None:
    """SQLite has no constraint against overlaps: this is the look-up in its place."""
    others = (
        Pairing.objects.overlapping(row.starts_on, row.ends_on_before)
        .filter(organization_id=row.organization_id, community_id=row.community_id)
        .exclude(pk__in=[known.pk for known in touched])
        .select_related("notice")
    )
    if other := others.first():
        raise PairingsRefused(
            _("%(pair)s已按%(notice)s从%(day)s起结对，这份通知不能撤回。")
            % {"pair": row, "notice": other.notice, "day": day_text(other.starts_on)}
        )


def _undo(
    notice: PairingNotice, touched: list[Pairing], by: User | None
) -> tuple[int, int]:
    """Void what the notice made, give back what it ended; how many of each."""
    made = [row for row in touched if row.notice_id == notice.pk and not row.voided_at]
    ended = _ended_by(notice, touched)
    try:
        with transaction.atomic():
            for row in made:
                row.voided_at = timezone.now()
                row.save(update_fields=["voided_at"])
                _record("pairing_voided", row, notice, by)
            for row in ended:
                row.ends_on, row.ends_on_before = row.ends_on_before, None
                row.ended_by, row.voided_at = None, None
                row.save(
                    update_fields=["ends_on", "ends_on_before", "ended_by", "voided_at"]
                )
                _record("pairing_restored", row, notice, by)
    except IntegrityError as error:
        raise PairingsRefused(
            _("恢复原来的结对会与已有的重叠，这份通知不能撤回。")
        ) from error
    return len(made), len(ended)


def _record(verb: str, row: Pairing, notice: PairingNotice, by: User | None) -> None:
    audit.record(f"communities.{verb}", target=row, by=by, notice=notice.number)
