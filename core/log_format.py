"""How a log line looks: an object of JSON, or text for people; always one line.

Nothing in a message can begin a line of its own: line breaks and other controls are
written as escapes, tracebacks are indented. Masking is MaskFilter's.
"""

import json
import logging
import re
from datetime import UTC, datetime

# What JSON leaves as it is and a terminal or a reader of lines takes for a command.
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
INDENT = "    "


class JsonFormatter(logging.Formatter):
    """One object a line: time, level, logger, message, request_id, and fields.

    An exception adds its type as "exception" and "traceback".
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", "-"),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            line["traceback"] = record.exc_text
        if record.stack_info:
            line["stack"] = record.stack_info
        return _escaped(json.dumps(line, ensure_ascii=False, default=str))


class LineFormatter(logging.Formatter):
    """Text for a terminal; each line of a traceback stands indented below."""

    def format(self, record: logging.LogRecord) -> str:
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        request_id = getattr(record, "request_id", "-")
        fields = getattr(record, "fields", {}).items()
        told = "".join(f" {name}={value}" for name, value in fields)
        first = (
            f"{_moment(record)} {record.levelname} {record.name} [{request_id}] "
            f"{record.getMessage()}{told}"
        )
        below = [record.exc_text or "", record.stack_info or ""]
        lines = [line for text in below for line in text.splitlines()]
        return "\n".join([_escaped(first), *(INDENT + _escaped(x) for x in lines)])


def _moment(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, tz=UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _escaped(text: str) -> str:
    return _CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
