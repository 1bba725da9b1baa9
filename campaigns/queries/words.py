"""Words of the day: what pillars and initiatives were called when it was done."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from campaigns.models import Initiative, InitiativeVersion, Pillar, PillarVersion
from communities.models import BEGINNING

Version = PillarVersion | InitiativeVersion


class WordHistory:
    """The versions of many pillars or initiatives, read in one query.

    What was never renamed has one version, of its own words. Versions are filled
    from the query, not rows to be saved.
    """

    def __init__(
        self, model: type[Pillar] | type[Initiative], ids: Iterable[int] | None
    ) -> None:
        version = PillarVersion if model is Pillar else InitiativeVersion
        words = ("title", "summary") if model is Pillar else ("title",)
        rows = model.objects.order_by("pk", "versions__starts_on")
        if ids is not None:
            rows = rows.filter(pk__in=set(ids))
        held = [f"versions__{name}" for name in words]
        self._versions: dict[int, list[Version]] = defaultdict(list)
        for pk, starts_on, *texts in rows.values_list(
            "pk", "versions__starts_on", *words, *held
        ):
            now, then = texts[: len(words)], texts[len(words) :]
            values = dict(zip(words, then if starts_on else now, strict=True))
            self._versions[pk].append(
                version(starts_on=starts_on or BEGINNING, **values)
            )

    def on(self, pk: int | None, day: date) -> Version | None:
        """The version of `day`, before the first the first; None for no number."""
        versions = self._versions.get(pk)
        if not versions:
            return None
        place = bisect_right(versions, day, key=lambda version: version.starts_on)
        return versions[max(place - 1, 0)]

    def __iter__(self) -> Iterator[int]:
        """The numbers of all that were read."""
        return iter(self._versions)

    def of(self, pk: int) -> list[Version]:
        """All versions of one, the oldest first."""
        return self._versions.get(pk, [])


def pillar_history(ids: Iterable[int] | None = None) -> WordHistory:
    """The versions of pillars; without `ids` of all."""
    return WordHistory(Pillar, ids)


def initiative_history(ids: Iterable[int] | None = None) -> WordHistory:
    """The versions of initiatives; without `ids` of all."""
    return WordHistory(Initiative, ids)
