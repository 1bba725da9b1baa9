"""The registers people find shifts by, fetched in one query."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from campaigns.models import Pillar
from communities.choices import offered_communities
from communities.models import Community, Subdistrict
from volunteers.models import Skill

STREET, COMMUNITY, PILLAR, SKILL = "street", "community", "pillar", "skill"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a register; `parent` is a community's street, by its number."""

    kind: str
    value: str
    name: str
    parent: str
    pinyin: str
    initials: str
    order: str


class Registers:
    """Streets, communities of today, pillars and skills; asked for once, when needed.

    `keep` is the number of a community that is offered though it may be over.
    """

    def __init__(self, *, keep: int | None = None) -> None:
        self._keep = keep

    @cached_property
    def entries(self) -> list[Entry]:
        """All rows, in the order of their register."""
        rows = _rows(STREET, Subdistrict.objects.all(), order="code").union(
            _rows(
                COMMUNITY,
                offered_communities(keep=self._keep),
                order="code",
                parent="subdistrict_id",
            ),
            _rows(PILLAR, Pillar.objects.all(), order="position", is_spelled=False),
            _rows(
                SKILL,
                Skill.objects.filter(is_active=True),
                order="order",
                is_spelled=False,
            ),
            all=True,
        )
        found = [Entry(*row) for row in rows]
        return sorted(found, key=lambda entry: (entry.order.zfill(12), entry.value))

    @cached_property
    def streets(self) -> dict[str, Entry]:
        """Streets by number."""
        return {entry.value: entry for entry in self._of(STREET)}

    @cached_property
    def communities(self) -> dict[str, Entry]:
        """Communities by number."""
        return {entry.value: entry for entry in self._of(COMMUNITY)}

    def street_choices(self) -> list[tuple[str, str]]:
        """Number and name of each street."""
        return [(entry.value, entry.name) for entry in self._of(STREET)]

    def community_choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Number and name of each community, by street."""
        groups = {value: [] for value in self.streets}
        for entry in self._of(COMMUNITY):
            groups[entry.parent].append((entry.value, entry.name))
        return [(self.streets[key].name, rows) for key, rows in groups.items() if rows]

    def pillar_choices(self) -> list[tuple[str, str]]:
        """Code and title of each pillar."""
        return [(entry.value, entry.name) for entry in self._of(PILLAR)]

    def skill_choices(self) -> list[tuple[str, str]]:
        """Number and title of each skill in use."""
        return [(entry.value, entry.name) for entry in self._of(SKILL)]

    def _of(self, kind: str) -> Iterator[Entry]:
        return (entry for entry in self.entries if entry.kind == kind)


def _rows(
    kind: str,
    register: models.QuerySet,
    *,
    order: str,
    parent: str = "",
    is_spelled: bool = True,
) -> models.QuerySet:
    """The register's rows as Entry has them, every column a text."""

    def text(column: str) -> Cast:
        return Cast(F(column), CharField())

    empty = Value("", CharField())
    return register.order_by().values_list(
        Value(kind, CharField()),
        F("code") if register.model is Pillar else text("pk"),
        F("name") if register.model in {Community, Subdistrict} else F("title"),
        text(parent) if parent else empty,
        F("pinyin") if is_spelled else empty,
        F("initials") if is_spelled else empty,
        text(order),
    )
