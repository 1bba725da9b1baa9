"""The words of kinds: the portal's own, or what the office wrote instead.

What the office writes is checked when it is saved, and looked at again when it is used:
a text that cannot be filled gives way to the portal's own, so that sending never stops.
"""

import logging
import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import KindText
from accounts.notifications.kinds import Placeholder, Text, kind_of
from core.errors import RuleError
from core.text import clean_text

logger = logging.getLogger(__name__)
LONGEST_TITLE = 120
LONGEST_BODY = 1000
# A name in its brackets, or whatever else follows a percent sign.
_MARK = re.compile(r"%(?:\((?P<name>[^()]*)\)(?P<conversion>.?)|.?)", re.S)
# A placeholder in the brackets of another tongue, or without its percent sign.
_ALIKE = re.compile(r"\uff05?[({（\uff5b]\s*(?P<name>[A-Za-z_]+)\s*[)}）\uff5d][a-z]?")
Words = tuple[str, str]


class TextRefused(RuleError):
    """The text cannot be used; says which part and what is allowed."""


def words_of(code: str, variant: str = "") -> Words:
    """Title and body of a kind, with %(name)s for what is filled in; one query.

    Look them up once for all the people who are told the same.
    """
    kind = kind_of(code)
    text = kind.texts[variant]
    return words_in(text, KindText.objects.filter(kind=code, variant=variant).first())


def own_words(text: Text) -> Words:
    """The words as the portal writes them."""
    return str(text.title), str(text.body)


def fill(words: Words, values: Mapping[str, object]) -> Words:
    """Title and body with the values in their places."""
    title, body = words
    return title % values, body % values


def filled_with_samples(text: Text, words: Words) -> Words:
    """Title and body as an invented message would have them."""
    samples = {name: held.sample for name, held in text.placeholders.items()}
    return fill(words, samples)


def words_in(text: Text, own: KindText | None) -> Words:
    """What the office wrote, where it can be filled; empty is the portal's own."""
    title, body = own_words(text)
    if own is None:
        return title, body
    try:
        return (
            checked_title(text, own.title) if own.title else title,
            checked_body(text, own.body) if own.body else body,
        )
    except TextRefused as error:
        logger.warning("text %s is not used: %s", own, error)
        return title, body


def checked_title(text: Text, title: str) -> str:
    """The title as it may be stored. Raises TextRefused."""
    title = _checked(text, title, multiline=False)
    samples = {name: held.sample for name, held in text.placeholders.items()}
    if max(len(title), len(title % samples)) > LONGEST_TITLE:
        raise TextRefused(
            _("标题填入内容后不能超过 %(most)d 个字。") % {"most": LONGEST_TITLE}
        )
    return title


def checked_body(text: Text, body: str) -> str:
    """The body as it may be stored. Raises TextRefused."""
    body = _checked(text, body, multiline=True)
    if len(body) > LONGEST_BODY:
        raise TextRefused(_("正文不能超过 %(most)d 个字。") % {"most": LONGEST_BODY})
    return body


def _checked(text: Text, words: str, *, multiline: bool) -> str:
    try:
        words = clean_text(words, multiline=multiline)
    except ValidationError as error:
        raise TextRefused(error.messages[0]) from error
    for mark in _MARK.finditer(words):
        _check_mark(text, mark)
    for alike in _ALIKE.finditer(_MARK.sub(" ", words)):
        if alike["name"] in text.placeholders or "{" in alike[0]:
            raise _refusal(text, _("占位符“%(mark)s”的写法不对。"), mark=alike[0])
    return words


def _check_mark(text: Text, mark: re.Match) -> None:
    """Refuse a percent sign that is no placeholder of this text."""
    name = mark["name"]
    if name is None:
        words = _("“%(mark)s”不是占位符，百分号请写成“百分之”。")
        raise _refusal(text, words, mark=mark[0])
    held = text.placeholders.get(name)
    if held is None:
        raise _refusal(text, _("没有名为“%(name)s”的占位符。"), name=name)
    if not mark["conversion"] or mark["conversion"] not in conversions(held):
        raise _refusal(text, _("占位符“%(mark)s”的写法不对。"), mark=mark[0])


def _refusal(text: Text, words: str, **values: str) -> TextRefused:
    """The refusal, with all that is allowed."""
    marks = "、".join(marks_of(text))
    allowed = _("可用的占位符：%(marks)s。") % {"marks": marks}
    return TextRefused(words % values + allowed)


def conversions(placeholder: Placeholder) -> str:
    """The letters that may end it: d for numbers only."""
    return "ds" if isinstance(placeholder.sample, int) else "s"


def marks_of(text: Text) -> dict[str, Placeholder]:
    """Each placeholder as it is written in the text."""
    return {
        f"%({name}){conversions(held)[0]}": held
        for name, held in text.placeholders.items()
    }


def check_words(code: str, variant: str, *, title: str, body: str) -> Words:
    """Title and body as they may be stored; empty ones stand for the portal's own.

    Raises TextRefused, and LookupError for a kind or variant without words.
    """
    text = kind_of(code).texts[variant]
    title, body = checked_title(text, title), checked_body(text, body)
    own_title, own_body = own_words(text)
    return "" if title == own_title else title, "" if body == own_body else body
