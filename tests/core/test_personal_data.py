"""Mobile and identity numbers are found however they are written."""

import pytest
from django.core.exceptions import ValidationError

from core.personal_data import Kind, personal_data_in, refuse_personal_data

FULL_WIDTH = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}


@pytest.mark.parametrize(
    "text",
    [
        "请联系13800138000",
        "电话138 0013 8000王",
        "138-0013-8000",
        "13800138000".translate(FULL_WIDTH),
        "①③⑧⓪⓪①③⑧⓪⓪⓪",
        "❶❸❽⓿⓿❶❸❽⓿⓿⓿",
        "".join(f"{digit}\ufe0f\u20e3" for digit in "13800138000"),
        "+8613800138000",
        "+86 138 0013 8000",
        "008613800138000",
        "138—0013—8000",
        "138.0013.8000",
        "(138)00138000",
        "20 13800138000",
        "\u0661\u0663\u0668\u0660\u0660\u0661\u0663\u0668\u0660\u0660\u0660",
    ],
)
def test_mobile_number_is_found(text):
    assert personal_data_in(text) == [Kind.MOBILE]


@pytest.mark.parametrize(
    "text",
    [
        "999999199001011234",
        "身份证99999919900101123X。",
        "999999 19900101 123x",
        "999999199001011234".translate(FULL_WIDTH),
        "999999-19900101-1234",
    ],
)
def test_identity_number_is_found(text):
    assert personal_data_in(text) == [Kind.IDENTITY]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "需要20人、3台音响",
        "13:00-15:00，16:00-18:00",
        "2026-11-25 至 2026-12-31",
        "0596-2023456",
        "12345",
        "12800138000",
        "1380013800",
        "138001380001",
        "9138001380009",
        "信用代码913506021566100110",
        "13、14、15、16、17、8日",
        "预算15000元，人均130.5元",
    ],
)
def test_other_number_is_left_alone(text):
    assert personal_data_in(text) == []


def test_both_kinds_are_named():
    text = "999999199001011234，13800138000"

    assert personal_data_in(text) == [Kind.IDENTITY, Kind.MOBILE]


def test_text_with_a_mobile_number_is_refused():
    with pytest.raises(ValidationError, match="手机号码"):
        refuse_personal_data("13800138000")


def test_text_with_an_identity_number_is_refused():
    with pytest.raises(ValidationError, match="身份证号"):
        refuse_personal_data("99999919900101123X")


def test_text_without_either_is_accepted():
    refuse_personal_data("周六上午需要20人")
