"""For whom a task is: all units, a part of the tree, or a list."""

import hashlib
from collections.abc import Collection, Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models import Organization

Kind, State = Organization.Kind, Organization.State


class Audience(models.TextChoices):
    """How the organisations of a task are named."""

    UNITS = "units", _("全部单位（每个单位的最高党组织）")
    SUBTREE = "subtree", _("一个党组织及其全部下级")
    CHILDREN = "children", _("一个党组织的直接下级")
    LIST = "list", _("逐个选择")


def organizations_for_audience(
    audience: str,
    *,
    root: Organization | None = None,
    chosen: Collection[int] = (),
) -> models.QuerySet:
    """The active organisations meant, in tree order.

    `root` is the one at the head for a part of the tree; `chosen` are numbers for a
    list.
    """
    active = Organization.objects.filter(state=State.ACTIVE).order_by("path")
    if audience == Audience.UNITS:
        return highest_of_units(active)
    if audience == Audience.SUBTREE:
        return active.below(root)
    if audience == Audience.CHILDREN:
        return active.filter(parent=root)
    return active.filter(pk__in=chosen)


def highest_of_units(organizations: models.QuerySet) -> models.QuerySet:
    """Without those below an active organisation of the same unit.

    The working committee hands out and is none of them; its own branches are.
    """
    is_led = models.Q(
        parent__unit_name=models.F("unit_name"), parent__state=State.ACTIVE
    ) & ~models.Q(parent__kind=Kind.WORKING_COMMITTEE)
    led = Organization.objects.filter(is_led).order_by()
    others = organizations.exclude(kind=Kind.WORKING_COMMITTEE)
    return others.exclude(pk__in=led.values("pk"))


def heads() -> models.QuerySet:
    """Active organisations with active ones directly below, in tree order."""
    active = Organization.objects.filter(state=State.ACTIVE)
    below = active.filter(parent__isnull=False).order_by().values("parent")
    return active.filter(pk__in=below).order_by("path")


def fingerprint_of_numbers(numbers: Iterable[int]) -> str:
    """A short text that differs when other organisations are meant than those shown."""
    text = ",".join(str(number) for number in numbers)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
