"""Telephone numbers: one stored form, one masked form, one local form."""

import re
import unicodedata

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

REGION = "CN"
_WRITTEN_NUMBER = re.compile(r"\+?[0-9()\-. ]+")
_FLOAT_TAIL = re.compile(r"^(\d+)\.0+$")
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)
# The metadata lags behind newly issued ranges; eleven digits from 13 to 19 are
# a mobile number here, whatever it says.
_CN_MOBILE = re.compile(r"1[3-9]\d{9}")


def normalize_phone(raw: str) -> str:
    """Return the number as E.164 ("+8613800138000"); without prefix it is Chinese.

    Takes what people and sheets write: blanks, dashes, full-width digits, 0086,
    "13800138000.0". Raises ValidationError when it is no telephone number.
    """
    text = unicodedata.normalize("NFKC", str(raw)).translate(_DASHES).strip()
    text = _FLOAT_TAIL.sub(r"\1", text)
    if not _WRITTEN_NUMBER.fullmatch(text):
        raise _not_a_phone()
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException as error:
        raise _not_a_phone() from error
    if not (phonenumbers.is_valid_number(number) or _is_cn_mobile(number)):
        raise _not_a_phone()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def local_phone(e164: str) -> str:
    """Return a stored number as it is dialled in China, digits only.

    A number of another country stays in E.164.
    """
    if not e164.startswith("+86"):
        return e164
    if _CN_MOBILE.fullmatch(e164, 3):  # nearly all; parsing takes 65 µs a number
        return e164[3:]
    number = phonenumbers.parse(e164, REGION)
    national = phonenumbers.format_number(
        number, phonenumbers.PhoneNumberFormat.NATIONAL
    )
    return re.sub(r"\D", "", national)


def mask_phone(e164: str) -> str:
    """Return the number for other eyes: "138****5678"; empty stays empty."""
    if not e164:
        return ""
    local = local_phone(e164)
    return f"{local[:3]}****{local[-4:]}"


def _is_cn_mobile(number: phonenumbers.PhoneNumber) -> bool:
    return (
        number.country_code == 86
        and phonenumbers.is_possible_number(number)
        and _CN_MOBILE.fullmatch(str(number.national_number)) is not None
    )


def _not_a_phone() -> ValidationError:
    return ValidationError(
        _("请输入有效的电话号码，例如 138 0013 8000。"), code="invalid_phone"
    )
