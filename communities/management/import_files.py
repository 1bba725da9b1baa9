"""What the import commands share: the file, the rows at fault, the day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from communities.imports.results import ImportRefused
from core.errors import RuleError
from core.fields import FIRST_YEAR, LAST_YEAR


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open the file; every refusal of what is done with it ends the command.

    Rows at fault come one a line. Raises CommandError.
    """
    try:
        with Path(path).open("rb") as file:
            yield file
    except OSError as error:
        raise CommandError(
            _("无法读取文件 %(path)s：%(reason)s")
            % {"path": path, "reason": error.strerror or error}
        ) from error
    except ImportRefused as error:
        lines = [*map(str, error.problems), str(error)]
        raise CommandError("\n".join(lines)) from error
    except RuleError as error:
        raise CommandError(str(error)) from error


def day(text: str) -> date:
    """Return the day of an argument like 2026-05-01. Raises CommandError."""
    try:
        value = date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            _("日期“%(text)s”不正确，请写成 2026-05-01 的样子。") % {"text": text}
        ) from error
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise CommandError(_("年份须在 2000 至 2100 之间。"))
    return value
