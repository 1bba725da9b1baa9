"""Records co-building agreements of units and communities, and their renewal."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Agreement, Community, Organization, Pairing
from core import audit
from core.dates import day_text
from core.errors import RuleError
from core.transactions import retried_atomic
from core.uploads import CheckedDocument, remove_private, save_private

FOLDER = "agreements"
DAY = timedelta(days=1)


class AgreementRefused(RuleError):
    """The agreement breaks a rule; the text says which."""


def record_agreement(
    *,
    organization: Organization,
    community: Community,
    title: str,
    signed_on: date,
    starts_on: date,
    ends_on: date,
    summary: str,
    by: User | None,
    file: CheckedDocument | None = None,
) -> Agreement:
    """Record an agreement between a unit and a community paired in its time.

    Raises AgreementRefused when the dates do not fit, the two are not paired, or
    another agreement of the same pair holds on one of these days.
    """
    return _recorded(
        organization=organization,
        community=community,
        title=title,
        signed_on=signed_on,
        starts_on=starts_on,
        ends_on=ends_on,
        summary=summary,
        by=by,
        file=file,
    )


def renew_agreement(
    *,
    agreement: Agreement,
    title: str,
    signed_on: date,
    ends_on: date,
    summary: str,
    by: User | None,
    file: CheckedDocument | None = None,
) -> Agreement:
    """Record the agreement that goes on from the day after this one ends.

    Raises AgreementRefused as record_agreement does, and for a second renewal.
    """
    return _recorded(
        organization=agreement.organization,
        community=agreement.community,
        title=title,
        signed_on=signed_on,
        starts_on=agreement.ends_on + DAY,
        ends_on=ends_on,
        summary=summary,
        by=by,
        file=file,
        renews=agreement,
    )


def _recorded(*, file: CheckedDocument | None, **values: Any) -> Agreement:
    """The row after the file; a refused row leaves no file behind."""
    stored = save_private(file.content, FOLDER, file.extension) if file else ""
    try:
        return _record(stored, file.name if file else "", **values)
    except BaseException:
        if stored:
            remove_private(stored)
        raise


@retried_atomic
def _record(
    stored: str,
    file_name: str,
    *,
    by: User | None,
    renews: Agreement | None = None,
    **values: Any,
) -> Agreement:
    organization = _lock_pair(values["organization"], values["community"])
    _check_dates(values["signed_on"], values["starts_on"], values["ends_on"])
    if renews is not None and Agreement.objects.filter(renews=renews).exists():
        raise AgreementRefused(_("这份协议已经续签过。"))
    if organization.state in Organization.OVER_STATES:
        raise AgreementRefused(_("该单位已合并或撤销，请以承接的单位登记。"))
    _check_paired(values)
    check_alone(**{name: values[name] for name in _PAIR_AND_PERIOD})
    agreement = Agreement.objects.create(
        **values,
        file=stored,
        file_name=file_name,
        renews=renews,
        created_by=by,
    )
    audit.record(
        "communities.agreement_created",
        target=agreement,
        by=by,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        renews=renews.pk if renews else None,
    )
    return agreement


_PAIR_AND_PERIOD = ("organization", "community", "starts_on", "ends_on")


@retried_atomic
def attach_agreement_file(
    *, agreement: Agreement, file: CheckedDocument, by: User | None
) -> None:
    """Add the signed paper to an agreement that has none yet; it is not replaced."""
    _lock_pair(agreement.organization, agreement.community)
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.file:
        raise AgreementRefused(_("这份协议已有文件。"))
    agreement.file = save_private(file.content, FOLDER, file.extension)
    agreement.file_name = file.name
    agreement.save(update_fields=["file", "file_name"])
    audit.record("communities.agreement_changed", target=agreement, by=by, file="added")


@retried_atomic
def end_agreement(
    *, agreement: Agreement, last_day: date, reason: str, by: User | None
) -> None:
    """End an agreement earlier than agreed, by consent of both sides."""
    _lock_pair(agreement.organization, agreement.community)
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if not agreement.starts_on <= last_day < agreement.ends_on:
        raise AgreementRefused(
            _("最后一天须在%(first)s之后、%(last)s之前。")
            % {
                "first": day_text(agreement.starts_on),
                "last": day_text(agreement.ends_on),
            }
        )
    if agreement.is_renewed:
        raise AgreementRefused(_("这份协议已经续签，请终止续签的那一份。"))
    before, agreement.ends_on = agreement.ends_on, last_day
    agreement.save(update_fields=["ends_on"])
    audit.record(
        "communities.agreement_ended",
        target=agreement,
        by=by,
        before=before,
        ends_on=last_day,
        reason=reason,
    )


def overlapping_agreements(
    organization: Organization,
    community: Community,
    starts_on: date,
    ends_on: date | None,
) -> models.QuerySet:
    """Agreements of a pair that hold on at least one day of the period."""
    rows = Agreement.objects.filter(organization=organization, community=community)
    rows = rows.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=starts_on))
    return rows if ends_on is None else rows.filter(starts_on__lte=ends_on)


def check_alone(
    organization: Organization,
    community: Community,
    starts_on: date,
    ends_on: date,
) -> None:
    """Raise AgreementRefused when the pair has an agreement in that time."""
    held = overlapping_agreements(organization, community, starts_on, ends_on).first()
    if held is not None:
        raise AgreementRefused(
            _("双方已有协议“%(title)s”，自%(first)s至%(last)s，不能重叠。")
            % {
                "title": held.title,
                "first": day_text(held.starts_on),
                "last": day_text(held.ends_on) if held.ends_on else _("长期"),
            }
        )


def _lock_pair(organization: Organization, community: Community) -> Organization:
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    Community.objects.select_for_update().get(pk=community.pk)
    return locked


def _check_dates(signed_on: date, starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise AgreementRefused(_("到期日期不能早于生效日期。"))
    if signed_on > starts_on:
        raise AgreementRefused(_("签订日期不能晚于生效日期。"))


def _check_paired(values: dict[str, Any]) -> None:
    pairings = Pairing.objects.overlapping(values["starts_on"], values["ends_on"])
    if not pairings.filter(
        organization=values["organization"], community=values["community"]
    ).exists():
        raise AgreementRefused(
            _("%(unit)s与%(community)s在协议期内没有结对，不能登记共建协议。")
            % {
                "unit": values["organization"].unit_name,
                "community": values["community"].name,
            }
        )
