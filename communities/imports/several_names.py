"""Several communities in one cell, taken apart."""

import re
from collections.abc import Callable

Named = Callable[[str], bool]

_SEPARATORS = re.compile(r"[、,，;；/／|｜+＋\n]+")
_NUMBERING = re.compile(r"(?<!\d)[（(]?\d{1,2}[.．、)）]\s*|[①-⑳]")
LEAD_MARK = re.compile(r"[（(\[【][牵牽][头頭](社区|社區|村)?[）)\]】]")
_AND = re.compile(r"以及|[和及与與]")
_AFTER_ENDING = re.compile(
    r"(?<=社区)(?!居)|(?<=社區)(?!居)|(?<=居委会)|(?<=村委会)|(?<=村)(?!委)"
)


def names_in(text: str, is_community: Named) -> list[str]:
    """Return the names in a community cell; a blank only parts names that are known.

    `is_community` says whether a text names a community as it stands.
    """

    def named(part: str) -> bool:
        return is_community(LEAD_MARK.sub("", part))

    if not text or named(text):
        return [text]
    names = []
    for part in parts(text):
        names += [part] if named(part) else _taken_apart(part, named)
    return names or [text]


def _taken_apart(part: str, named: Named) -> list[str]:
    """Names parted by blanks, by "and" or by nothing at all.

    Of words between blanks one known name is enough: the others are misspelled ones.
    Otherwise all must be known, since an "and" may be a letter of a name (和平里).
    """
    words = [word for word in part.split() if not _AND.fullmatch(word)]
    if len(words) > 1 and any(map(named, words)):
        return words
    return _cut(part, _AND, named) or _cut(part, _AFTER_ENDING, named) or [part]


def _cut(part: str, border: re.Pattern, named: Named) -> list[str]:
    """Two or more names with a border between each; nothing when one is unknown."""
    for match in border.finditer(part):
        name, rest = part[: match.start()].strip(), part[match.end() :].strip()
        if name and rest and named(name):
            others = [rest] if named(rest) else _cut(rest, border, named)
            if others:
                return [name, *others]
    return []


def parts(text: str) -> list[str]:
    """Return what commas, slashes, line breaks and numbers keep apart."""
    text = _NUMBERING.sub("、", text)
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
