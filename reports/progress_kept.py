"""Pages of the progress matrix, drawn once for all who may see the same."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache

from django.core.cache import cache
from django.db.models import Exists, QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from campaigns.models import Campaign, Initiative, Pillar
from campaigns.queries.frozen_tree import read_for_freeze
from campaigns.queries.tallies import tally_versions
from core.dates import moment_text
from core.fingerprint import Question, compiled, fingerprint
from reports.progress_tree import places_of

KEPT_SECONDS = 600
NOW_PLACE = "\ue002now\ue003"  # private use: in no text of ours


@dataclass(frozen=True)
class Kept:
    """What a page shows below the navigation; NOW_PLACE stands for the moment."""

    html: str
    status: int

    def body(self, *, now: datetime) -> SafeString:
        """The page as of now."""
        html = self.html.replace(NOW_PLACE, moment_text(now))
        return mark_safe(html)  # noqa: S308 (drawn by a template)


def kept_page(
    organizations: QuerySet, *, asked: tuple, draw: Callable[[], Kept]
) -> Kept:
    """The page as it was drawn while everything it is made of was the same.

    `organizations` are those in the person's scope, `asked` is what else the page
    depends on. It is kept only when nothing changed while it was drawn and nothing
    was wrong with it; the cache may be emptied at any time (decision 16).
    """
    key = _key(organizations, asked)
    if found := cache.get(key):
        return Kept(**found)
    kept = draw()
    if kept.status == 200 and key == _key(organizations, asked):
        cache.set(key, vars(kept), KEPT_SECONDS)
    return kept


def _key(organizations: QuerySet, asked: tuple) -> str:
    """A name made of all that the page says: counters, registers, words."""
    shape = [field.name for field in fields(Kept)]
    sources = fingerprint(places_of(organizations), *_sources())
    said = repr((shape, get_language(), asked, sources))
    return f"progress:{hashlib.sha256(said.encode()).hexdigest()}"


@lru_cache(maxsize=1)
def _sources() -> list[Question]:
    """What pages of all people are made of; a freeze's only when there is one."""
    frozen = Exists(Campaign.objects.filter(frozen_at__isnull=False))
    sources = [
        tally_versions(),
        Campaign.objects.order_by("pk").values_list(),
        Pillar.objects.order_by("position", "versions__starts_on").values_list(
            "pk", "code", "title", "versions__starts_on", "versions__title"
        ),
        Initiative.objects.order_by("pk").values_list(),
        *(rows.filter(frozen) for rows in read_for_freeze()),
    ]
    return [compiled(rows) for rows in sources]
