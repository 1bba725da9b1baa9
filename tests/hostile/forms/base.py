"""What a form is to the tests: its page, its poster, sound data, kinds of fields."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.hostile.values import CONTROLS, COUNTS, KEYS, MOMENTS, NUMBERS, TEXTS

KINDS = {
    "texts": TEXTS,
    "controls": CONTROLS,
    "moments": MOMENTS,
    "numbers": NUMBERS,
    "counts": COUNTS,
    "keys": KEYS,
}
# A number or a key the form lets through reaches a column of the database, and each
# database has its own limits. Text and time it lets through are accepted by SQLite
# at least, which the tests see.
OF_THE_DATABASE = {"numbers", "counts", "keys"}


@dataclass(frozen=True)
class Form:
    """A form of the object a page is about, posted by a role.

    `make_data` gives sound data; the rest are names of fields by what they hold.
    """

    target: str
    role: str
    make_data: Callable[[], dict[str, object]]
    texts: str = ""
    controls: str = ""
    moments: str = ""
    numbers: str = ""
    counts: str = ""
    keys: str = ""

    def fields(self) -> Iterator[tuple[str, str]]:
        """Each field with the kind of what it holds."""
        for kind in KINDS:
            for name in getattr(self, kind).split():
                yield name, kind
