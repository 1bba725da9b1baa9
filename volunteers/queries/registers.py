"""The registers people find shifts by, read in one query."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.db import connection, models
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.utils import timezone

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
    """Streets, communities of today, pillars and skills, as they stand."""

    def __init__(self, rows: tuple[tuple, ...]) -> None:
        found = [Entry(*row) for row in rows]
        self._entries = sorted(found, key=lambda one: (one.order.zfill(12), one.value))

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
        return (entry for entry in self._entries if entry.kind == kind)


def registers_of_today(*, keep: int | None = None) -> Registers:
    """The registers, read in one query and put in order only when they changed.

    `keep` is the number of a community that is offered though it may be over.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_statement(timezone.localdate(), keep, connection.vendor))
        return _in_order(tuple(map(tuple, cursor.fetchall())))


@lru_cache(maxsize=8)
def _in_order(rows: tuple[tuple, ...]) -> Registers:
    return Registers(rows)


@lru_cache(maxsize=8)
def _statement(_day: date, keep: int | None, _vendor: str) -> tuple[str, tuple]:
    """SQL and its values: made once a day, it costs more to write than to answer."""
    return (
        _rows(STREET, Subdistrict.objects.all(), order="code")
        .union(
            _rows(
                COMMUNITY,
                offered_communities(keep=keep),
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
        .query.sql_with_params()
    )


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
