"""Publishes notices that pair units with communities."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.imports.pairing_plan import (
    CREATED,
    Entry,
    PairingPlan,
    notice_named,
    plan_pairings,
)
from communities.imports.pairings import SourceRow, rows_from_json, rows_to_json
from communities.imports.results import ImportRefused
from communities.models import Organization, Pairing, PairingImport, PairingNotice
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic


class PairingsRefused(RuleError):
    """The notice cannot be published as a whole."""


@retried_atomic
def import_pairings(
    *, rows: Sequence[SourceRow], number: str, starts_on: date, by: User | None
) -> PairingPlan:
    """Publish a notice: create the pairings its rows name, all or nothing.

    Pairs that stand already stay as they are; ending others is not part of it. Doing
    it twice changes nothing. Returns the plan that was carried out. Raises
    ImportRefused with the rows at fault, PairingsRefused or RuleError for the whole.
    Source: PRODUCT section 3, Pairing.
    """
    involved = plan_pairings(rows, starts_on=starts_on).organization_ids
    list(
        Organization.objects.select_for_update().filter(pk__in=involved).order_by("pk")
    )
    plan = plan_pairings(rows, starts_on=starts_on)
    if plan.problems:
        raise ImportRefused(plan.problems)
    if not plan.organization_ids <= involved:
        raise PairingsRefused(_("名册刚刚有变动，请重新预览后再确认。"))
    notice = notice_named(number, starts_on)
    if plan.counts[CREATED]:
        _publish(plan, notice, number, starts_on, by)
    return plan


def _publish(
    plan: PairingPlan,
    notice: PairingNotice | None,
    number: str,
    starts_on: date,
    by: User | None,
) -> None:
    try:
        with transaction.atomic():
            notice = notice or PairingNotice.objects.create(
                number=number, starts_on=starts_on, published_by=by
            )
            for entry in plan.to_create():
                _create(entry, notice, by)
    except IntegrityError as error:
        raise PairingsRefused(
            _("有人同时登记了相同的结对或文号，请重新预览后再确认。")
        ) from error
    audit.record(
        "communities.pairing_notice_published", target=notice, by=by, **plan.counts
    )


def _create(entry: Entry, notice: PairingNotice, by: User | None) -> None:
    line = entry.line
    pairing = Pairing.objects.create(
        organization=entry.organization,
        community=entry.community,
        notice=notice,
        starts_on=notice.starts_on,
        is_lead=line.is_lead,
        leader_name=line.leader_name,
        leader_title=line.leader_title,
        contact_name=line.contact_name,
        contact_phone=entry.phone,
        remark=line.remark,
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
    by: User,
) -> PairingImport:
    """Keep the rows of an uploaded notice as read, to be previewed and confirmed."""
    pairing_import = PairingImport.objects.create(
        file_name=file_name,
        number=number,
        starts_on=starts_on,
        rows=rows_to_json(rows),
        uploaded_by=by,
    )
    audit.record(
        "communities.pairing_notice_uploaded",
        target=pairing_import,
        by=by,
        number=number,
        rows=len(rows),
    )
    return pairing_import


@retried_atomic
def confirm_pairing_import(
    *, pairing_import: PairingImport, by: User
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
        by=by,
    )
    held.confirmed_at = timezone.now()
    held.save(update_fields=["confirmed_at"])
    return plan
