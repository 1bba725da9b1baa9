"""Choices of select fields made from the registers."""

from django.db import models
from django.utils.translation import gettext as _

from communities.models import Community, Pairing


def community_choices(
    *, paired_with: models.QuerySet | None = None, blank: str = ""
) -> list[tuple]:
    """Communities grouped by street; first those paired with the organisations.

    `blank` is what the empty choice says.

    A pairing belongs to a unit's highest organisation, so the communities of the
    organisations above count too.
    """
    groups: dict[str, list] = {}
    if paired_with is not None:
        paired = _paired_communities(paired_with)
        if paired:
            groups[_("结对社区")] = paired
    for community in Community.objects.select_related("subdistrict"):
        row = (community.pk, community.name)
        groups.setdefault(community.subdistrict.name, []).append(row)
    return [("", blank or _("不限定社区")), *groups.items()]


def _paired_communities(organizations: models.QuerySet) -> list[tuple[int, str]]:
    paths = list(organizations.values_list("path", flat=True)[:50])
    ids = {int(part) for path in paths for part in path.strip("/").split("/")}
    today = Community.objects.filter(
        pairings__in=Pairing.objects.active().filter(organization_id__in=ids)
    ).distinct()
    return [(community.pk, community.name) for community in today]
