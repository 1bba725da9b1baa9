"""Reads of streets and communities."""

from datetime import date

from django.db import models

from communities.models import Community, Pairing, Subdistrict


def communities_by_street(
    communities: models.QuerySet, *, day: date
) -> list[tuple[Subdistrict, list[Community]]]:
    """Each street with its communities, in the order of the register.

    Every community carries `pairing_count`, the pairings that hold on `day`.
    """
    held = Pairing.objects.on(day).filter(community=models.OuterRef("pk"))
    counted = held.order_by().values("community").annotate(n=models.Count("pk"))
    rows = communities.select_related("subdistrict").annotate(
        pairing_count=models.functions.Coalesce(models.Subquery(counted.values("n")), 0)
    )
    groups: dict[int, tuple[Subdistrict, list[Community]]] = {}
    for community in rows.order_by("subdistrict__code", "code"):
        street = community.subdistrict
        groups.setdefault(street.pk, (street, []))[1].append(community)
    return list(groups.values())
