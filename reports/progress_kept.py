"""Pages of the progress matrix, drawn once for all who may see the same."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.translation import get_language

from campaigns.models import Initiative, Pillar
from campaigns.queries.frozen_tree import read_for_freeze
from campaigns.queries.tallies import tally_versions
from core.fingerprint import fingerprint
from reports.progress import Question
from reports.progress_tree import places_of

KEPT_SECONDS = 600


@dataclass(frozen=True)
class Kept:
    """What a page shows below its head; `place` is number and name, or None."""

    html: str
    count: int
    has_targets: bool
    place: tuple[int, str] | None


def kept_page(
    question: Question, organizations: QuerySet, *, asked: str, draw: Callable[[], Kept]
) -> Kept:
    """The page as it was drawn while everything it is made of was the same.

    `organizations` are those in the person's scope, `asked` is the address's query.
    A page is kept only when nothing changed while it was drawn; the cache may be
    emptied at any time (decision 16).
    """
    key = _key(question, organizations, asked)
    if found := cache.get(key):
        return Kept(**found)
    kept = draw()
    if key == _key(question, organizations, asked):
        cache.set(key, vars(kept), KEPT_SECONDS)
    return kept


def _key(question: Question, organizations: QuerySet, asked: str) -> str:
    """A name made of all that the page says: counters, registers, words, the day."""
    campaign = question.campaign
    sources = [
        tally_versions(campaign),
        places_of(organizations),
        Pillar.objects.order_by("position", "versions__starts_on").values_list(
            "pk", "code", "title", "versions__starts_on", "versions__title"
        ),
    ]
    if campaign.shows_targets:
        sources.append(Initiative.objects.order_by("pk").values_list())
    if campaign.is_frozen:
        sources += read_for_freeze()
    facts = [getattr(campaign, field.attname) for field in campaign._meta.fields]
    shape = [field.name for field in fields(Kept)]
    asked_for = (get_language(), question.months, question.today, asked)
    said = repr((shape, asked_for, facts, fingerprint(*sources)))
    return f"progress:{hashlib.sha256(said.encode()).hexdigest()}"
