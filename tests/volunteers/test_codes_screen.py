"""The rotating code of a shift: what it is worth, and when."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from volunteers.codes import (
    ALPHABET,
    Verdict,
    read_screen_code,
    screen_code,
    seconds_left,
    short_code,
)

NOW = timezone.make_aware(datetime(2026, 5, 3, 9, 0, 30))
SHIFT = 4711
CODE = screen_code(SHIFT, now=NOW)


def verdict_of(text, shift=SHIFT, now=NOW):
    return read_screen_code(text, shift, now=now).verdict


def screen(steps):
    """Codes of the screen so many steps from NOW: full, and as read out."""
    moment = NOW + steps * timedelta(seconds=60)
    return [screen_code(SHIFT, now=moment), short_code(SHIFT, now=moment)]


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [(0, "genuine"), (-1, "genuine"), (1, "genuine"), (-2, "expired")],
)
def test_screen_code_holds_for_its_step_and_the_next_ones(steps, verdict):
    assert [verdict_of(code) for code in screen(steps)] == [verdict, verdict]


@pytest.mark.parametrize("steps", [2, -59, -60, 10_000])
def test_screen_code_far_from_its_step_is_not_genuine(steps):
    full, typed = screen(steps)

    assert verdict_of(full) == Verdict.EXPIRED
    assert verdict_of(typed) in {Verdict.EXPIRED, Verdict.FORGED}


def test_screen_code_with_one_other_sign_is_refused():
    forgeries = {
        f"{CODE[:place]}{sign}{CODE[place + 1 :]}"
        for place in range(len(CODE))
        for sign in f"{ALPHABET}01."
    } - {CODE}

    assert {verdict_of(forgery) for forgery in forgeries} == {
        Verdict.FORGED,
        Verdict.MALFORMED,
    }


def test_screen_code_of_another_shift_names_it():
    read = read_screen_code(screen_code(9, now=NOW), SHIFT, now=NOW)

    assert (read.verdict, read.shift_id) == (Verdict.OTHER_SHIFT, 9)


def test_short_code_of_another_shift_is_forged():
    assert verdict_of(short_code(9, now=NOW)) == Verdict.FORGED


def test_screen_code_of_another_secret_is_forged(settings):
    settings.SECRET_KEY = "another " * 8

    assert verdict_of(CODE) == Verdict.FORGED


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(str.lower, id="small letters"),
        pytest.param(lambda code: f" {code} ", id="blanks"),
        pytest.param(lambda code: code.replace(" ", "-"), id="hyphen"),
        pytest.param(lambda code: code.replace(" ", ""), id="in one piece"),
        pytest.param(
            lambda code: "".join(
                chr(ord(sign) + 0xFEE0) if sign != " " else "\u3000" for sign in code
            ),
            id="full width",
        ),
    ],
)
def test_short_code_typed_another_way_is_genuine(typed):
    assert verdict_of(typed(short_code(SHIFT, now=NOW))) == Verdict.GENUINE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "4711",
        CODE + CODE,
        f"{CODE}.",
        f"0{CODE}",
        f"-{CODE}",
        f"{'9' * 40}.1.ABCDEFGH",
        f"{'9' * 5_000}.1.ABCDEFGH",
        f"4711.{'9' * 30}.ABCDEFGH",
        "四七一一.1.ABCDEFGH",
        "٤٧١١.1.ABCDEFGH",
        "4711.1.ABCDEFG\n",
        "\ufdfa" * 64,
    ],
)
def test_screen_code_of_another_form_is_malformed(text):
    assert verdict_of(text) == Verdict.MALFORMED


@given(st.text(max_size=80))
def test_any_text_is_answered_and_never_genuine(text):
    assert verdict_of(text) != Verdict.GENUINE


def test_seconds_left_run_down_to_the_next_code():
    moments = [NOW + timedelta(seconds=passed) for passed in (0, 29, 30)]

    assert [seconds_left(now=moment) for moment in moments] == [30, 1, 60]
