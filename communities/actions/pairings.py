"""Publishes notices that pair units with communities, and ends single pairings."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.changes import lock_nodes
from communities.imports.pairing_entries import (
    CHANGED,
    CREATED,
    Ending,
    Entry,
    PairingPlan,
)
from communities.imports.pairing_plan import notice_named, plan_pairings
from communities.imports.pairings import SourceRow, rows_from_json, rows_to_json
from communities.imports.results import ImportRefused
from communities.models import (
    Community,
    Organization,
    Pairing,
    PairingImport,
    PairingNotice,
)
from communities.queries.pairing_uses import last_uses
from core import audit
from core.dates import day_text
from core.errors import RuleError
from core.transactions import retried_atomic

ONE_DAY = timedelta(days=1)
Kind = PairingNotice.Kind


class PairingsRefused(RuleError):
    """The notice cannot be published as a whole."""


class PlanChanged(PairingsRefused):
    """What the notice would do is no longer what was looked at."""


class GapsNotAccepted(PairingsRefused):
    """Units or communities would be left without a pairing, and nobody said yes."""


def lock_pairs(
    organization_ids: Collection[int], community_ids: Collection[int]
) -> None:
    """Take the locks under which pairings are written.

    Organisations with the root of the tree, so that notices come one after another
    and after changes of the tree; then communities, whose changes hold only these.
    """
    lock_nodes(Organization, set(organization_ids))
    lock_nodes(Community, set(community_ids))


@retried_atomic
def import_pairings(
    *,
    rows: Sequence[SourceRow],
    number: str,
    starts_on: date,
    kind: str = Kind.SUPPLEMENT,
    accepts_gaps: bool = False,
    fingerprint: str | None = None,
    by: User | None,
) -> PairingPlan:
    """Publish a notice: make the pairings its rows name, all or nothing.

    A whole one also ends what it does not name, the day before or, dated back, after
    the last day on which something took place under it. A supplement lets all stand.
    Doing it twice changes nothing. With `fingerprint` only a plan that was looked at
    is carried out. Returns the plan. Raises ImportRefused with the rows at fault,
    PlanChanged, GapsNotAccepted, PairingsRefused or RuleError for the whole.
    Source: PRODUCT section 3, Pairing; issue 3, pairing notice.
    """
    plan = _locked_plan(rows, starts_on, kind)
    if plan.problems:
        raise ImportRefused(plan.problems)
    notice = notice_named(number, starts_on, kind)
    if plan.refusal:
        raise PairingsRefused(plan.refusal)
    if fingerprint not in (None, plan.fingerprint):
        raise PlanChanged(
            _("预览之后名册或结对有变动，下面是按现在的情况重新比对的结果。")
        )
    if plan.leaves_gaps and not accepts_gaps:
        raise GapsNotAccepted(
            _(
                "有 %(units)d 个单位、%(communities)d 个社区（村）将没有结对，"
                "请核对名单并勾选确认。"
            )
            % {
                "units": len(plan.lost_units),
                "communities": len(plan.lost_communities),
            }
        )
    if plan.changes_anything:
        _publish(plan, notice, number, by)
    return plan


def _locked_plan(rows: Sequence[SourceRow], starts_on: date, kind: str) -> PairingPlan:
    """The plan of the moment at which all it touches is locked."""
    while True:
        plan = plan_pairings(rows, starts_on=starts_on, kind=kind)
        lock_pairs(plan.organization_ids, plan.community_ids)
        locked = plan
        plan = plan_pairings(rows, starts_on=starts_on, kind=kind)
        if (
            plan.organization_ids <= locked.organization_ids
            and plan.community_ids <= locked.community_ids
        ):
            return plan


def _publish(
    plan: PairingPlan,
    notice: PairingNotice | None,
    number: str,
    by: User | None,
) -> None:
    try:
        with transaction.atomic():
            notice = notice or PairingNotice.objects.create(
                number=number,
                starts_on=plan.starts_on,
                kind=plan.kind,
                published_by=by,
            )
            verb = "communities.pairing_notice_published"
            with audit.batch(verb, target=notice, by=by, **plan.counts):
                _carry_out(plan, notice, by)
    except IntegrityError as error:
        raise PairingsRefused(
            _("有人同时登记了相同的结对或文号，请重新预览后再确认。")
        ) from error


def _carry_out(plan: PairingPlan, notice: PairingNotice, by: User | None) -> None:
    for ending in plan.endings:
        _end(ending, notice, by)
    for entry in plan.with_outcome(CHANGED):
        _end(_replaced(entry.standing, notice), notice, by)
    for entry in plan.with_outcome(CREATED, CHANGED):
        _create(entry, notice, by)


def _replaced(standing: Pairing, notice: PairingNotice) -> Ending:
    eve = notice.starts_on - ONE_DAY
    return Ending(standing, eve if standing.starts_on <= eve else None)


def _end(ending: Ending, notice: PairingNotice, by: User | None) -> None:
    pairing = ending.pairing
    if pairing.ended_by_id != notice.pk:
        pairing.ends_on_before = pairing.ends_on
    pairing.ended_by = notice
    fields = ["ended_by", "ends_on_before"]
    if ending.last_day is None:
        pairing.voided_at = timezone.now()
        verb = "pairing_voided"
        fields.append("voided_at")
    else:
        pairing.ends_on = ending.last_day
        verb = "pairing_ended"
        fields.append("ends_on")
    pairing.save(update_fields=fields)
    audit.record(
        f"communities.{verb}",
        target=pairing,
        by=by,
        notice=notice.number,
        ends_on=ending.last_day,
        kept_for=ending.use.title if ending.use else "",
    )


def _create(entry: Entry, notice: PairingNotice, by: User | None) -> None:
    pairing = Pairing.objects.create(
        organization=entry.organization,
        community=entry.community,
        notice=notice,
        starts_on=notice.starts_on,
        continues=entry.standing,
        **entry.values,
    )
    audit.record(
        "communities.pairing_created",
        target=pairing,
        by=by,
        notice=notice.number,
        starts_on=notice.starts_on,
    )


@transaction.atomic
def upload_pairings(
    *,
    rows: Sequence[SourceRow],
    file_name: str,
    number: str,
    starts_on: date,
    kind: str = Kind.SUPPLEMENT,
    by: User,
) -> PairingImport:
    """Keep the rows of an uploaded notice as read, to be previewed and confirmed."""
    pairing_import = PairingImport.objects.create(
        file_name=file_name,
        number=number,
        starts_on=starts_on,
        kind=kind,
        rows=rows_to_json(rows),
        uploaded_by=by,
    )
    audit.record(
        "communities.pairing_notice_uploaded",
        target=pairing_import,
        by=by,
        number=number,
        kind=kind,
        rows=len(rows),
    )
    return pairing_import


@retried_atomic
def confirm_pairing_import(
    *,
    pairing_import: PairingImport,
    fingerprint: str | None = None,
    accepts_gaps: bool = False,
    by: User,
) -> PairingPlan | None:
    """Publish an uploaded notice; None when it had been confirmed before.

    Matches anew against the register of this moment. Raises what import_pairings does.
    """
    held = PairingImport.objects.select_for_update().get(pk=pairing_import.pk)
    if held.confirmed_at is not None:
        return None
    plan = import_pairings(
        rows=rows_from_json(held.rows),
        number=held.number,
        starts_on=held.starts_on,
        kind=held.kind,
        accepts_gaps=accepts_gaps,
        fingerprint=fingerprint,
        by=by,
    )
    held.confirmed_at = timezone.now()
    held.save(update_fields=["confirmed_at"])
    return plan


@retried_atomic
def end_pairing(
    *, pairing: Pairing, last_day: date, reason: str, by: User | None
) -> Pairing:
    """End one pairing by hand, on `last_day`, without a notice.

    Only ever makes it shorter. Raises PairingsRefused for a day before its first or
    not before its last, and for one before something took place under it.
    Source: issue 3, pairing notice.
    """
    lock_pairs({pairing.organization_id}, {pairing.community_id})
    held = Pairing.objects.select_related("organization", "community").get(
        pk=pairing.pk
    )
    _check_ending(held, last_day)
    held.ends_on, held.ended_by, held.ends_on_before = last_day, None, None
    held.save(update_fields=["ends_on", "ended_by", "ends_on_before"])
    audit.record(
        "communities.pairing_ended",
        target=held,
        by=by,
        ends_on=last_day,
        reason=reason,
    )
    return held


def _check_ending(pairing: Pairing, last_day: date) -> None:
    if pairing.voided_at is not None:
        raise PairingsRefused(_("这条结对已作废。"))
    if last_day < pairing.starts_on:
        raise PairingsRefused(
            _("结对从%(day)s开始，最后一天不能早于这一天。")
            % {"day": day_text(pairing.starts_on)}
        )
    if pairing.ends_on is not None and pairing.ends_on <= last_day:
        raise PairingsRefused(
            _("结对到%(day)s已经结束，只能改得更早。")
            % {"day": day_text(pairing.ends_on)}
        )
    uses = last_uses([pairing], first=last_day + ONE_DAY, last=timezone.localdate())
    if use := uses.get(pairing.pk):
        raise PairingsRefused(
            _("活动《%(title)s》%(day)s依据这条结对开展，最后一天不能早于该日。")
            % {"title": use.title, "day": day_text(use.day)}
        )
