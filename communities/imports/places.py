"""Finds the community that a pairing row means, in its street."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.imports.cells import NearestNames
from communities.imports.results import Found
from communities.models import Community, CommunityVersion, Subdistrict
from core.dates import day_text
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


class _Names:
    """Communities by name and by what a name is without its ending."""

    def __init__(self) -> None:
        self._by_name = defaultdict(list)
        self._by_stem = defaultdict(list)

    def add(self, community: Community, row: Community | CommunityVersion) -> None:
        """Know the community by the names of `row`: itself, or one of its versions."""
        for key in {normalize_name(row.name), normalize_name(row.official_name)}:
            self._by_name[key].append(community)
        stem = _stems(normalize_name(row.name))[0][0]
        self._by_stem[stem].append((community, row.kind))

    def called(self, text: str) -> list[Community]:
        key = normalize_name(text)
        if key in self._by_name:
            return _unique(self._by_name[key])
        for stem, kind in _stems(key):
            found = [c for c, its in self._by_stem.get(stem, []) if kind in (None, its)]
            if found:
                return _unique(found)
        return []


class PlaceIndex:
    """Communities by name and street. They come with `subdistrict` loaded."""

    def __init__(
        self,
        communities: Iterable[Community],
        subdistricts: Iterable[Subdistrict],
        versions: Iterable[CommunityVersion] = (),
    ) -> None:
        self._by_pk = {community.pk: community for community in communities}
        self._today = timezone.localdate()
        self._nearest = NearestNames()
        self._names, self._former = _Names(), _Names()
        for community in self._by_pk.values():
            self._names.add(community, community)
        self._former_streets = defaultdict(set)
        for version in versions:
            self._former.add(self._by_pk[version.community_id], version)
            self._former_streets[version.community_id].add(version.subdistrict_id)
        self._streets = {street.pk: street for street in subdistricts}
        self._street_by_key = {}
        for street in self._streets.values():
            for key in _street_keys(street.name):
                self._street_by_key.setdefault(key, street)

    @classmethod
    def of_register(cls) -> "PlaceIndex":
        """The register of this moment, in three queries."""
        return cls(
            Community.objects.select_related("subdistrict"),
            Subdistrict.objects.all(),
            CommunityVersion.objects.exclude(ends_on=None),
        )

    def find(self, text: str, street_text: str = "") -> Found[Community]:
        """Return the community named `text`, in the street named `street_text`.

        Short, official and earlier names count, with or without 社区, 村, 居委会, as
        long as one community alone is meant; a merged one leads to its successor. The
        notes say what was understood. Without a street the whole district is looked
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
        here = [c for c in found if street is None or self._is_in(c, street)]
        if not here:
            raise PlaceNotFound(
                _("“%(text)s”不在%(street)s，") % {"text": text, "street": street}
                + _belongs(text, found)
            )
        standing = [c for c in here if self._stands(c)]
        here = standing or here
        if len(here) > 1:
            raise PlaceNotFound(
                _("“%(text)s”可能是：%(names)s，请写明是哪一个。")
                % {"text": text, "names": "、".join(map(_full_name, here))}
            )
        return self._as_today(text, here[0], street)

    def knows(self, text: str) -> bool:
        """Whether the text as a whole may name one community or several."""
        return bool(self._candidates(text) or self._candidates_in_street(text)[1])

    def _stands(self, community: Community) -> bool:
        return community.ends_on is None or community.ends_on >= self._today

    def _is_in(self, community: Community, street: Subdistrict) -> bool:
        """Whether it stands in the street, or stood there once."""
        return (
            community.subdistrict_id == street.pk
            or street.pk in self._former_streets[community.pk]
        )

    def _as_today(
        self, text: str, named: Community, street: Subdistrict | None
    ) -> Found[Community]:
        """What the named community is now, with notes on what changed since."""
        notes = []
        if named not in self._names.called(text) + self._rest_called(text):
            notes.append(
                _("“%(text)s”是旧名，现为“%(name)s”。")
                % {"text": text, "name": named.name}
            )
        if street is not None and named.subdistrict_id != street.pk:
            notes.append(
                _("“%(name)s”原属%(street)s，现属%(now)s。")
                % {
                    "name": named.name,
                    "street": street.name,
                    "now": named.subdistrict.name,
                }
            )
        community, passed = named, set()
        while not self._stands(community):
            passed.add(community.pk)
            if community.successor_id is None or community.successor_id in passed:
                raise PlaceNotFound(
                    _("“%(name)s”已撤销，最后一天是%(day)s。")
                    % {"name": community.name, "day": day_text(community.ends_on)}
                )
            heir = self._by_pk[community.successor_id]
            notes.append(
                _("“%(name)s”已并入“%(heir)s”，按后者登记。")
                % {"name": community.name, "heir": heir.name}
            )
            community = heir
        return Found(community, notes)

    def _rest_called(self, text: str) -> list[Community]:
        _street, rest = self._split_street(text)
        return self._names.called(rest) if rest else []

    def _candidates_in_street(
        self, text: str
    ) -> tuple[Subdistrict | None, list[Community]]:
        """For a name that begins with its street: the street and the communities."""
        street, rest = self._split_street(text)
        return street, self._candidates(rest) if rest else []

    def _candidates(self, text: str) -> list[Community]:
        return self._names.called(text) or self._former.called(text)

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
        standing = list(filter(self._stands, self._by_pk.values()))
        everywhere = [community.name for community in standing]
        here = [
            community.name
            for community in standing
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


def _unique(communities: Iterable[Community]) -> list[Community]:
    return list(dict.fromkeys(communities))


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
