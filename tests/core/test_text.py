import pytest
from django.core.exceptions import ValidationError

from core.text import clean_text, nearest, normalize_name, pinyin_of


@pytest.mark.parametrize(
    "dirty",
    [
        "张\x00三",
        "张\x07三",
        "张\x85三",
        "张\n三",
        "张\u202e三",
        "张\u2066三",
        "张\u200b三",
        "\ufeff张三",
        "张\u00ad三",
        "张\u2028三",
        "张\u3164三",
        "张\ud800三",
        "张\uffff三",
    ],
    ids=ascii,
)
def test_clean_text_with_what_cannot_be_seen_is_refused(dirty):
    with pytest.raises(ValidationError, match=r"不可见或非法的字符（U\+[0-9A-F]{4}）"):
        clean_text(dirty)


@pytest.mark.parametrize(
    "name", ["阿依古丽·买买提", "𠮷田", "葛󠄀城", "A 座", "\ue000村", "😀"]
)
def test_clean_text_with_rare_but_real_characters_keeps_them(name):
    assert clean_text(f" {name}\u3000") == name


def test_clean_text_composes_letters():
    assert clean_text("e\u0301") == "é"


def test_clean_text_multiline_keeps_lines_and_levels_line_ends():
    assert clean_text("一\r\n\t二\r三\n", multiline=True) == "一\n\t二\n三"


def test_clean_text_multiline_still_refuses_controls():
    with pytest.raises(ValidationError):
        clean_text("一\n\u202e二", multiline=True)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("挂钩社区（村）", "挂钩社区 (村)"),
        ("二○二二年", "二〇二二年"),
        ("第１党支部", "第1党支部"),
        ("联系\n电话", "联系电话"),
        ("\u30142022\u30155号", "[2022]5号"),
        ("阿依•买买提", "阿依·买买提"),
        ("“七比一看”", '"七比一看"'),
        ("\uff21BC", "abc"),
        ("东\u200b铺头", "东铺头"),
        ("薌城區總工會", "芗城区总工会"),
        ("掛鉤單位", "挂钩单位"),
        ("北鬥裡社區居民委員會", "北斗里社区居民委员会"),
    ],
)
def test_normalize_name_of_two_spellings_is_equal(left, right):
    assert normalize_name(left) == normalize_name(right)


def test_normalize_name_leaves_simplified_text_as_it_is():
    text = "区人力资源和社会保障局党总支后勤著名干部台征于"

    assert normalize_name(text) == text


def test_normalize_name_keeps_what_tells_names_apart():
    assert len({normalize_name(name) for name in ("东村", "东村委会", "东(村)")}) == 3


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("芗城区", ("xiangchengqu", "xcq")),
        ("重庆路 A3", ("chongqinglua3", "cqla3")),
        ("阿依·古丽", ("ayiguli", "aygl")),
        ("", ("", "")),
        ("!?", ("", "")),
    ],
)
def test_pinyin_of_name_is_full_and_initials(name, expected):
    assert pinyin_of(name) == expected


def test_nearest_gives_the_likest_first_and_nothing_unlike():
    choices = ["湖内社区", "北塔社区", "湖内村", "区委办公室"]

    assert nearest("湖内社 区", choices, limit=2) == ["湖内社区", "湖内村"]
    assert nearest("浦南镇", ["通北街道"]) == []
