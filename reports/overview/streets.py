"""Figures by street: one for each street, in the register's order."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db.models import Count, QuerySet

from communities.models import Community, Subdistrict
from reports.overview.asked import Asked


class Streets:
    """The streets asked for with their names, and of which street communities are.

    A street without anything stands there too, so that tables keep their shape.
    """

    def __init__(self, asked: Asked) -> None:
        rows = Subdistrict.objects.order_by("code")
        if asked.street:
            rows = rows.filter(pk=asked.street.pk)
        self.names = dict(rows.values_list("pk", "name"))
        self._communities = list(
            Community.objects.order_by("code").values_list(
                "pk", "subdistrict", "ends_on"
            )
        )
        self.of_community = {pk: street for pk, street, _end in self._communities}

    def standing(self, today: date) -> Iterator[tuple[int, int]]:
        """The communities of these streets that exist today, each with its street."""
        for pk, street, ends_on in self._communities:
            if street in self.names and (ends_on is None or ends_on >= today):
                yield pk, street


def counted(rows: QuerySet, street: str) -> Counter:
    """How many rows each street has; `street` is the lookup to it."""
    return Counter(dict(rows.values_list(street).annotate(count=Count("pk"))))
