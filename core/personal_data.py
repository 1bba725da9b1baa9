"""Finds what texts for other eyes must not hold: mobile and identity numbers."""

import re
import unicodedata
from datetime import datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_BETWEEN = r"[\s\-.·_()]{0,2}"  # what people put between digits
_MOBILE = re.compile(rf"(?<![0-9])1{_BETWEEN}[3-9](?:{_BETWEEN}[0-9]){{9}}(?![0-9])")
_PREFIXED = re.compile(rf"(?:\+|00)86{_BETWEEN}1[3-9](?:{_BETWEEN}[0-9]){{9}}(?![0-9])")
_IDENTITY = re.compile(rf"(?<![0-9])[1-9](?:{_BETWEEN}[0-9]){{16}}{_BETWEEN}[0-9Xx]")
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc", "-")
    | dict.fromkeys("\u2022\u2027\u2219\u22c5\u30fb", "·")
)
_KEYCAP = dict.fromkeys((0xFE0F, 0x20E3))  # what makes a digit a drawn key


class Kind(StrEnum):
    """What was found."""

    MOBILE = "mobile"
    IDENTITY = "identity"


def personal_data_in(text: str) -> list[Kind]:
    """Return the kinds of personal numbers in a text, identity numbers first.

    A mobile number of the mainland has eleven digits from 13 to 19, an identity
    number eighteen places with a day of birth. Full-width digits, circled and drawn
    ones and single blanks, dashes or dots between digits do not hide them.
    """
    plain = _plain(text)
    rest = _IDENTITY.sub(
        lambda match: "#" if _has_birthday(match[0]) else match[0], plain
    )
    found = [Kind.IDENTITY] if rest != plain else []
    if _MOBILE.search(rest) or _PREFIXED.search(rest):
        found.append(Kind.MOBILE)
    return found


def refuse_personal_data(text: str) -> None:
    """A form field's validator: raises ValidationError naming what was found."""
    found = personal_data_in(text)
    if Kind.IDENTITY in found:
        raise ValidationError(
            _("文字中有身份证号码。请勿填写居民的身份证号，删去后再提交。"),
            code="identity_number",
        )
    if Kind.MOBILE in found:
        raise ValidationError(
            _("文字中有手机号码。请勿填写个人电话，删去后再提交，双方可在平台联系。"),
            code="mobile_number",
        )


def _plain(text: str) -> str:
    """Every kind of digit as an ASCII one, keycaps bare, every dash as "-"."""
    levelled = unicodedata.normalize("NFKC", str(text)).translate(_DASHES)
    return "".join(
        str(unicodedata.digit(character, character))
        for character in levelled.translate(_KEYCAP)
    )


def _has_birthday(written: str) -> bool:
    digits = re.sub(r"[^0-9Xx]", "", written)
    try:
        born = datetime.strptime(digits[6:14], "%Y%m%d")
    except ValueError:
        return False
    return 1900 <= born.year <= 2100
