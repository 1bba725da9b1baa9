"""One line for each record, whatever it says."""

import json
import logging
from datetime import UTC, datetime

import pytest

from core.log_format import JsonFormatter, LineFormatter
from core.log_masks import MaskFilter

FORGED = 'x\n{"level": "ERROR"}\r\u2028\x85\x1b[31m\u202e\ud800'


def record(message="%s", *args, error=None, **extra):
    info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("core.x", logging.WARNING, "", 0, message, args, info)
    made.__dict__.update(created=1764000000.5, request_id="r1", **extra)
    MaskFilter(["/consents/"]).filter(made)
    return made


def raised(words):
    try:
        raise ValueError(words)
    except ValueError as error:
        return error


def test_json_line_tells_moment_level_logger_and_request():
    line = json.loads(JsonFormatter().format(record("n = %d", 3, fields={"ms": 7})))

    moment = datetime.fromtimestamp(1764000000.5, tz=UTC)
    assert datetime.fromisoformat(line.pop("time")) == moment
    assert line == {
        "level": "WARNING",
        "logger": "core.x",
        "message": "n = 3",
        "request_id": "r1",
        "ms": 7,
    }


@pytest.mark.parametrize("formatter", [JsonFormatter(), LineFormatter()])
def test_line_breaks_in_a_value_forge_no_line(formatter):
    line = formatter.format(record("%s", FORGED, fields={"path": FORGED}))

    assert len(line.splitlines()) == 1
    assert line.isprintable()
    line.encode()


def test_json_line_of_an_exception_has_type_and_masked_traceback():
    error = raised("call 13800138000 /consents/abc/")

    line = json.loads(JsonFormatter().format(record("failed", error=error)))

    assert line["exception"] == "ValueError"
    assert line["traceback"].endswith("ValueError: call *** /consents/***/")


def test_text_of_an_exception_stands_indented_below_its_line():
    error = raised("x\n2026-11-23 ERROR forged")

    first, *below = LineFormatter().format(record("failed", error=error)).splitlines()

    assert first.endswith("WARNING core.x [r1] failed")
    assert below
    assert all(line.startswith("    ") for line in below)


def test_call_that_does_not_fit_its_words_is_told_all_the_same():
    assert "TypeError in its values" in record("%d of %d", "one", "two").getMessage()
