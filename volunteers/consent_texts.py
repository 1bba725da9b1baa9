"""What guardians of people of 14 to 17 agree to, as data with versions.

A version never changes once somebody has agreed to it: to mend a word, add a version
and name it in settings.GUARDIAN_CONSENT_VERSION. Each consent keeps the version it was
given for. The texts are what people agree to, so they are not translated.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class GuardianText:
    """The four things a guardian agrees to, each in a sentence or two."""

    what: str
    limits: str
    data: str
    take_back: str


GUARDIAN_TEXTS = {
    "2026-11": GuardianText(
        what=(
            "孩子（14至17周岁）可以在本平台自愿报名参加志愿服务活动，"
            "到现场签到、签退，并得到自己的服务时长和证明。"
        ),
        limits=(
            "未满18周岁不能报名夜间（22时至次日6时）的班次和有风险的活动，"
            "平台会自动拦下。每次参加都由孩子自己决定，不与任何评价挂钩；"
            "活动的安全由组织活动的单位负责。"
        ),
        data=(
            "平台使用孩子的姓名、手机号或邮箱、年龄段、居住社区和报名记录，"
            "只为了组织这些活动；您只留下姓名，用来记录是谁同意的。"
            "不收集身份证号、家庭住址和健康信息，不公开，不转给商业机构。"
        ),
        take_back=(
            "您可以随时用同一个网址撤回同意，不用说明理由。"
            "撤回后，孩子尚未开始的报名会自动取消，已有的服务记录保留；"
            "以后不能再报名，除非您重新同意。"
        ),
    ),
}


def guardian_text(version: str) -> GuardianText:
    """The text of a version. Raises KeyError for one that never was."""
    return GUARDIAN_TEXTS[version]
