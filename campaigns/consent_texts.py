"""What people shown in honours and stories agree to, as data with versions.

A version never changes once somebody has signed it: to mend a word, add a version and
name it in settings.SHOWN_CONSENT_VERSION. Each consent keeps the version it was given
for. The texts are what people sign, so they are not translated.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConsentText:
    """The four things a person agrees to, each in a sentence or two."""

    shown: str
    where: str
    how_long: str
    take_back: str


CONSENT_TEXTS = {
    "2026-11": ConsentText(
        shown=(
            "文字中写到的我（我的家人）和事迹，以及经我看过的照片。"
            "不写电话、身份证号和门牌地址。"
        ),
        where=(
            "本平台的公开网页，任何人都可以看到；以及区里的工作台账。"
            "不转给商业机构，不用于广告，不用于对个人的考核。"
        ),
        how_long="从发布之日起，到我收回同意或者内容撤下为止。",
        take_back=(
            "我可以随时收回同意，不用说明理由，也不会有任何影响。"
            "打开回执上的网址即可自己收回，内容立即从公开网页上隐藏；"
            "也可以告诉社区或者登记的单位，由他们当场办理。"
        ),
    ),
}


def consent_text(version: str) -> ConsentText:
    """The text of a version. Raises KeyError for one that never was."""
    return CONSENT_TEXTS[version]
