"""Large files made in the background, one at a time for each person.

Apps above register what makes a kind of file. The row is the truth: a worker claims
it, renews its claim while it works, and a job whose worker died is claimed again. A
maker has to end within TIME_LIMIT, or it is killed, claimed again and given up after
MAX_ATTEMPTS; so each maker refuses what would not fit.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ExportJob, User
from accounts.notifications import Message, notify
from accounts.notifications.kinds import kind_of
from core import audit
from core.doorbell import ring
from core.errors import RuleError
from core.uploads import private_storage_path, remove_private
from core.uploads_store import discard_unfinished, private_writer

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
RETRY_AFTER = timedelta(minutes=1)
MAX_ATTEMPTS = 3
TIME_LIMIT = 1800  # seconds; longer than that of other tasks
PROGRESS_SECONDS = 1.0
FOLDER = "exports"
State = ExportJob.State
Parameters = dict[str, Any]


class Maker(Protocol):
    """Makes one kind of file; `parameters` are plain values, as stored."""

    def title(self, parameters: Parameters) -> str:
        """What the file is called in lists."""

    def check(self, parameters: Parameters, user: User) -> None:
        """Raise RuleError when the user may not have this file, or not any more."""

    def total(self, parameters: Parameters, user: User) -> int:
        """How many steps it takes; raises RuleError for what may not be made."""

    def write(
        self,
        parameters: Parameters,
        user: User,
        path: Path,
        progress: Callable[[int], None],
    ) -> str:
        """Write the file and return the name to offer it under.

        Called outside of transactions, by a worker: looks the user's right up again
        and raises RuleError when it is gone. `progress` takes the steps done so far
        and may raise to stop the work; call it at least once a minute, and last with
        all there were.
        """


class ExportStopped(Exception):
    """The job was cancelled, or another worker has taken it over."""


class ExportUnderWay(RuleError):
    """The person has a file under way already."""


_makers: dict[str, Maker] = {}


def register_maker(kind: str, maker: Maker) -> None:
    """Let jobs of this kind be made; called by apps above when they are ready."""
    _makers[kind] = maker


def request_export(
    *,
    owner: User,
    kind: str,
    parameters: Parameters,
    message_kind: str = "export_over",
) -> ExportJob:
    """Queue a file for its owner and ring a worker.

    The owner hears of its end by a message of `message_kind`. Raises ExportUnderWay
    when the owner has one already, and what the maker refuses.
    """
    maker = _makers[kind]
    total = maker.total(parameters, owner)
    try:
        with transaction.atomic():
            job = ExportJob.objects.create(
                owner=owner,
                kind=kind,
                title=maker.title(parameters)[:120],
                parameters=parameters,
                message_kind=message_kind,
                total=total,
            )
            audit.record(
                "accounts.export_job_requested",
                target=job,
                by=owner,
                kind=kind,
                parameters=parameters,
            )
            ring("accounts.run_exports")
    except IntegrityError as error:
        raise ExportUnderWay(
            _("您有一个导出正在进行，请等它完成，或者先取消它。")
        ) from error
    return job


def check_download(job: ExportJob) -> None:
    """Raise RuleError when the owner has lost the right to a finished file since.

    A right ends with the day it ends (PRODUCT section 2), also over what it made. Of
    a kind that nothing makes any more nobody can tell.
    """
    if maker := _makers.get(job.kind):
        maker.check(job.parameters, job.owner)


@transaction.atomic
def cancel_export(*, job: ExportJob, by: User) -> None:
    """Stop a job that waits or runs; the worker notices at its next step.

    Raises MoveRefused when it is over.
    """
    locked = ExportJob.objects.select_for_update().get(pk=job.pk)
    locked.move_to(State.CANCELLED, by=by, finished_at=timezone.now())


def claim_next(now: datetime) -> ExportJob | None:
    """Take the longest-waiting job, or one whose worker died; None without any.

    `attempts` tells this claim from an earlier one of the same job. A job that has
    been tried MAX_ATTEMPTS times fails.
    """
    with transaction.atomic():
        job = _claimable(now)
        if job is None:
            return None
        _discard(job.file)
        if job.attempts >= MAX_ATTEMPTS:
            _fail(job, _("多次未能完成。请缩小范围再试。"), now)
            return None
        job.attempts += 1
        job.claimed_at, job.done = now, 0
        job.file = private_storage_path(FOLDER)
        job.save(update_fields=["attempts", "claimed_at", "done", "file"])
        if job.state == State.QUEUED:
            job.move_to(State.RUNNING, by=None)
        else:
            audit.record(
                "accounts.export_job_retried",
                target=job,
                by=None,
                attempt=job.attempts,
            )
    return job


def is_any_due(now: datetime) -> bool:
    """Whether a file waits to be made, or its worker has died."""
    return _due(now).exists()


def _due(now: datetime) -> models.QuerySet:
    is_dead = models.Q(state=State.RUNNING, claimed_at__lt=now - LEASE)
    return ExportJob.objects.filter(models.Q(state=State.QUEUED) | is_dead)


def _claimable(now: datetime) -> ExportJob | None:
    rows = _due(now).order_by("created_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return rows.first()


def run_due_exports(now: datetime) -> ExportJob | None:
    """Make the next file; returns its job, or None when nothing waits.

    One file a call, so that other work of the worker gets its turn in between.
    """
    job = claim_next(now)
    if job is None:
        return None
    try:
        _make(job)
    except ExportStopped:
        logger.info("export %s was stopped", job.pk)
    except RuleError as refusal:
        _give_up(job, str(refusal))
    except Exception:
        logger.exception("export %s failed at attempt %s", job.pk, job.attempts)
        _try_later(job)
    return job


def _make(job: ExportJob) -> None:
    owner = User.objects.get(pk=job.owner_id)
    if not owner.is_active:
        raise RuleError(_("账号已停用。"))
    progress = _Progress(job)
    with private_writer(job.file) as path:
        name = _makers[job.kind].write(job.parameters, owner, path, progress)
        size = path.stat().st_size
    try:
        _finish(job, file_name=name, size=size, done=progress.done)
    except BaseException:
        remove_private(job.file)
        raise


class _Progress:
    """Writes the steps done, at most once a second, and renews the claim."""

    def __init__(self, job: ExportJob) -> None:
        self._job = job
        self._written_at = float("-inf")
        self.done: int | None = None

    def __call__(self, done: int) -> None:
        self.done = done
        if time.monotonic() - self._written_at < PROGRESS_SECONDS:
            return
        self._written_at = time.monotonic()
        if not _held(self._job).update(done=done, claimed_at=timezone.now()):
            raise ExportStopped


def _held(job: ExportJob) -> models.QuerySet:
    """The job's row, as long as this claim holds."""
    return ExportJob.objects.filter(
        pk=job.pk, state=State.RUNNING, attempts=job.attempts
    )


