"""Finds the community that a pairing row means, in its street."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from communities.imports.cells import NearestNames
from communities.models import Community, Subdistrict
from core.errors import RuleError
from core.text import normalize_name

Kind = Community.Kind
_ENDINGS = [
    ("社区居民委员会", Kind.RESIDENTS),
    ("社区居委会", Kind.RESIDENTS),
    ("居民委员会", Kind.RESIDENTS),
    ("居委会", Kind.RESIDENTS),
    ("社区", Kind.RESIDENTS),
    ("村民委员会", Kind.VILLAGE),
    ("村委会", Kind.VILLAGE),
    ("村", Kind.VILLAGE),
]
_STREET_ENDINGS = ["街道办事处", "街道办", "街道", "镇人民政府", "镇政府", "镇"]


class PlaceNotFound(RuleError):
    """The text names no community, or none that is clear."""


class PlaceIndex:
    """Communities by name and street. They come with `subdistrict` loaded."""

    def __init__(
        self, communities: Iterable[Community], subdistricts: Iterable[Subdistrict]
    ) -> None:
        self._communities = list(communities)
        self._nearest = NearestNames()
        self._by_name = defaultdict(list)
        self._by_stem = defaultdict(list)
        for community in self._communities:
            keys = {normalize_name(community.name)}
            keys.add(normalize_name(community.official_name))
            for key in keys:
                self._by_name[key].append(community)
            stem = _stems(normalize_name(community.name))[0][0]
            self._by_stem[stem].append(community)
        self._streets = {street.pk: street for street in subdistricts}
        self._street_by_key = {}
        for street in self._streets.values():
            for key in _street_keys(street.name):
                self._street_by_key.setdefault(key, street)

    def find(self, text: str, street_text: str = "") -> Community:
        """Return the community named `text`, in the street named `street_text`.

        Short and official names count, with or without 社区, 村, 居委会, as long as
        one community alone is meant. Without a street the whole district is looked
        through. Raises PlaceNotFound, with the right street where the given is wrong.
        """
        street, street_problem = self._street(street_text)
        found = self._candidates(text)
        if not found:
            prefix, found = self._candidates_in_street(text)
            street = street or (None if street_problem else prefix)
        if not found:
            raise PlaceNotFound(self._unknown(text, street) + street_problem)
        if street_problem:
            raise PlaceNotFound(street_problem + _belongs(text, found))
        here = [c for c in found if street is None or c.subdistrict_id == street.pk]
        if not here:
            raise PlaceNotFound(
                _("“%(text)s”不在%(street)s，") % {"text": text, "street": street}
                + _belongs(text, found)
            )
        if len(here) > 1:
            raise PlaceNotFound(
                _("“%(text)s”可能是：%(names)s，请写明是哪一个。")
                % {"text": text, "names": "、".join(map(_full_name, here))}
            )
        return here[0]

    def knows(self, text: str) -> bool:
        """Whether the text as a whole may name one community or several."""
        return bool(self._candidates(text) or self._candidates_in_street(text)[1])

    def _candidates_in_street(
        self, text: str
    ) -> tuple[Subdistrict | None, list[Community]]:
        """For a name that begins with its street: the street and the communities."""
        street, rest = self._split_street(text)
        return street, self._candidates(rest) if rest else []

    def _candidates(self, text: str) -> list[Community]:
        key = normalize_name(text)
        if key in self._by_name:
            return self._by_name[key]
        for stem, kind in _stems(key):
            found = [c for c in self._by_stem[stem] if kind in (None, c.kind)]
            if found:
                return found
        return []

    def _street(self, text: str) -> tuple[Subdistrict | None, str]:
        """The street, and what is wrong with its name or ""."""
        if not text:
            return None, ""
        for key in _street_keys(text):
            if key in self._street_by_key:
                return self._street_by_key[key], ""
        names = [street.name for street in self._streets.values()]
        return None, _("没有街道（镇）“%(text)s”，%(nearest)s") % {
            "text": text[:60],
            "nearest": self._nearest.words(text, names),
        }

    def _split_street(self, text: str) -> tuple[Subdistrict | None, str]:
        """The street a name begins with, and the rest: 通北街道 of 通北街道湖内."""
        key = _without_district(normalize_name(text))
        for street in self._streets.values():
            name = normalize_name(street.name)
            if key.startswith(name):
                return street, key.removeprefix(name)
        return None, key

    def _unknown(self, text: str, street: Subdistrict | None) -> str:
        everywhere = [community.name for community in self._communities]
        here = [
            community.name
            for community in self._communities
            if street and community.subdistrict_id == street.pk
        ]
        where = street.name if street else _("全区")
        return _("%(where)s没有社区（村）“%(text)s”，%(nearest)s") % {
            "where": where,
            "text": text[:60],
            "nearest": self._nearest.words(text, here, everywhere),
        }


def _belongs(text: str, found: list[Community]) -> str:
    return _("“%(text)s”属于%(streets)s。") % {
        "text": text,
        "streets": "、".join(dict.fromkeys(c.subdistrict.name for c in found)),
    }


def _full_name(community: Community) -> str:
    return f"{community.subdistrict.name}{community.name}"


def _stems(key: str) -> list[tuple[str, str | None]]:
    """What a name may be without its ending, and the kind the ending tells."""
    stems = []
    for ending, kind in _ENDINGS:
        if key.endswith(ending) and key != ending:
            stem = key.removesuffix(ending)
            stems.append((stem, kind))
            if kind == Kind.VILLAGE and stem.endswith("村") and stem != "村":
                stems.append((stem.removesuffix("村"), kind))
    return [*stems, (key, None)]


def _street_keys(name: str) -> list[str]:
    key = normalize_name(name)
    bare = _without_district(key)
    stems = [
        bare.removesuffix(ending)
        for ending in _STREET_ENDINGS
        if bare.endswith(ending) and bare != ending
    ]
    return list(dict.fromkeys([key, bare, *stems[:1]]))


def _without_district(key: str) -> str:
    shorter = key.removeprefix("漳州市")
    rest = shorter.removeprefix(normalize_name(settings.DISTRICT_NAME))
    return rest or shorter
