"""A person's own code: it holds for one Beijing day."""

from datetime import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from volunteers.codes import ALPHABET, OwnCode, Verdict, own_code, read_own_code


def beijing(day, hour, minute=0):
    return timezone.make_aware(datetime(2026, 5, day, hour, minute))


NOW = beijing(3, 9)
CODE = own_code(12, now=NOW)


@pytest.mark.parametrize("moment", [beijing(3, 0), NOW, beijing(3, 23, 59)])
def test_own_code_holds_all_the_beijing_day(moment):
    assert read_own_code(CODE, now=moment) == OwnCode(Verdict.GENUINE, 12)


@pytest.mark.parametrize("moment", [beijing(2, 23, 59), beijing(4, 0)])
def test_own_code_of_another_day_is_expired_and_names_nobody(moment):
    assert read_own_code(CODE, now=moment) == OwnCode(Verdict.EXPIRED)


def test_own_code_with_one_other_sign_names_nobody():
    forgeries = {
        f"{CODE[:place]}{sign}{CODE[place + 1 :]}"
        for place in range(len(CODE))
        for sign in f"{ALPHABET}01."
    } - {CODE}

    named = {read_own_code(forgery, now=NOW).volunteer_id for forgery in forgeries}
    assert named == {None}


@pytest.mark.parametrize("text", ["", CODE.lower(), f"{CODE} ", f"0{CODE}", "9" * 999])
def test_own_code_of_another_form_is_malformed(text):
    assert read_own_code(text, now=NOW) == OwnCode(Verdict.MALFORMED)


@given(st.text(max_size=80))
def test_any_text_is_answered_and_names_nobody(text):
    assert read_own_code(text, now=NOW).volunteer_id is None
