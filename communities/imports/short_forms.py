"""Short forms of the names of units: 区住建局 for 芗城区住房和城乡建设局.

All texts here are keys, in the form of core.text.normalize_name.
"""

import re
from collections.abc import Callable

from django.conf import settings

from core.text import normalize_name

# What everybody calls these bodies, by what stands on their seals. Longer ones first.
_CALLED = [
    ("中国共产党", ""),
    ("中国共产主义青年团", "团"),
    ("共青团", "团"),
    ("纪律检查委员会", "纪委"),
    ("监察委员会", "监委"),
    ("人民代表大会", "人大"),
    ("常务委员会", "常委会"),
    ("机构编制委员会办公室", "编办"),
    ("巡察工作领导小组办公室", "巡察办"),
    ("统一战线工作部", "统战部"),
    ("归国华侨联合会", "侨联"),
    ("文学艺术界联合会", "文联"),
    ("工商业联合会", "工商联"),
    ("残疾人联合会", "残联"),
    ("妇女联合会", "妇联"),
    ("科学技术协会", "科协"),
    ("人民政府", "政府"),
    ("委员会", "委"),
    ("办公室", "办"),
]
_PARTY_BODY = re.compile(r"(机关|直属)?(党组|党委|党总支|总支|党支部|支部)(委员会)?$")
# What a name must hold besides these to say which unit is meant.
_ANY_UNIT = re.compile(
    r"(局|分局|部|委|办|会|院|校|馆|社|站|队|大队|处|科|中心|服务中心|公司|机关|"
    r"事务|管理|工作|服务|建设)+"
)
_LEAST_SHARE = 0.6


def called(key: str) -> str:
    """Return what a unit is called: without the district before it, and shortened."""
    for name, short in _CALLED:
        key = key.replace(name, short)
    return _without_district(key).removesuffix("机关")


def without_party_body(key: str) -> str:
    """Return the unit in the name of its party body: 区教育局 of 区教育局党组."""
    return _PARTY_BODY.sub("", key)


def fits(short: str) -> list[Callable[[str], bool]]:
    """Return the ways in which a called name may stand for a longer one, best first.

    The longer name holds it at its beginning or end; or letter by letter, both
    beginning and ending alike; or is itself the slightly shorter of the two.
    """
    if len(short) < 2 or _ANY_UNIT.fullmatch(short):
        return []
    return [
        lambda name: name.startswith(short) or name.endswith(short),
        lambda name: _is_drawn_from(short, name),
        lambda name: (
            len(name) >= _LEAST_SHARE * len(short) and _is_drawn_from(name, short)
        ),
    ]


def _is_drawn_from(short: str, name: str) -> bool:
    letters = iter(name)
    return (
        short[:1] == name[:1]
        and short[-1:] == name[-1:]
        and all(letter in letters for letter in short)
    )


def _without_district(key: str) -> str:
    """Without 芗城区, 芗城 or 区 before it; another district or the city stays."""
    district = normalize_name(settings.DISTRICT_NAME)
    key = key.removeprefix("中共").replace(f"漳州市{district}", district)
    key = key.replace(district, district[-1])
    for before in (district[:-1], district[-1]):
        rest = key.removeprefix(before)
        if rest != key and len(rest) > 1:
            return rest
    return key
