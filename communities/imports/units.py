"""Finds the party organisation to which a pairing row's unit leads."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from communities.imports.cells import NearestNames
from communities.imports.results import Found
from communities.imports.short_forms import called, fits, without_party_body
from communities.models import Organization, OrganizationVersion
from core.dates import day_text
from core.errors import RuleError
from core.text import normalize_name

State = Organization.State
_RANKS = list(Organization.PARENT_KINDS)
_MOST_NAMED = 5


class UnitNotFound(RuleError):
    """The text names no unit of the register, or none that is clear."""


class UnitIndex:
    """Units and organisations by the names of today and of earlier days."""

    def __init__(
        self,
        organizations: Iterable[Organization],
        versions: Iterable[OrganizationVersion] = (),
    ) -> None:
        self._by_pk = {organization.pk: organization for organization in organizations}
        self._by_unit = defaultdict(list)
        self._by_name = defaultdict(list)
        self._names: dict[str, None] = {}
        self._by_called = defaultdict(set)
        self._nearest = NearestNames()
        for organization in self._by_pk.values():
            unit = normalize_name(organization.unit_name)
            self._by_unit[unit].append(organization)
            self._by_name[normalize_name(organization.name)].append(organization)
            self._names[organization.unit_name] = None
            self._by_called[called(unit)].add(unit)
        self._former = defaultdict(set)
        for version in versions:
            unit = normalize_name(self._by_pk[version.organization_id].unit_name)
            for name in (version.unit_name, version.name):
                self._former[normalize_name(name)].add(unit)
        self._short: dict[str, set[str]] = {}

    @classmethod
    def of_register(cls) -> "UnitIndex":
        """The register of this moment, in two queries."""
        return cls(
            Organization.objects.all(),
            OrganizationVersion.objects.exclude(ends_on=None),
        )

    def find(self, text: str) -> Found[Organization]:
        """Return the highest party organisation of the unit that `text` names.

        The text is the unit's name, that of one of its organisations, an earlier one
        of either, or a short form that fits one unit alone; the notes say what was
        understood. A merged unit leads to its successor. Raises UnitNotFound with the
        units that may be meant, the nearest names, or why the unit takes no pairing.
        Source: PRODUCT section 3, Pairing and Organization.
        """
        keys = _spellings(text)
        for key in keys:
            if key in self._by_unit:
                return self._highest(key)
            units = {
                normalize_name(row.unit_name) for row in self._by_name.get(key, [])
            }
            if len(units) > 1:
                raise UnitNotFound(
                    _("“%(text)s”是几个单位共有的党组织名称，请改写单位名称。")
                    % {"text": text}
                )
            if units:
                return self._highest(units.pop())
        for key in keys:
            if key in self._former:
                return self._only(text, self._former[key], _was_called)
        if units := self._meant_by(keys[0]):
            return self._only(text, units, _understood_as)
        raise UnitNotFound(
            _("名册中没有单位“%(text)s”，%(nearest)s")
            % {
                "text": text[:60],
                "nearest": self._nearest.words(text, self._names),
            }
        )

    def _meant_by(self, key: str) -> set[str]:
        """The units a short form may mean; the way that fits best decides."""
        if key not in self._short:
            self._short[key] = self._look_for(called(key)) or self._look_for(
                called(without_party_body(key))
            )
        return self._short[key]

    def _look_for(self, short: str) -> set[str]:
        if short in self._by_called:
            return self._by_called[short]
        for fit in fits(short):
            found = [units for name, units in self._by_called.items() if fit(name)]
            if found:
                return set().union(*found)
        return set()

    def _only(
        self, text: str, units: Iterable[str], note: Callable[[str, str], str]
    ) -> Found[Organization]:
        """What the units lead to, if it is one organisation."""
        results, refusals = {}, []
        for unit in sorted(units):
            try:
                found = self._highest(unit)
            except UnitNotFound as error:
                refusals.append(error)
            else:
                name = self._by_unit[unit][0].unit_name
                found.notes.insert(0, note(text, name))
                results.setdefault(found.row.pk, found)
        if not results:
            raise refusals[0]
        if len(results) > 1:
            names = [found.row.unit_name for found in results.values()]
            shown = "、".join(names[:_MOST_NAMED])
            raise UnitNotFound(
                _("“%(text)s”可能是：%(names)s%(more)s，请写全称。")
                % {
                    "text": text,
                    "names": shown,
                    "more": _("等") if len(names) > _MOST_NAMED else "",
                }
            )
        return next(iter(results.values()))

    def _highest(self, unit: str, passed: Sequence[str] = ()) -> Found[Organization]:
        """The one without a parent in the same unit; of several the higher in rank."""
        organizations = self._by_unit[unit]
        own = {row.pk for row in organizations}
        roots = [row for row in organizations if row.parent_id not in own]
        heirs = [heir for row in roots for heir in self._heirs(row)]
        active = [
            row
            for row in roots
            if row.state == State.ACTIVE
            # What went along into another unit no longer stands for this one.
            and not any(row.is_below(heir) and heir.pk not in own for heir in heirs)
        ]
        if not active:
            return self._successor(roots, (*passed, unit))
        rank = min(_RANKS.index(row.kind) for row in active)
        highest = [row for row in active if _RANKS.index(row.kind) == rank]
        if len(highest) > 1:
            raise UnitNotFound(
                _(
                    "单位“%(unit)s”有 %(count)d 个同级的最高党组织，"
                    "无法判断：%(names)s。"
                )
                % {
                    "unit": highest[0].unit_name,
                    "count": len(highest),
                    "names": "、".join(row.name for row in highest),
                }
            )
        return Found(highest[0])

    def _heirs(self, row: Organization) -> list[Organization]:
        """The successor of a merged organisation, its successor and so on."""
        heirs: list[Organization] = []
        while row.state == State.MERGED and row.successor_id in self._by_pk:
            row = self._by_pk[row.successor_id]
            if row in heirs:
                break
            heirs.append(row)
        return heirs

    def _successor(
        self, roots: Sequence[Organization], passed: Sequence[str]
    ) -> Found[Organization]:
        """The unit that a merged one went into."""
        heirs = {}
        for row in roots:
            if row.state == State.MERGED and row.successor_id in self._by_pk:
                heir = self._by_pk[row.successor_id]
                heirs.setdefault(normalize_name(heir.unit_name), (row, heir))
        heirs = {unit: pair for unit, pair in heirs.items() if unit not in passed}
        if not heirs:
            raise UnitNotFound(_why_none(roots))
        if len(heirs) > 1:
            names = "、".join(heir.unit_name for _row, heir in heirs.values())
            raise UnitNotFound(
                _("单位“%(unit)s”已分别并入：%(names)s，请写明是哪一个。")
                % {"unit": roots[0].unit_name, "names": names}
            )
        unit, (row, heir) = next(iter(heirs.items()))
        found = self._highest(unit, passed)
        found.notes.insert(
            0,
            _("“%(unit)s”已并入“%(heir)s”，按后者登记。")
            % {"unit": row.unit_name, "heir": heir.unit_name},
        )
        return found


def _understood_as(text: str, unit: str) -> str:
    return _("“%(text)s”按“%(unit)s”理解。") % {"text": text, "unit": unit}


def _was_called(text: str, unit: str) -> str:
    return _("“%(text)s”是旧名，现为“%(unit)s”。") % {"text": text, "unit": unit}


def _why_none(roots: Sequence[Organization]) -> str:
    if any(row.state == State.SUSPENDED for row in roots):
        return _("单位“%(unit)s”的党组织已停用，恢复后才能结对。") % {
            "unit": roots[0].unit_name
        }
    row = max(roots, key=lambda row: (row.ends_on is not None, row.ends_on, row.pk))
    if row.ends_on is None:
        return _("单位“%(unit)s”的党组织已撤销。") % {"unit": row.unit_name}
    return _("单位“%(unit)s”的党组织已撤销，最后一天是%(day)s。") % {
        "unit": row.unit_name,
        "day": day_text(row.ends_on),
    }


def _spellings(text: str) -> list[str]:
    """The keys a unit may stand under: as written, and without the outer prefix."""
    key = normalize_name(text)
    shorter = key.removeprefix("中共").removeprefix("漳州市")
    district = normalize_name(settings.DISTRICT_NAME)
    inner = shorter.removeprefix(district)
    local = f"{district[-1:]}{inner}" if inner != shorter else shorter
    return list(dict.fromkeys([key, shorter, local, inner]))
