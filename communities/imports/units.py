"""Finds the party organisation to which a pairing row's unit leads."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from communities.imports.cells import NearestNames
from communities.models import Organization
from core.errors import RuleError
from core.text import normalize_name

_RANKS = list(Organization.PARENT_KINDS)


class UnitNotFound(RuleError):
    """The text names no unit of the register, or none that is clear."""


class UnitIndex:
    """Units and organisations by name. `organizations` come with `parent` loaded."""

    def __init__(self, organizations: Iterable[Organization]) -> None:
        self._by_unit = defaultdict(list)
        self._by_name = defaultdict(list)
        self._names: dict[str, None] = {}
        self._nearest = NearestNames()
        for organization in organizations:
            self._by_unit[normalize_name(organization.unit_name)].append(organization)
            self._by_name[normalize_name(organization.name)].append(organization)
            self._names[organization.unit_name] = None

    def highest_of(self, text: str) -> Organization:
        """Return the highest party organisation of the unit that `text` names.

        The text is the unit's name, or that of one of its organisations. Raises
        UnitNotFound with the nearest names, or naming the organisations of one rank.
        Source: PRODUCT section 3, Pairing.
        """
        for key in _spellings(text):
            if key in self._by_unit:
                return self._highest(self._by_unit[key])
            units = {normalize_name(row.unit_name) for row in self._by_name[key]}
            if len(units) > 1:
                raise UnitNotFound(
                    _("“%(text)s”是几个单位共有的党组织名称，请改写单位名称。")
                    % {"text": text}
                )
            if units:
                return self._highest(self._by_unit[units.pop()])
        raise UnitNotFound(
            _("名册中没有单位“%(text)s”，%(nearest)s")
            % {
                "text": text[:60],
                "nearest": self._nearest.words(text, self._names),
            }
        )

    def _highest(self, organizations: list[Organization]) -> Organization:
        """The one without a parent in the same unit; of several the higher in rank."""
        unit = organizations[0].unit_name
        own = {row.pk for row in organizations}
        roots = [row for row in organizations if row.parent_id not in own]
        active = [row for row in roots if row.state == Organization.State.ACTIVE]
        if not active:
            raise UnitNotFound(
                _("单位“%(unit)s”的党组织已停用、合并或撤销。") % {"unit": unit}
            )
        rank = min(_RANKS.index(row.kind) for row in active)
        highest = [row for row in active if _RANKS.index(row.kind) == rank]
        if len(highest) > 1:
            raise UnitNotFound(
                _(
                    "单位“%(unit)s”有 %(count)d 个同级的最高党组织，"
                    "无法判断：%(names)s。"
                )
                % {
                    "unit": unit,
                    "count": len(highest),
                    "names": "、".join(row.name for row in highest),
                }
            )
        return highest[0]


def _spellings(text: str) -> list[str]:
    """The keys a unit may stand under: as written, and without the outer prefix."""
    key = normalize_name(text)
    shorter = key.removeprefix("中共").removeprefix("漳州市")
    district = normalize_name(settings.DISTRICT_NAME)
    inner = shorter.removeprefix(district)
    local = f"{district[-1:]}{inner}" if inner != shorter else shorter
    return list(dict.fromkeys([key, shorter, local, inner]))