@transaction.atomic
def _finish(job: ExportJob, *, file_name: str, size: int, done: int | None) -> None:
    """Write down that the file is there, and tell its owner.

    What was `done` counts, not the total of before: rows come and go meanwhile.
    """
    now = timezone.now()
    held = _lock(job)
    if held is None:
        raise ExportStopped
    done = held.total if done is None else done
    held.move_to(
        State.DONE,
        by=None,
        done=done,
        total=done,
        file_name=file_name[:200],
        size=size,
        finished_at=now,
    )
    audit.record(
        "accounts.export_job_exported",
        target=held,
        by=held.owner,
        rows=done,
        bytes=size,
    )
    title = _("导出完成：%(title)s") % {"title": held.title}
    days = {"days": settings.EXPORT_KEPT_DAYS}
    _tell(held, title, _("请在 %(days)d 天内下载，到期自动清除。") % days, now)


def _lock(job: ExportJob) -> ExportJob | None:
    return _held(job).select_for_update().first()


@transaction.atomic
def _give_up(job: ExportJob, reason: str) -> None:
    held = _lock(job)
    if held is not None:
        _fail(held, reason, timezone.now())


def _fail(job: ExportJob, reason: str, now: datetime) -> None:
    job.move_to(
        State.FAILED, by=None, reason=reason, error=reason[:200], finished_at=now
    )
    _tell(job, _("导出未完成：%(title)s") % {"title": job.title}, reason, now)


def _try_later(job: ExportJob) -> None:
    """After a surprise: it is claimed again soon, until it has had its attempts."""
    if job.attempts >= MAX_ATTEMPTS:
        _give_up(job, _("生成文件时出错，请稍后再试；仍不成功请联系管理员。"))
    else:
        _held(job).update(claimed_at=timezone.now() - LEASE + RETRY_AFTER)


def _tell(job: ExportJob, title: str, body: str, now: datetime) -> None:
    message = Message(
        recipient_id=job.owner_id,
        kind=job.message_kind,
        target=job,
        title=title,
        body=body,
        path=reverse("accounts:export_list"),
        has_email=kind_of(job.message_kind).is_sent_out,
    )
    notify([message], now=now)


def expire_exports(now: datetime) -> int:
    """Take away files whose days are over; returns how many.

    Also what a killed worker has left of a job that was cancelled or given up since.
    The file goes before the row says so: after a crash in between, the next hour
    finds the row again.
    """
    kept_until = now - timedelta(days=settings.EXPORT_KEPT_DAYS)
    due = ExportJob.objects.filter(state=State.DONE, finished_at__lt=kept_until)
    expired = 0
    for pk in due.order_by("pk").values_list("pk", flat=True):
        expired += _expire(pk)
    over = [State.CANCELLED, State.FAILED]
    left = ExportJob.objects.filter(state__in=over, finished_at__lt=now - LEASE)
    for job in left.exclude(file=""):
        _discard(job.file)
        ExportJob.objects.filter(pk=job.pk, state=job.state).update(file="")
    return expired


@transaction.atomic
def _expire(pk: int) -> bool:
    job = ExportJob.objects.select_for_update().filter(pk=pk, state=State.DONE).first()
    if job is None:
        return False
    remove_private(job.file)
    job.move_to(State.EXPIRED, by=None, file="")
    return True


def _discard(name: str) -> None:
    """Remove whatever an earlier attempt has left."""
    if name:
        discard_unfinished(name)
        remove_private(name)
