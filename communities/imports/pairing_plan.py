"""What a pairing notice would do to the register of this moment, row by row."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.imports.cells import masked_name, read_phone, too_long
from communities.imports.pairing_difference import compare_with_standing
from communities.imports.pairing_entries import REFUSED, Entry, PairingPlan
from communities.imports.pairings import PairingLine, SourceRow, pairing_lines
from communities.imports.places import PlaceIndex, PlaceNotFound
from communities.imports.units import UnitIndex, UnitNotFound
from communities.models import PairingNotice
from core.dates import day_text
from core.errors import RuleError
from core.text import normalize_name

Kind = PairingNotice.Kind
_LIMITS = [
    ("leader_name", gettext_lazy("挂钩领导"), 50),
    ("leader_title", gettext_lazy("职务"), 50),
    ("contact_name", gettext_lazy("联络员"), 50),
    ("remark", gettext_lazy("备注"), 200),
]
_PERSONS = ("leader_name", "contact_name")


def notice_named(
    number: str, starts_on: date, kind: str = Kind.SUPPLEMENT
) -> PairingNotice | None:
    """Return the notice of this number if it is known; brackets and width are alike.

    Raises RuleError when it is known with another first day or kind, or withdrawn: a
    number once used stays used.
    """
    key = normalize_name(number)
    for notice in PairingNotice.objects.all():
        if normalize_name(notice.number) == key:
            _check_same(notice, starts_on, kind)
            return notice
    return None


def _check_same(notice: PairingNotice, starts_on: date, kind: str) -> None:
    if notice.withdrawn_at is not None:
        raise RuleError(
            _("文号%(number)s的通知已撤回，这个文号不能再用，请换一个文号。")
            % {"number": notice.number}
        )
    if notice.starts_on != starts_on:
        raise RuleError(
            _("文号%(number)s已登记，生效日期是%(day)s，与这次填写的不同。")
            % {"number": notice.number, "day": day_text(notice.starts_on)}
        )
    if notice.kind != kind:
        raise RuleError(
            _("文号%(number)s已登记，类型是“%(kind)s”，与这次选择的不同。")
            % {"number": notice.number, "kind": notice.get_kind_display()}
        )


def plan_pairings(
    rows: Sequence[SourceRow], *, starts_on: date, kind: str = Kind.SUPPLEMENT
) -> PairingPlan:
    """Match rows against the register and compare with what stands; writes nothing.

    Reads the whole register in a handful of queries, however many rows there are.
    Source: PRODUCT section 3, Pairing; issue 2, register from real files; issue 3,
    pairing notice.
    """
    units, places = UnitIndex.of_register(), PlaceIndex.of_register()
    lines = pairing_lines(rows, places.knows)
    plan = PairingPlan(
        starts_on=starts_on,
        kind=kind,
        entries=[_match(line, units, places) for line in lines],
    )
    _refuse_repeated(plan.entries)
    _refuse_second_lead(plan.entries)
    compare_with_standing(plan)
    return plan


def _match(line: PairingLine, units: UnitIndex, places: PlaceIndex) -> Entry:
    entry = Entry(line, messages=list(line.notes))
    for text in line.errors:
        entry.refuse(text)
    if not line.unit:
        entry.refuse(_("没有填写挂钩单位。"))
    else:
        try:
            entry.organization = entry.take(units.find(line.unit))
        except UnitNotFound as error:
            entry.refuse(str(error))
    if not line.community:
        entry.refuse(_("没有填写挂钩社区（村）。"))
    else:
        try:
            entry.community = entry.take(places.find(line.community, line.street))
        except PlaceNotFound as error:
            entry.refuse(str(error))
    try:
        entry.phone = read_phone(line.contact_phone)
    except ValidationError as error:
        entry.refuse(error.messages[0])
    for name, label, limit in _LIMITS:
        if complaint := too_long(label, getattr(line, name), limit):
            entry.refuse(complaint)
        if name in _PERSONS and (complaint := masked_name(label, getattr(line, name))):
            entry.refuse(complaint)
    return entry


def _refuse_repeated(entries: Iterable[Entry]) -> None:
    first: dict[tuple[int, int], Entry] = {}
    for entry in entries:
        if not (entry.organization and entry.community):
            continue
        key = (entry.organization.pk, entry.community.pk)
        if (earlier := first.setdefault(key, entry)) is not entry:
            entry.refuse(
                _("与第 %(number)d 行是同一个单位和社区。")
                % {"number": earlier.line.number}
            )


def _refuse_second_lead(entries: Iterable[Entry]) -> None:
    first: dict[int, Entry] = {}
    for entry in entries:
        if not (entry.organization and entry.line.is_lead) or entry.outcome == REFUSED:
            continue
        earlier = first.setdefault(entry.organization.pk, entry)
        if earlier is not entry:
            entry.refuse(
                _("该单位的牵头社区已写在第 %(number)d 行，牵头只能有一个。")
                % {"number": earlier.line.number}
            )
