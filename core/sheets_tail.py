"""What stands below the last row of a table: notes, signatures, stamps and dates."""

import re
from collections.abc import Collection, Mapping, Sequence
from enum import Enum

# Texts come in the form of core.text.normalize_name: half-width, without blanks.
_SIGNED = r"(\(?(签字|签名|盖章|签章|公章|章)\)?)?"
NOTE = re.compile(
    r"((备注|注|说明|填表说明|填表须知|单位盖章|\(盖章\)|联系人|联系电话|"
    r"(填表|填报|制表|审核|经办)(人|单位|日期|时间)|负责人)"
    rf"{_SIGNED})(\d*[:(].*|$)"
)
_SIGNATURE = re.compile(
    r"((填表|填报|制表|报送|上报|汇总|审核|审批|复核|校对|经办|签发|印发)"
    r"(人|单位|部门|日期|时间)?|"
    r"(单位|部门|党组织|主要|分管|主管|填表|审核)*(负责人|领导|书记)|"
    r"附件?|附注|抄送|抄报|主送|印章|盖章|签字|签名|落款|日期|时间|联系方式|联系人及电话)"
    rf"{_SIGNED}(\d*[:(].*|$)"
)
_STAMP = re.compile(r".{0,30}(盖章|公章|签字|签章).{0,30}")
_DIGITS = "0-9\u3007零一二三四五六七八九十x×*_"
_DATE = re.compile(
    rf"((填报|填表|制表)?(日期|时间):)?"
    rf"([{_DIGITS}]{{0,4}}年[{_DIGITS}]{{0,3}}月([{_DIGITS}]{{0,3}}日)?|"
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2})"
)
_NUMBERED = re.compile(r"\(?\d{1,2}[),.:].+")
_ISSUER = re.compile(r".*(委|办|委员会|办公室|政府|局|会|部|中心|小组|指挥部|机关)")
_LONG = 30  # no name is longer, so it goes on with the note above


class Line(Enum):
    """What a line below the header is by its look."""

    BLANK = "blank"
    DATA = "data"
    NOTE = "note"
    DATE = "date"
    ISSUER = "issuer"
    CONTINUED = "continued"


def look_of(filled: Mapping[int, str], required: Collection[int]) -> Line:
    """Return what a line is, by its filled cells and the columns that make a row.

    `filled` maps columns to texts in comparable form.
    """
    texts = list(filled.values())
    lead = filled[min(filled)]
    names = [filled[column] for column in required if column in filled]
    if len(names) == len(required) and not any(map(_is_signed, names)):
        return Line.DATA
    if all(map(_DATE.fullmatch, texts)):
        return Line.DATE
    if _is_signed(lead):
        return Line.NOTE
    alone = all(map(_DATE.fullmatch, texts[1:]))
    outside = min(filled) not in required or lead.startswith("中共")
    if alone and outside and _ISSUER.fullmatch(lead):
        return Line.DATE if len(texts) > 1 else Line.ISSUER
    if len(texts) == 1 and (_NUMBERED.fullmatch(lead) or len(lead) > _LONG):
        return Line.CONTINUED
    return Line.DATA


def tail_start(looks: Sequence[Line]) -> int:
    """Return where the tail of a table begins; its length when there is none.

    An issuer belongs to it only above its date, a numbered or long line only below a
    note: anything else may be a row that somebody filled in badly.
    """
    start, below = len(looks), Line.BLANK
    for index in reversed(range(len(looks))):
        look = looks[index]
        if look is Line.BLANK:
            continue
        if look is Line.DATA:
            break
        if look is Line.ISSUER and below not in (Line.DATE, Line.ISSUER):
            break
        if look is not Line.CONTINUED:
            start = index
        below = look
    return start


def _is_signed(text: str) -> bool:
    return bool(NOTE.match(text) or _SIGNATURE.match(text) or _STAMP.fullmatch(text))
