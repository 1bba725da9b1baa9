"""What a notice would change about the pairings that stand, before it is published.

A supplement only adds. A whole one names all pairings from its day on: the others
end the day before, unless something took place under them later.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.imports.pairing_entries import (
    CHANGED,
    REFUSED,
    STAYS,
    Ending,
    Entry,
    PairingPlan,
)
from communities.models import Pairing, PairingNotice
from communities.queries.pairing_uses import last_uses
from core.dates import day_text

ONE_DAY = timedelta(days=1)
_DETAILS = (
    "is_lead",
    "leader_name",
    "leader_title",
    "contact_name",
    "contact_phone",
    "remark",
)
Standing = dict[tuple[int, int], list[Pairing]]


def compare_with_standing(plan: PairingPlan) -> None:
    """Decide what becomes of each entry that is not refused, and of what stands.

    Source: issue 3, pairing notice.
    """
    standing: Standing = defaultdict(list)
    rows = Pairing.objects.overlapping(plan.starts_on, None).select_related(
        "notice", "organization", "community"
    )
    for row in rows.order_by("starts_on", "pk"):
        standing[row.organization_id, row.community_id].append(row)
    plan.refusal = _empty(plan) or _later_notice(plan, standing)
    for entry in plan.entries:
        if entry.outcome != REFUSED:
            entry.values = _typed(entry)
    if plan.kind == PairingNotice.Kind.WHOLE:
        _replace(plan, standing)
    else:
        _add(plan, standing)


def _empty(plan: PairingPlan) -> str:
    if plan.kind == PairingNotice.Kind.WHOLE and not plan.entries:
        return _("整体调整须列出全部结对，这份表里一对也没有。")
    return ""


def _typed(entry: Entry) -> dict[str, Any]:
    values = {name: getattr(entry.line, name) for name in _DETAILS}
    return values | {"contact_phone": entry.phone}


def _later_notice(plan: PairingPlan, standing: Standing) -> str:
    """A notice cannot rule a day for which another one has been published since."""
    notices = PairingNotice.objects.filter(
        withdrawn_at=None, starts_on__gt=plan.starts_on
    )
    if plan.kind == PairingNotice.Kind.SUPPLEMENT:
        notices = notices.filter(kind=PairingNotice.Kind.WHOLE)
    later = [(notice.starts_on, notice.number) for notice in notices]
    if plan.kind == PairingNotice.Kind.WHOLE:
        later += [
            (row.starts_on, row.notice.number)
            for rows in standing.values()
            for row in rows
            if row.starts_on > plan.starts_on
        ]
    if not later:
        return ""
    day, number = max(later)
    return _(
        "%(number)s的安排从%(day)s起生效，晚于这次的生效日期。"
        "请改用不早于它的日期；它尚未生效的，也可以先撤回。"
    ) % {"number": number, "day": day_text(day)}


# A supplement ---------------------------------------------------------------


def _add(plan: PairingPlan, standing: Standing) -> None:
    """An open pairing stays as it is; one with other dates would overlap."""
    for entry in plan.entries:
        if entry.outcome == REFUSED:
            continue
        held = standing.get(entry.pair, [])
        open_row = next((row for row in held if _is_open(row, plan.starts_on)), None)
        if open_row is not None:
            entry.outcome, entry.standing = STAYS, open_row
            entry.messages.append(
                _("已按%(notice)s结对，保持不变。") % {"notice": open_row.notice}
            )
            _note_other_details(entry, open_row)
        elif held:
            entry.refuse(_overlap(held[0]))
    _refuse_other_leads(plan, standing)


def _note_other_details(entry: Entry, held: Pairing) -> None:
    """Say what the row tells otherwise, as a supplement does not take it over."""
    is_marked = entry.line.is_lead
    values = _with_what_stands(entry.values, held, is_marked)
    if changes := _changes(held, values):
        entry.messages.append(
            _("表中与登记的不同（%(changes)s），补充通知不改已有结对。")
            % {"changes": "；".join(changes)}
        )


def _is_open(row: Pairing, day: date) -> bool:
    return row.ends_on is None and row.starts_on <= day


def _overlap(pairing: Pairing) -> str:
    if pairing.ends_on is None:
        return _("%(notice)s已安排从%(day)s起结对，与这次重叠。") % {
            "notice": pairing.notice,
            "day": day_text(pairing.starts_on),
        }
    return _("%(notice)s的结对到%(day)s才结束，与这次重叠。") % {
        "notice": pairing.notice,
        "day": day_text(pairing.ends_on),
    }


def _refuse_other_leads(plan: PairingPlan, standing: Standing) -> None:
    leads = {
        row.organization_id: row
        for rows in standing.values()
        for row in rows
        if row.is_lead
    }
    for entry in plan.entries:
        if entry.outcome in {REFUSED, STAYS} or not entry.line.is_lead:
            continue
        if lead := leads.get(entry.organization.pk):
            entry.refuse(
                _("该单位的牵头社区是%(community)s，要换须用“整体调整”通知。")
                % {"community": lead.community}
            )


# A whole notice -------------------------------------------------------------


def _replace(plan: PairingPlan, standing: Standing) -> None:
    named = {entry.pair for entry in plan.entries if _is_matched(entry)}
    marked = {
        entry.organization.pk
        for entry in plan.entries
        if entry.organization and entry.line.is_lead
    }
    for entry in plan.entries:
        if entry.outcome != REFUSED and (held := standing.get(entry.pair)):
            _continue(entry, held[-1], entry.organization.pk in marked, plan.starts_on)
    dropped = [
        row for pair, rows in standing.items() if pair not in named for row in rows
    ]
    today = timezone.localdate()
    uses = last_uses(dropped, first=plan.starts_on, last=today)
    eve = plan.starts_on - ONE_DAY
    for row in dropped:
        use = uses.get(row.pk)
        last_day = use.day if use else eve
        if row.ends_on is not None and row.ends_on <= last_day:
            continue
        has_begun = row.starts_on <= last_day
        plan.endings.append(Ending(row, last_day if has_begun else None, use))
    plan.endings.sort(key=lambda ending: ending.pairing.pk)
    _find_gaps(plan)


def _is_matched(entry: Entry) -> bool:
    return entry.organization is not None and entry.community is not None


def _continue(entry: Entry, held: Pairing, has_lead: bool, starts_on: date) -> None:
    """The pair goes on: as it is, or in a new row with what the notice says."""
    entry.standing = held
    entry.values = _with_what_stands(entry.values, held, has_lead)
    changes = _changes(held, entry.values)
    if held.ends_on is not None:
        changes.append(
            _("原定到%(day)s结束，改为继续") % {"day": day_text(held.ends_on)}
        )
    entry.outcome = CHANGED if changes else STAYS
    if changes:
        entry.messages.append("；".join(changes) + "。")
    else:
        entry.messages.append(
            _("已按%(notice)s结对，保持不变。") % {"notice": held.notice}
        )


def _with_what_stands(
    typed: dict[str, Any], held: Pairing, has_lead: bool
) -> dict[str, Any]:
    """An empty cell says nothing: what stands there stays."""
    values = dict(typed)
    for names in (
        ("leader_name", "leader_title"),
        ("contact_name", "contact_phone"),
        ("remark",),
    ):
        if not any(typed[name] for name in names):
            values |= {name: getattr(held, name) for name in names}
    if not has_lead:
        values["is_lead"] = held.is_lead
    return values


def _changes(held: Pairing, values: dict[str, Any]) -> list[str]:
    changes = []
    if held.is_lead != values["is_lead"]:
        changes.append(_("改为牵头") if values["is_lead"] else _("不再牵头"))
    for label, *names in [
        (_("挂钩领导"), "leader_name", "leader_title"),
        (_("联络员"), "contact_name"),
        (_("备注"), "remark"),
    ]:
        before = " ".join(filter(None, (getattr(held, name) for name in names)))
        after = " ".join(filter(None, (values[name] for name in names)))
        if before != after:
            changes.append(
                _("%(label)s由“%(before)s”改为“%(after)s”")
                % {
                    "label": label,
                    "before": before or _("未填"),
                    "after": after or _("未填"),
                }
            )
    if held.contact_phone != values["contact_phone"]:
        changes.append(_("联系电话有变"))
    return changes


def _find_gaps(plan: PairingPlan) -> None:
    """Units and communities that lose a pairing and are not named with another."""
    units = {entry.organization.pk for entry in plan.entries if entry.organization}
    places = {entry.community.pk for entry in plan.entries if entry.community}
    ended = [ending.pairing for ending in plan.endings]
    lost_units = {row.organization_id: row.organization for row in ended}
    lost_places = {row.community_id: row.community for row in ended}
    plan.lost_units = [lost_units[pk] for pk in sorted(lost_units.keys() - units)]
    plan.lost_communities = [
        lost_places[pk] for pk in sorted(lost_places.keys() - places)
    ]
