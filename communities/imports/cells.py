"""Cells of an uploaded table to the values a register keeps."""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.phones import normalize_phone
from core.text import nearest

_BLANKS_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_MASKED = re.compile(r".\*+")
_COUNT = re.compile(r"(\d{1,6})(\.0+)?[人名个]?")


def tidy_name(text: str) -> str:
    """Return a name without the blanks people put between Chinese characters."""
    return _BLANKS_BESIDE_HAN.sub("", text.strip())


def read_phone(text: str) -> str:
    """Return a telephone number as stored; blank stays blank.

    Raises ValidationError in words that do not repeat the number.
    """
    if not text:
        return ""
    try:
        return normalize_phone(text)
    except ValidationError as error:
        raise ValidationError(
            _("联系电话不是有效号码；座机请加区号，一格只写一个号码。")
        ) from error


def read_count(text: str) -> int | None:
    """Return a number of people; blank gives None. Raises ValidationError."""
    if not text:
        return None
    match = _COUNT.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if match is None:
        raise ValidationError(
            _("人数“%(text)s”不是数字。") % {"text": text[:20]}, code="invalid_count"
        )
    return int(match[1])


def too_long(label: str, text: str, limit: int) -> str:
    """Return the complaint about a text above `limit` characters, or ""."""
    if len(text) <= limit:
        return ""
    return _("“%(label)s”超过 %(limit)d 个字。") % {"label": label, "limit": limit}


def masked_name(label: str, text: str) -> str:
    """Return the complaint about a name that an export has shortened, or ""."""
    if not _MASKED.fullmatch(text):
        return ""
    return _("“%(label)s”是隐去的姓名，请填全名，或者删去这一列。") % {"label": label}


class NearestNames:
    """Says which known names a wrong one is near to.

    Looking for likeness is slow: 5,000 rows of nonsense would take half a minute.
    So only the first few hundred different names are compared.
    """

    def __init__(self, most: int = 300) -> None:
        self._left = most
        self._known: dict[tuple, str] = {}

    def words(self, name: str, *groups: Iterable[str]) -> str:
        """Return half a sentence with the names alike in the first group with any."""
        key = (name, *(tuple(group) for group in groups))
        if key not in self._known:
            if self._left <= 0:
                return _("请对照名册核对。")
            self._left -= 1
            self._known[key] = _alike(name, groups)
        return self._known[key]


def _alike(name: str, groups: Iterable[Iterable[str]]) -> str:
    for group in groups:
        if names := nearest(name, group):
            return _("最接近的是：%(names)s。") % {"names": "、".join(names)}
    return _("也没有相近的名称。")
