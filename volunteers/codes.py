"""Codes of the day: the rotating code of a shift, a person's own code.

Pure functions over SECRET_KEY: nothing is stored. A code is no right by itself; it
says that somebody stood before the screen, or that a person showed their telephone.
Source: PRODUCT section 4, attendance and hours; TRAPS, "a QR code photographed".
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

# 32 signs without 0 and O, 1 and I: the code is also read out and typed in.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SCREEN_SIGNS, OWN_SIGNS = 8, 20
LONGEST_TEXT = 64
STEPS_NEAR = (0, -1, 1)
STEPS_REMEMBERED = 60  # an older typed code is called expired, not wrong

_NUMBER = "[1-9][0-9]{0,17}"
_FULL = re.compile(
    rf"(?P<shift>{_NUMBER})\.(?P<step>[0-9]{{1,12}})\.(?P<mac>[{ALPHABET}]{{8}})"
)
_SHORT = re.compile(rf"[{ALPHABET}]{{8}}")
_OWN = re.compile(
    rf"(?P<person>{_NUMBER})\.(?P<day>[0-9]{{8}})\.(?P<mac>[{ALPHABET}]{{20}})"
)


class Verdict(StrEnum):
    """What a code is worth."""

    GENUINE = "genuine"
    EXPIRED = "expired"
    FORGED = "forged"
    OTHER_SHIFT = "other_shift"
    MALFORMED = "malformed"


@dataclass(frozen=True)
class ScreenCode:
    """A rotating code that was read: its verdict, and the shift a genuine one names."""

    verdict: Verdict
    shift_id: int | None = None


@dataclass(frozen=True)
class OwnCode:
    """A person's own code that was read; `volunteer_id` only when it is genuine."""

    verdict: Verdict
    volunteer_id: int | None = None


def screen_code(shift_id: int, *, now: datetime) -> str:
    """The code on the screen at `now`: "<shift>.<step>.<mac>"."""
    step = _step(now)
    return f"{shift_id}.{step}.{_screen_mac(shift_id, step)}"


def short_code(shift_id: int, *, now: datetime) -> str:
    """The same code to read out, as "K7MP 3XQ9"; it holds for this shift alone."""
    mac = _screen_mac(shift_id, _step(now))
    return f"{mac[:4]} {mac[4:]}"


def seconds_left(*, now: datetime) -> int:
    """Seconds until the screen shows another code, at least one."""
    return settings.CODE_SECONDS - int(now.timestamp()) % settings.CODE_SECONDS


def read_screen_code(text: str, shift_id: int, *, now: datetime) -> ScreenCode:
    """What `text` is worth at this shift: a full code, or the eight signs typed in.

    The present step counts, and one step before and after it.
    """
    text = _tidied(text)
    if match := _FULL.fullmatch(text):
        named, step = int(match["shift"]), int(match["step"])
        if not constant_time_compare(match["mac"], _screen_mac(named, step)):
            return ScreenCode(Verdict.FORGED)
        if named != shift_id:
            return ScreenCode(Verdict.OTHER_SHIFT, named)
        is_near = step - _step(now) in STEPS_NEAR
        return ScreenCode(Verdict.GENUINE if is_near else Verdict.EXPIRED, named)
    typed = text.replace(" ", "").replace("-", "")
    if _SHORT.fullmatch(typed):
        return ScreenCode(_typed_verdict(typed, shift_id, _step(now)), shift_id)
    return ScreenCode(Verdict.MALFORMED)


def _typed_verdict(typed: str, shift_id: int, step: int) -> Verdict:
    def is_of(candidate: int) -> bool:
        return constant_time_compare(typed, _screen_mac(shift_id, candidate))

    if any(is_of(step + near) for near in STEPS_NEAR):
        return Verdict.GENUINE
    if any(is_of(step - ago) for ago in range(2, STEPS_REMEMBERED)):
        return Verdict.EXPIRED
    return Verdict.FORGED


def own_code(volunteer_id: int, *, now: datetime) -> str:
    """A person's own code of this Beijing day: "<person>.<day>.<mac>"."""
    day = _day_text(now)
    return f"{volunteer_id}.{day}.{_own_mac(volunteer_id, day)}"


def read_own_code(text: str, *, now: datetime) -> OwnCode:
    """What a person's own code is worth at `now`."""
    match = _OWN.fullmatch(text) if len(text) <= LONGEST_TEXT else None
    if match is None:
        return OwnCode(Verdict.MALFORMED)
    person, day = int(match["person"]), match["day"]
    if not constant_time_compare(match["mac"], _own_mac(person, day)):
        return OwnCode(Verdict.FORGED)
    if day != _day_text(now):
        return OwnCode(Verdict.EXPIRED)
    return OwnCode(Verdict.GENUINE, person)


def _step(now: datetime) -> int:
    return int(now.timestamp()) // settings.CODE_SECONDS


def _day_text(now: datetime) -> str:
    day: date = timezone.localdate(now)
    return day.strftime("%Y%m%d")


def _tidied(text: str) -> str:
    """As it was meant: no full-width signs, blanks around or small letters."""
    if len(text) > LONGEST_TEXT:
        return ""
    return unicodedata.normalize("NFKC", text).strip().upper()


def _screen_mac(shift_id: int, step: int) -> str:
    return _signs("volunteers.screen_code", f"{shift_id}.{step}", SCREEN_SIGNS)


def _own_mac(volunteer_id: int, day: str) -> str:
    return _signs("volunteers.own_code", f"{volunteer_id}.{day}", OWN_SIGNS)


def _signs(salt: str, value: str, length: int) -> str:
    digest = salted_hmac(salt, value, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:length])
