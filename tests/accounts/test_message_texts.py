"""The office's own words: what is refused, and what happens to a broken text."""

import pytest

from accounts.models import KindText
from accounts.notifications.kinds import KINDS, kind_of
from accounts.notifications.texts import (
    TextRefused,
    check_words,
    filled_with_samples,
    own_words,
    words_of,
)

CODE = "shift_understaffed"
GOOD = {"title": "缺人：%(shift)s", "body": "还差人：%(taken)d/%(minimum)s。"}


def stored(**words):
    return KindText.objects.create(kind=CODE, **words)


@pytest.mark.django_db
def test_words_without_a_stored_text_are_the_portals():
    assert words_of(CODE) == own_words(kind_of(CODE).texts[""])


@pytest.mark.django_db
def test_words_with_a_stored_title_keep_the_portals_body():
    stored(title="缺人：%(shift)s")

    body = str(kind_of(CODE).texts[""].body)
    assert words_of(CODE) == ("缺人：%(shift)s", body)


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["%(gone)s", "%(minimum)q", "100%"])
def test_words_that_cannot_be_filled_give_way_and_are_logged(body, caplog):
    stored(title="缺人：%(shift)s", body=body)

    assert words_of(CODE) == own_words(kind_of(CODE).texts[""])
    assert "is not used" in caplog.text


def test_good_words_are_taken():
    assert check_words(CODE, "", **GOOD) == (GOOD["title"], GOOD["body"])


def test_the_portals_own_words_are_stored_as_nothing():
    title, _body = own_words(kind_of(CODE).texts[""])

    assert check_words(CODE, "", title=title, body="") == ("", "")


ALLOWED = "可用的占位符：%(shift)s、%(when)s、%(minimum)d、%(taken)d。"


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("%(place)s", f"没有名为“place”的占位符。{ALLOWED}"),
        ("%()s", f"没有名为“”的占位符。{ALLOWED}"),
        ("满 100%", f"“%”不是占位符，百分号请写成“百分之”。{ALLOWED}"),
        ("满 100%%。", f"“%%”不是占位符，百分号请写成“百分之”。{ALLOWED}"),
        ("%s", f"“%s”不是占位符，百分号请写成“百分之”。{ALLOWED}"),
        ("%(shift", f"“%(”不是占位符，百分号请写成“百分之”。{ALLOWED}"),
        ("%(shift)", f"占位符“%(shift)”的写法不对。{ALLOWED}"),
        ("%(shift)d", f"占位符“%(shift)d”的写法不对。{ALLOWED}"),
        ("%(minimum)f", f"占位符“%(minimum)f”的写法不对。{ALLOWED}"),
        ("%(shift)5s", f"占位符“%(shift)5”的写法不对。{ALLOWED}"),
        ("{shift}", f"占位符“{{shift}}”的写法不对。{ALLOWED}"),
        ("{{ 班次 }}{x}", f"占位符“{{x}}”的写法不对。{ALLOWED}"),
        ("\uff05（shift）s", f"占位符“\uff05（shift）s”的写法不对。{ALLOWED}"),
        ("(when)s", f"占位符“(when)s”的写法不对。{ALLOWED}"),
    ],
)
def test_words_with_a_wrong_placeholder_are_refused(body, refusal):
    with pytest.raises(TextRefused) as caught:
        check_words(CODE, "", title="", body=body)

    assert str(caught.value) == refusal


@pytest.mark.parametrize(
    "title",
    ["字" * 110 + "%(shift)s", "\u202e%(shift)s", "一\n二"],
    ids=["too long when filled", "bidi control", "two lines"],
)
def test_title_that_does_not_fit_is_refused(title):
    with pytest.raises(TextRefused):
        check_words(CODE, "", title=title, body="")


def test_body_that_is_too_long_is_refused():
    with pytest.raises(TextRefused):
        check_words(CODE, "", title="", body="字" * 1001)


@pytest.mark.parametrize("code", [code for code, kind in KINDS.items() if kind.texts])
def test_the_portals_own_words_pass_its_own_checks(code):
    for variant, text in kind_of(code).texts.items():
        assert check_words(code, variant, title="", body="") == ("", "")
        assert "%(" not in "".join(filled_with_samples(text, own_words(text)))
