"""Charts as plain numbers; the templates components/chart_*.html draw them as SVG.

A chart is as wide as a telephone and grows a little where there is room, so its words
stay readable. Parts are told apart by their pattern (full, hatched, hollow) and by
their numbers, never by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 340
# Of a bar: its words above it, and the bar.
ROW, THICK, WORDS = 38, 14, 15
# Of the names of the parts, above the bars.
LEGEND, SWATCH, LETTER = 30, 12, 13
# Of columns: the space for the numbers above and the months below.
HEIGHT, HEAD, FOOT = 150, 18, 22
MONTHS_SHOWN = 12
PATTERNS = {1: ("full",), 2: ("full", "hollow"), 3: ("full", "hatch", "hollow")}


@dataclass(frozen=True)
class Piece:
    """A rectangle, full, hatched or hollow."""

    x: int
    y: int
    width: int
    height: int
    pattern: str


@dataclass(frozen=True)
class Bar:
    """A bar or column with its label and its numbers.

    `y` is the line its numbers stand on, `middle` the middle of a column.
    """

    label: str
    text: str
    y: int
    pieces: list[Piece]
    middle: int = 0


@dataclass(frozen=True)
class Key:
    """What a pattern stands for; `x` and `y` are those of its swatch."""

    label: str
    x: int
    y: int
    pattern: str

    @property
    def words_x(self) -> int:
        return self.x + SWATCH + 5


@dataclass(frozen=True)
class Chart:
    """What a template draws; `title` and `gist` are what a screen reader says."""

    key: str
    title: str
    gist: str
    bars: list[Bar]
    legend: list[Key]
    height: int
    width: int = WIDTH

    @property
    def patterns(self) -> set[str]:
        """The patterns in use."""
        return {piece.pattern for bar in self.bars for piece in bar.pieces}

    @property
    def base(self) -> int:
        """Where the columns stand."""
        return self.height - FOOT


@dataclass(frozen=True)
class Line:
    """One line of figures: its label, a number for each part, and its words.

    `whole` is what its full width stands for, where each line has its own.
    """

    label: str
    values: Sequence[float]
    text: str
    whole: float | None = None


def bar_chart(
    key: str,
    *,
    title: str,
    gist: str,
    lines: Sequence[Line],
    parts: Sequence[str] = (),
    whole: float | None = None,
) -> Chart:
    """Bars below each other, the parts of a line side by side in one bar.

    `whole` is what the full width stands for, otherwise the longest line; `parts`
    names the parts where a line has several. A line of nothing is left out.
    """
    lines = [line for line in lines if any(line.values)]
    longest = whole or max((sum(line.values) for line in lines), default=0)
    legend = _legend(parts)
    top = legend[-1].y + LEGEND - 4 if legend else 0
    bars = []
    for place, line in enumerate(lines):
        y = top + place * ROW
        bars.append(
            Bar(
                line.label,
                line.text,
                y + WORDS - 2,
                _row(line, line.whole or longest, y),
            )
        )
    return Chart(key, title, gist, bars, legend, top + len(lines) * ROW)


def column_chart(key: str, *, title: str, gist: str, lines: Sequence[Line]) -> Chart:
    """Columns beside each other, one for each month; of many the last ones."""
    lines = lines[-MONTHS_SHOWN:]
    highest = max((line.values[0] for line in lines), default=0)
    step = WIDTH // max(len(lines), 6)
    room = HEIGHT - HEAD - FOOT
    bars = []
    for place, line in enumerate(lines):
        tall = _length(line.values[0], highest, room)
        y, width = HEIGHT - FOOT - tall, step * 2 // 3
        piece = Piece(place * step + (step - width) // 2, y, width, tall, "full")
        pieces = [piece] if tall else []
        bars.append(Bar(line.label, line.text, y - 5, pieces, place * step + step // 2))
    return Chart(key, title, gist, bars, [], HEIGHT)


def _row(line: Line, longest: float, y: int) -> list[Piece]:
    pieces, x = [], 0
    for pattern, value in zip(PATTERNS[len(line.values)], line.values, strict=True):
        width = min(_length(value, longest, WIDTH), WIDTH - x)
        if width:
            pieces.append(Piece(x, y + WORDS + 3, width, THICK, pattern))
        x += width
    return pieces


def _length(value: float, whole: float, room: int) -> int:
    """In units of the drawing; what is not nothing can be seen."""
    if not value or not whole:
        return 0
    return max(2, round(room * value / whole))


def _legend(parts: Sequence[str]) -> list[Key]:
    """The names of the parts, in as many lines as they need."""
    keys, x, y = [], 0, 4
    for pattern, label in zip(PATTERNS.get(len(parts), ()), parts, strict=True):
        wide = SWATCH + 5 + LETTER * len(label) + 14
        if x and x + wide > WIDTH:
            x, y = 0, y + LEGEND - 10
        keys.append(Key(label, x, y, pattern))
        x += wide
    return keys
