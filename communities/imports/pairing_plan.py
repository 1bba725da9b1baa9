"""What a pairing notice would do to the register of this moment, row by row."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.imports.cells import read_phone, too_long
from communities.imports.pairings import PairingLine, SourceRow, pairing_lines
from communities.imports.places import PlaceIndex, PlaceNotFound
from communities.imports.results import Found, RowProblem
from communities.imports.units import UnitIndex, UnitNotFound
from communities.models import (
    Community,
    Organization,
    Pairing,
    PairingNotice,
)
from core.errors import RuleError
from core.phones import mask_phone
from core.text import normalize_name

CREATED, STAYS, REFUSED = "created", "stays", "refused"

_LIMITS = [
    ("leader_name", gettext_lazy("挂钩领导"), 50),
    ("leader_title", gettext_lazy("职务"), 50),
    ("contact_name", gettext_lazy("联络员"), 50),
    ("remark", gettext_lazy("备注"), 200),
]


@dataclass
class Entry:
    """One pairing to be: what the row says, what it means and what becomes of it."""

    line: PairingLine
    organization: Organization | None = None
    community: Community | None = None
    phone: str = ""
    outcome: str = CREATED
    messages: list[str] = field(default_factory=list)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    def take(self, found: Found) -> Organization | Community:
        """Keep how a text was understood, for the preview."""
        self.messages += found.notes
        return found.row

    def refuse(self, text: str) -> None:
        self.outcome = REFUSED
        self.messages.append(text)


@dataclass
class PairingPlan:
    """All entries of a notice, in the order of the file."""

    entries: list[Entry] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many pairings are created, stay and are refused."""
        tally = Counter(entry.outcome for entry in self.entries)
        return {outcome: tally[outcome] for outcome in (CREATED, STAYS, REFUSED)}

    @property
    def problems(self) -> list[RowProblem]:
        return [
            RowProblem(entry.line.number, text)
            for entry in self.entries
            if entry.outcome == REFUSED
            for text in entry.messages
        ]

    @property
    def organization_ids(self) -> set[int]:
        return {entry.organization.pk for entry in self.entries if entry.organization}

    def to_create(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.outcome == CREATED]


def notice_named(number: str, starts_on: date) -> PairingNotice | None:
    """Return the notice of this number if it is known; brackets and width are alike.

    Raises RuleError when it is known with another first day.
    """
    key = normalize_name(number)
    for notice in PairingNotice.objects.all():
        if normalize_name(notice.number) == key:
            if notice.starts_on != starts_on:
                raise RuleError(
                    _("文号%(number)s已登记，生效日期是 %(day)s，与这次填写的不同。")
                    % {"number": notice.number, "day": notice.starts_on}
                )
            return notice
    return None


def plan_pairings(rows: Sequence[SourceRow], *, starts_on: date) -> PairingPlan:
    """Match rows against the register; writes nothing.

    Reads the whole register in a handful of queries, however many rows there are.
    Source: PRODUCT section 3, Pairing; issue 2, register from real files.
    """
    units, places = UnitIndex.of_register(), PlaceIndex.of_register()
    lines = pairing_lines(rows, places.knows)
    plan = PairingPlan([_match(line, units, places) for line in lines])
    _refuse_repeated(plan.entries)
    _refuse_second_lead(plan.entries)
    _compare_with_standing(plan, starts_on)
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


def _compare_with_standing(plan: PairingPlan, starts_on: date) -> None:
    """An open pairing stays as it is; one with other dates would overlap."""
    standing = defaultdict(list)
    rows = Pairing.objects.overlapping(starts_on, None).select_related("notice")
    for pairing in rows:
        standing[pairing.organization_id, pairing.community_id].append(pairing)
    for entry in plan.entries:
        if entry.outcome == REFUSED:
            continue
        held = standing.get((entry.organization.pk, entry.community.pk), [])
        if any(p.ends_on is None and p.starts_on <= starts_on for p in held):
            entry.outcome = STAYS
            entry.messages.append(
                _("已按%(notice)s结对，保持不变。") % {"notice": held[0].notice}
            )
        elif held:
            entry.refuse(_overlap(held[0]))


def _overlap(pairing: Pairing) -> str:
    if pairing.ends_on is None:
        return _("%(notice)s已安排从 %(day)s 起结对，与这次重叠。") % {
            "notice": pairing.notice,
            "day": pairing.starts_on,
        }
    return _("%(notice)s的结对到 %(day)s 才结束，与这次重叠。") % {
        "notice": pairing.notice,
        "day": pairing.ends_on,
    }
