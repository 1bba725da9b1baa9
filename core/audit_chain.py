"""The chain of seals over the audit log (decision 0017).

Writers of the log wait for nobody: a job seals what they committed, minutes later at
most. A line may commit after lines with higher numbers; it is found all the same.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from core.models import AuditEntry, AuditSeal
from core.readiness import LATE, MISSED_RUNS, OK

BATCH = 1_000  # rows a transaction
MOST_A_RUN = 20_000  # so that an old log is sealed without keeping writers out
STRIDE = 20_000  # numbers looked at by one query when the whole log is searched
# How long before the last seal the job of each minute looks for lines that committed
# late; what took longer is found by the search of the whole log each day.
LATE_WINDOW = timedelta(hours=1)
_LOCK = 0x61756469745F6C67  # "audit_lg"
COLUMNS = (
    "pk",
    "at",
    "verb",
    "actor_id",
    "actor_name",
    "target_type",
    "target_id",
    "target_name",
    "data",
    "request_id",
    "origin",
    "parent_id",
)
Row = tuple[Any, ...]


class Head(NamedTuple):
    """The newest seal; position 0 and no digest before the first."""

    position: int
    digest: str


def head() -> Head:
    """The newest seal, to be noted outside the database (backups, the daily log)."""
    newest = AuditSeal.objects.order_by("-position").values_list("position", "digest")
    return Head(*(newest.first() or (0, "")))


def digest_of(previous: str, position: int, sealed_at: datetime, row: Row) -> str:
    """The digest of a seal: of the one before, its place and time, and the row."""
    text = json.dumps(
        [previous, position, _moment(sealed_at), *(_plain(value) for value in row)],
        ensure_ascii=True,
        sort_keys=True,
        separators=(",", ":"),
        cls=DjangoJSONEncoder,
    )
    return sha256(text.encode("ascii")).hexdigest()


def _plain(value: Any) -> Any:
    """The value as both databases give it back: moments in UTC, 2 and not 2.0."""
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def seal_new(now: datetime) -> int:
    """Seal lines committed since the last run, and late ones; returns how many."""
    last = AuditSeal.objects.order_by("-position").first()
    late = 0
    if last:
        since = last.sealed_at - LATE_WINDOW
        late = _seal(
            lambda: _without_seal(AuditEntry.objects.filter(at__gte=since)), now
        )
    return late + _seal(_newer_than_sealed, now)


def seal_forgotten(now: datetime) -> int:
    """Search the whole log for lines without a seal, and seal them."""
    return sum(_seal(lambda rows=rows: rows, now) for rows in _strides_without_seal())


def oldest_waiting(now: datetime) -> models.Model | None:
    """The oldest line the job of each minute has not come to."""
    return _newer_than_sealed().order_by("pk").first()


def _newer_than_sealed() -> models.QuerySet:
    newest = AuditSeal.objects.aggregate(newest=models.Max("entry"))["newest"]
    return AuditEntry.objects.filter(pk__gt=newest or 0)


def _without_seal(rows: models.QuerySet) -> models.QuerySet:
    seals = AuditSeal.objects.filter(entry=models.OuterRef("pk"))
    return rows.filter(~models.Exists(seals))


def _strides_without_seal() -> Iterator[models.QuerySet]:
    """Lines without a seal, a stretch of the log at a time."""
    last = AuditEntry.objects.aggregate(last=models.Max("pk"))["last"] or 0
    for start in range(0, last, STRIDE):
        numbers = AuditEntry.objects.filter(pk__gt=start, pk__lte=start + STRIDE)
        yield _without_seal(numbers)


def _seal(find: Callable[[], models.QuerySet], now: datetime) -> int:
    sealed = 0
    while sealed < MOST_A_RUN:
        count = _seal_batch(find, now)
        sealed += count
        if count < BATCH:
            break
    return sealed


@transaction.atomic
def _seal_batch(find: Callable[[], models.QuerySet], now: datetime) -> int:
    _wait_for_other_sealers()
    position, digest = head()
    seals = []
    for row in find().order_by("pk").values_list(*COLUMNS)[:BATCH]:
        position += 1
        digest = digest_of(digest, position, now, row)
        seals.append(
            AuditSeal(position=position, entry=row[0], digest=digest, sealed_at=now)
        )
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


def _wait_for_other_sealers() -> None:
    # On SQLite the transaction itself keeps them out: it begins IMMEDIATE.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def probe(now: datetime) -> dict[str, object]:
    """For /readyz: how long the oldest line has waited for its seal."""
    waiting = oldest_waiting(now)
    seconds = (now - waiting.at).total_seconds() if waiting else 0
    is_late = seconds > MISSED_RUNS * settings.BEAT_SECONDS
    return {"status": LATE if is_late else OK, "age_seconds": round(max(seconds, 0))}


# Verifying -------------------------------------------------------------------


class Fault(NamedTuple):
    """The first place where log and chain do not agree."""

    kind: str  # "seal missing", "line missing" or "changed"
    position: int
    entry: int | None


class Verdict(NamedTuple):
    """What a walk along the chain found."""

    checked: int
    head: Head
    fault: Fault | None
    knows_head: bool  # whether the digest asked for was met


def verify(known: str = "") -> Verdict:
    """Walk the chain from its first seal and stop at the first fault.

    Holds one batch of rows in memory, however long the log is.
    """
    at = Head(0, "")
    knows = not known
    for seals, rows in _sealed_batches():
        for seal in seals:
            fault = _fault_of(seal, at, rows.get(seal.entry))
            if fault:
                return Verdict(at.position, at, fault, knows)
            at = Head(seal.position, seal.digest)
            knows = knows or seal.digest == known
    return Verdict(at.position, at, None, knows)


def never_sealed(before: datetime) -> tuple[int, int | None]:
    """How many lines written before a moment have no seal, and the first of them."""
    count, first = 0, None
    for rows in _strides_without_seal():
        numbers = list(rows.filter(at__lt=before).order_by("pk").values_list("pk"))
        count += len(numbers)
        first = first or (numbers[0][0] if numbers else None)
    return count, first


def _sealed_batches() -> Iterable[tuple[list[AuditSeal], dict[int, Row]]]:
    position = 0
    while True:
        seals = list(
            AuditSeal.objects.filter(position__gt=position).order_by("position")[:BATCH]
        )
        if not seals:
            return
        numbers = [seal.entry for seal in seals]
        lines = AuditEntry.objects.filter(pk__in=numbers).values_list(*COLUMNS)
        yield seals, {line[0]: line for line in lines}
        position = seals[-1].position


def _fault_of(seal: AuditSeal, before: Head, row: Row | None) -> Fault | None:
    expected = before.position + 1
    if seal.position != expected:
        return Fault("seal missing", expected, None)
    if row is None:
        return Fault("line missing", expected, seal.entry)
    if digest_of(before.digest, expected, seal.sealed_at, row) != seal.digest:
        return Fault("changed", expected, seal.entry)
    return None
