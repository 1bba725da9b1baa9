"""Names and places of the rows of a report: those of their day, or those of today.

A report of the past shows what things were called then; a merged organisation or
community may instead be counted under the one that stands for it today.
Source: issue 3, "statistics by the boundary of the day and of today".
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import Initiative, Pillar
from campaigns.queries.words import WordHistory, initiative_history, pillar_history
from communities.models import Community, Organization, Subdistrict
from communities.queries.history import (
    History,
    Version,
    community_history,
    organization_history,
    successors,
)

Named = type[Organization] | type[Community] | type[Pillar] | type[Initiative]
READERS: dict[type, Callable[[], History | WordHistory]] = {
    Organization: organization_history,
    Community: community_history,
    Pillar: pillar_history,
    Initiative: initiative_history,
}


class Boundary(models.TextChoices):
    """Which day's names and places a report shows."""

    THEN = "then", _("当时的名称和隶属")
    NOW = "now", _("现在的名称和隶属")


class Lookup:
    """Turns a number and a day or moment into a name, unit, street or title.

    `fixed` holds what is called the same on every day: nearly everything.
    """

    def __init__(
        self, fixed: dict[int | None, str | None], on: Callable[[int, date], str | None]
    ) -> None:
        self._fixed = {**fixed, None: None}
        self._on = on

    def __call__(self, pk: int | None, moment: date | datetime) -> str | None:
        """The name of one; None for none, and for what nothing is known of."""
        if pk in self._fixed:
            return self._fixed[pk]
        return self._on(pk, _day_of(moment))

    def column(
        self, numbers: Sequence[int | None], moments: Sequence[date | datetime]
    ) -> list[str | None]:
        """The names of a column at once; a day is worked out only where it matters."""
        if self._fixed.keys() >= set(numbers):
            return list(map(self._fixed.__getitem__, numbers))
        return list(map(self, numbers, moments))


class Names:
    """Looks names up for the rows of one report; reads the registers once."""

    def __init__(self, boundary: str = "") -> None:
        self._boundary = boundary
        self._streets = dict(Subdistrict.objects.values_list("pk", "name"))
        self._histories: dict[type, History | WordHistory] = {}

    def lookup(self, model: Named, what: str) -> Lookup:
        """What turns a number and a day or moment into a name, unit, street, title."""
        history = self._read(model)

        def text_of(version: Version) -> str:
            if what == "street":
                return self._streets[version.subdistrict_id]
            return getattr(version, what)

        if self._boundary == Boundary.NOW:
            following = successors(model) if hasattr(model, "successor") else {}
            latest = {pk: history.of(following.get(pk, pk)) for pk in history}
            fixed = {pk: text_of(rows[-1]) for pk, rows in latest.items() if rows}
        else:
            # Hardly any has more than one name.
            fixed = {
                pk: text_of(history.of(pk)[0])
                for pk in history
                if len(history.of(pk)) == 1
            }

        def on(pk: int, day: date) -> str | None:
            version = history.on(pk, day)
            return text_of(version) if version else None

        return Lookup(fixed, on)

    def _read(self, model: Named) -> History | WordHistory:
        if model not in self._histories:
            self._histories[model] = READERS[model]()
        return self._histories[model]


def _day_of(moment: date | datetime) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment
