"""What is near a place one names: its community's street. No coordinates are kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from core.text import nearest
from volunteers.models import Shift
from volunteers.queries.registers import Entry, Registers

MOST_CHOICES = 8
ENDINGS = {
    "name": ("社区", "村", "街道", "镇"),
    "pinyin": ("shequ", "cun", "jiedao", "zhen"),
    "initials": ("sq", "c", "jd", "z"),
}


@dataclass(frozen=True)
class Choice:
    """A place the words may mean; `words` find it alone."""

    label: str
    words: str


@dataclass(frozen=True)
class Near:
    """What was understood by a place: `kind` says which texts stand above the list.

    community: it and the others of its street · street · place: a meeting place in
    some communities · several: choose one · nothing.
    """

    text: str
    kind: str
    condition: models.Q
    name: str = ""
    street: str = ""
    community: str = ""
    choices: tuple[Choice, ...] = ()


def understand(text: str, registers: Registers, *, now: datetime) -> Near:
    """The place meant by `text`.

    One query more when it is no name of a community or street.
    """
    found = _named(text, registers)
    if len(found) == 1:
        return _one(text, found[0], registers)
    if found:
        return Near(
            text=text,
            kind="several",
            condition=_within(found),
            choices=tuple(_choice(one, registers) for one in found[:MOST_CHOICES]),
        )
    return _meeting_place(text, registers, now) or _nothing(text, registers)


def _named(text: str, registers: Registers) -> list[Entry]:
    """Streets and communities the words name, by the closest kind of likeness."""
    words = "".join(text.lower().split())
    entries = [*registers.streets.values(), *registers.communities.values()]
    for is_meant in (_is_all_of, _is_short_for, _is_part_of):
        if found := [one for one in entries if is_meant(words, one, registers)]:
            return found
    return []


def _is_all_of(words: str, entry: Entry, registers: Registers) -> bool:
    return words in {entry.name, _full_name(entry, registers)}


def _is_short_for(words: str, entry: Entry, _registers: Registers) -> bool:
    return any(
        words == _without_ending(getattr(entry, form), endings)
        for form, endings in ENDINGS.items()
    )


def _is_part_of(words: str, entry: Entry, _registers: Registers) -> bool:
    return any(words in getattr(entry, form) for form in ENDINGS)


def _without_ending(text: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if text.endswith(ending):
            return text.removesuffix(ending)
    return text


def _full_name(entry: Entry, registers: Registers) -> str:
    street = registers.streets.get(entry.parent)
    return f"{street.name}{entry.name}" if street else entry.name


def _choice(entry: Entry, registers: Registers) -> Choice:
    full = _full_name(entry, registers)
    return Choice(label=full, words=full)


def _within(entries: list[Entry]) -> models.Q:
    streets = [int(one.value) for one in entries if one.kind == "street"]
    communities = [int(one.value) for one in entries if one.kind == "community"]
    return models.Q(community__subdistrict__in=streets) | models.Q(
        community__in=communities
    )


def _one(text: str, entry: Entry, registers: Registers) -> Near:
    if entry.kind == "street":
        condition = _within([entry])
        return Near(text, "street", condition, name=entry.name, street=entry.value)
    street = registers.streets[entry.parent]
    return Near(
        text,
        "community",
        _within([street]),
        name=entry.name,
        street=street.name,
        community=entry.value,
    )


def _meeting_place(text: str, registers: Registers, now: datetime) -> Near | None:
    """Communities in which shifts to come meet at such a place."""
    there = models.Q(place__icontains=text) | Shift.matching(text)
    shifts = Shift.objects.listed().upcoming(now).filter(there).order_by()
    keys = shifts.values_list("community_id", flat=True).distinct()[:MOST_CHOICES]
    found = [registers.communities.get(str(key)) for key in keys]
    if not found:
        return None
    communities = [entry for entry in found if entry is not None]
    if len(found) == len(communities) == 1:
        return _one(text, communities[0], registers)
    names = "、".join(entry.name for entry in communities)
    return Near(text, "place", _within(communities) | there, name=names)


def _nothing(text: str, registers: Registers) -> Near:
    by_name = {one.name: one for one in registers.communities.values()}
    by_name |= {one.name: one for one in registers.streets.values()}
    choices = tuple(
        _choice(by_name[name], registers) for name in nearest(text, by_name)
    )
    return Near(text, "nothing", models.Q(pk__in=[]), choices=choices)
