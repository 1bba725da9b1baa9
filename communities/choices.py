"""Choices of select fields made from the registers."""

from django.db import models
from django.utils.translation import gettext as _

from communities.models import Community, Pairing


def offered_communities(*, keep: int | None = None) -> models.QuerySet:
    """Communities of today, and `keep`, which a record names though it may be over."""
    standing = Community.objects.standing()
    return standing if keep is None else standing | Community.objects.filter(pk=keep)


def community_choices(
    *,
    paired_with: models.QuerySet | None = None,
    blank: str = "",
    keep: int | None = None,
) -> list[tuple]:
    """Communities of today by street; first those paired with the organisations.

    `blank` is what the empty choice says, `keep` as in offered_communities.

    A pairing belongs to a unit's highest organisation, so the communities of the
    organisations above count too.
    """
    groups: dict[str, list] = {}
    if paired_with is not None:
        paired = _paired_communities(paired_with)
        if paired:
            groups[_("结对社区")] = paired
    for community in offered_communities(keep=keep).select_related("subdistrict"):
        row = (community.pk, _label(community))
        groups.setdefault(community.subdistrict.name, []).append(row)
    return [("", blank or _("不限定社区")), *groups.items()]


def _label(community: Community) -> str:
    if community.has_ended():
        return _("%(name)s（已终止）") % {"name": community.name}
    return community.name


def _paired_communities(organizations: models.QuerySet) -> list[tuple[int, str]]:
    paths = list(organizations.values_list("path", flat=True)[:50])
    ids = {int(part) for path in paths for part in path.strip("/").split("/")}
    today = (
        Community.objects.standing()
        .filter(pairings__in=Pairing.objects.active().filter(organization_id__in=ids))
        .distinct()
    )
    return [(community.pk, community.name) for community in today]
