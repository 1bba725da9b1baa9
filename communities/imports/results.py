"""What comes out of an import: counts, or row by row why it was refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from core.errors import RuleError

Row = TypeVar("Row")


@dataclass(frozen=True)
class RowProblem:
    """Why one row cannot be taken; `number` is the row as the user sees it."""

    number: int
    text: str

    def __str__(self) -> str:
        return _("第 %(number)d 行：%(text)s") % {
            "number": self.number,
            "text": self.text,
        }


class ImportRefused(RuleError):
    """Nothing of the file was written; `problems` say why, in row order."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.number)
        rows = len({problem.number for problem in self.problems})
        super().__init__(
            _("有 %(rows)d 行不能导入，整个文件都没有写入。") % {"rows": rows}
        )


@dataclass
class Found(Generic[Row]):
    """A row of the register that a text names; the notes say how it was understood."""

    row: Row
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ImportCounts:
    """Rows created, changed and found just as they were."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
