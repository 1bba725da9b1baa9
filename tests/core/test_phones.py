import pytest
from django.core.exceptions import ValidationError

from core.phones import local_phone, mask_phone, normalize_phone


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "138\u20140013\u20148000",
        "+86 138 0013 8000",
        "0086 13800138000",
        "008613800138000",
        "".join(chr(0xFF10 + int(digit)) for digit in "13800138000"),
        "＋86 138 0013 8000",
        "13800138000.0",
        "\u300013800138000 ",
    ],
)
def test_normalize_phone_of_one_number_is_the_same(written):
    assert normalize_phone(written) == "+8613800138000"


@pytest.mark.parametrize("number", ["13800000031", "13800009999", "13900000000"])
def test_normalize_phone_takes_the_demonstration_range(number):
    assert normalize_phone(number) == f"+86{number}"


def test_normalize_phone_takes_a_mobile_range_that_the_metadata_does_not_know():
    assert normalize_phone("14000001234") == "+8614000001234"


def test_normalize_phone_takes_a_landline_with_area_code():
    assert normalize_phone("0596-2023456") == "+865962023456"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "无",
        "1380013800",
        "138001380001",
        "1.38E+10",
        "13800138000/13900139000",
        "13800138000、13900139000",
        "138001380AB",
        "13800138000转8",
        "12345",
        "13800138000.5",
        "\x0013800138000",
        "9" * 400,
    ],
)
def test_normalize_phone_of_anything_else_is_refused(wrong):
    with pytest.raises(ValidationError, match="请输入有效的电话号码"):
        normalize_phone(wrong)


def test_local_phone_is_what_is_dialled_in_china():
    assert local_phone("+8613800138000") == "13800138000"
    assert local_phone("+865962023456") == "05962023456"
    assert local_phone("+85221234567") == "+85221234567"


def test_mask_phone_hides_the_middle():
    assert mask_phone("+8613812345678") == "138****5678"
    assert mask_phone("+865962023456") == "059****3456"
    assert mask_phone("") == ""
