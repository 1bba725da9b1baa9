"""Keeps secrets and people's numbers out of the logs, tracebacks included."""

import logging
import re
from collections.abc import Callable, Iterable

MASK = "***"
# Full-width digits are digits to the eye; the patterns below know ASCII ones.
_DIGITS = {0xFEE0 + ord(sign): sign for sign in "0123456789+-@"}
_GAP = "[ -]?"
_PREFIX = rf"(?:(?:\+86|0086|(?<!\d)86){_GAP}|(?<!\d))"
# Where an exception's words end inside a traceback, or the whole text does.
_NEXT_ERROR = r"(?=\n\n(?:The above exception was|During handling of)|\Z)"
_PATTERNS: list[tuple[re.Pattern[str], str]] = [
    # What PostgreSQL tells of a row that it refused: the names of columns stay.
    (
        re.compile(
            r"((?:DETAIL|描述|详细信息)[:：])(?:[^\n]{0,40}?(\([\w, :().]{1,200}\)=))?"
            rf".*?{_NEXT_ERROR}",
            re.DOTALL,
        ),
        rf"\1 \2{MASK}",
    ),
    (re.compile(r"(\)=\()[^\n]*"), rf"\1{MASK})"),
    (re.compile(r"(Failing row contains )[^\n]*"), rf"\1{MASK}"),
    (re.compile(r"^(LINE \d+:)[^\n]*", re.MULTILINE), rf"\1 {MASK}"),
    (
        re.compile(r'((?:invalid input |out of range)[^\n"]{0,100})"[^\n]*'),
        rf"\1{MASK}",
    ),
    # Passwords in addresses of servers; what follows a question mark.
    (re.compile(r"(://)[^/\s@]{1,200}@"), rf"\1{MASK}@"),
    (re.compile(r"\?[\w%.~+\[\]-]{1,100}=[^\s\"'<>]*"), f"?{MASK}"),
    (re.compile(r"\bip=[\da-fA-F.:]+"), f"ip={MASK}"),
    (re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), MASK),
    # Identity numbers first: they hold what looks like a telephone number.
    (re.compile(rf"(?<!\d)[1-9]\d{{5}}{_GAP}\d{{8}}{_GAP}\d{{3}}[\dXx](?!\d)"), MASK),
    (re.compile(r"\+[1-9]\d{7,14}(?!\d)"), MASK),
    (re.compile(rf"{_PREFIX}1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"), MASK),
    (
        re.compile(
            rf"(?<![\d.])\(?(?:0|(?:\+86|0086){_GAP}0?)[1-9]\d{{1,2}}\)?[ -]{{0,2}}"
            r"\d{7,8}(?!\d)"
        ),
        MASK,
    ),
]


def masker(prefixes: Iterable[str]) -> Callable[[str], str]:
    """A function that puts *** in place of what no log may hold.

    That is telephone numbers, mail addresses, identity numbers, values that
    PostgreSQL quotes from a refused row, query strings, passwords of servers, and
    what follows one of the prefixes in an address: whoever holds such an address may
    act (take back a consent). Names are not known to it: never log them.
    """
    starts = "|".join(re.escape(prefix) for prefix in prefixes)
    # At the root of this portal: "/consents/…", not "/desk/consents/7/".
    root = r"(?:^|[^\w/.-]|//[^/\s]+)"
    secret = re.compile(rf"({root}/*(?:{starts})/*)[^\s/?\"'<>]+", re.MULTILINE)

    def mask(text: str) -> str:
        masked = secret.sub(rf"\1{MASK}", text.translate(_DIGITS))
        for pattern, replacement in _PATTERNS:
            masked = pattern.sub(replacement, masked)
        return masked

    return mask


class MaskFilter(logging.Filter):
    """Masks message, traceback and stack of each record before it is written.

    The record itself is changed, so that every formatter finds it masked.
    """

    def __init__(self, prefixes: Iterable[str]) -> None:
        super().__init__()
        self._mask = masker(prefixes)

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self._mask(_message(record)), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _plain.formatException(record.exc_info)
        for name in ("exc_text", "stack_info"):
            if text := getattr(record, name, None):
                setattr(record, name, self._mask(text))
        fields = getattr(record, "fields", None) or {}
        record.fields = {
            name: self._mask(value) if _is_text(name, value) else value
            for name, value in fields.items()
        }
        return True


def _is_text(name: str, value: object) -> bool:
    """Whether a field may quote somebody; a task's own number does not."""
    return isinstance(value, str) and name != "task_id"


_plain = logging.Formatter()


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception as error:
        # A call that does not fit its words must not cost the line.
        return f"{record.msg} [{type(error).__name__} in its values]"
