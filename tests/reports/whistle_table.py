"""A small district's whistles with every moment written down, and what they count.

National Day 2026: offices are closed from 1 to 7 October and open on Saturday the
10th, a make-up day. They work 08:00-12:00 and 14:30-17:30.
"""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from campaigns.actions.whistle_answers import (
    accept_whistle,
    deliver_whistle,
    return_whistle,
)
from campaigns.actions.whistle_dispatch import dispatch_whistle, merge_whistle
from campaigns.actions.whistles import (
    issue_whistle,
    rate_whistle,
    reopen_whistle,
    withdraw_whistle,
)
from campaigns.models import WhistleCategory
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    OrganizationFactory,
    PairingFactory,
    SubdistrictFactory,
)
from tests.factories.whistles import (
    IssuedWhistleFactory,
    WhistleFactory,
    WhistleResponseFactory,
)

BEIJING = ZoneInfo("Asia/Shanghai")
COUNTED = [
    "due",
    "in_time",
    "closed",
    "on_time",
    "rated",
    "solved",
    "satisfied",
    "unrated",
]


def at(text):
    """ "10-08 15:30" of 2026 in Beijing."""
    form = "%Y-%m-%d %H:%M:%S" if text.count(":") == 2 else "%Y-%m-%d %H:%M"
    return datetime.strptime(f"2026-{text}", form).replace(tzinfo=BEIJING)


AS_OF = at("10-20 12:00")
# The two months as days, the way reports are asked for them.
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
IN_SEPTEMBER = {"starts_on": SEPTEMBER, "ends_on": date(2026, 9, 30)}
IN_OCTOBER = {"starts_on": OCTOBER, "ends_on": date(2026, 10, 31)}

# Name, community, category, state, end, resolution, satisfied.
WHISTLES = """
plain      甲 环境卫生 closed     09-30_16:00    solved  yes
# The last second of September in Beijing (still 15:59 in London); nobody rated it.
september  甲 设施维修 closed     09-30_23:59:59 -       -
# The first moment of October.
october    乙 环境卫生 closed     10-01_00:00    solved  no
silent     乙 设施维修 dispatched -              -       -
fresh      乙 环境卫生 dispatched -              -       -
early      丙 环境卫生 handling   -              -       -
# Two units, one of them late: late as a whole.
joint      丙 环境卫生 closed     10-14_10:00    not     no
released   乙 环境卫生 closed     10-19_17:30    -       -
waiting    丙 环境卫生 delivered  -              -       -
"""

# Whistle, unit, state, due for an answer, accepted, delivered (! late).
RESPONSES = """
plain      一局 delivered 09-28_17:30 09-28_10:00 09-29_10:00
# Accepted a minute too late, delivered in time.
september  一局 delivered 09-29_12:00 09-29_12:01 09-30_09:00
october    二局 delivered 09-29_17:30 09-29_17:30 09-30_09:00
# Never answered, and overdue.
silent     二局 asked     10-09_12:00 -           -
# Asked, but not due: counts nowhere.
fresh      三局 asked     10-20_17:30 -           -
# Accepted before it was due, which is after the day of the figures: it counts.
early      一局 handling  10-21_10:00 10-20_11:00 -
joint      二局 delivered 10-09_17:30 10-09_09:00 10-12_10:00
joint      三局 delivered 10-09_17:30 10-10_09:00 10-13_10:00!
# Released before it was due: never due. Released when the time had run out: due.
released   一局 released  -           -           -
released   三局 released  10-09_10:00 -           -
released   二局 delivered 10-12_17:30 10-12_10:00 10-13_10:00
waiting    二局 delivered 10-13_17:30 10-13_10:00 10-14_10:00
"""

# Four more are brought about by what people do, see `_act`:
#   late      甲 环境卫生: 一局, accepted at the last moment, the week off in between;
#             reopened once, delivered again a minute late; partly solved, satisfied
#   returned  丙 设施维修: 三局 returns it in time, 一局 does it; solved, satisfied
#   withdrawn 丙 设施维修: 二局 had accepted it; leaves both sides
#   merged    甲 环境卫生: 二局 let its time run out; leaves both sides

# What the table says: figures in the order of COUNTED.
EXPECTED = {
    "unit": {
        "一局": [5, 4, 4, 3, 3, 2, 3, 1],
        "二局": [5, 4, 3, 3, 2, 1, 0, 1],
        "三局": [2, 0, 1, 0, 1, 0, 0, 0],
    },
    "street": {
        "东街": [7, 4, 5, 4, 3, 2, 2, 2],
        "西街": [5, 4, 2, 1, 2, 1, 1, 0],
    },
    "community": {
        "甲": [3, 2, 3, 2, 2, 1, 2, 1],
        "乙": [4, 2, 2, 2, 1, 1, 0, 1],
        "丙": [5, 4, 2, 1, 2, 1, 1, 0],
    },
    "category": {
        "环境卫生": [9, 7, 5, 3, 4, 2, 2, 1],
        "设施维修": [3, 1, 2, 2, 1, 1, 1, 1],
    },
    "month": {
        "2026年10月": [9, 6, 5, 3, 4, 2, 2, 1],
        "2026年9月": [3, 2, 2, 2, 1, 1, 1, 1],
    },
}
TOTAL = [12, 8, 7, 5, 5, 3, 3, 2]


def build():
    """The district with all of it in; units, streets and communities by name."""
    east, west = (SubdistrictFactory(name=name) for name in ("东街", "西街"))
    streets = {"甲": east, "乙": east, "丙": west}
    world = SimpleNamespace(
        streets={"东街": east, "西街": west},
        units={
            name: OrganizationFactory(name=name) for name in ("一局", "二局", "三局")
        },
        communities={
            name: CommunityFactory(name=name, subdistrict=street)
            for name, street in streets.items()
        },
        whistles={},
    )
    for line in _lines(WHISTLES):
        _add_whistle(world, *line)
    for line in _lines(RESPONSES):
        _add_response(world, *line)
    _act(world)
    return world


def _lines(table):
    rows = [line for line in table.strip().splitlines() if not line.startswith("#")]
    return [line.split() for line in rows]


def _moment(text):
    return None if text == "-" else at(text.strip("!").replace("_", " "))


def _add_whistle(world, name, community, category, state, end, resolution, satisfied):
    is_rated = resolution != "-"
    world.whistles[name] = IssuedWhistleFactory(
        title=name,
        community=world.communities[community],
        category=WhistleCategory.objects.get(title=category),
        state=state,
        issued_at=at("09-28 08:00"),
        ended_at=_moment(end),
        resolution=resolution if is_rated else "",
        is_satisfied=(satisfied == "yes") if is_rated else None,
        rated_at=_moment(end) if is_rated else None,
    )


def _add_response(world, whistle, unit, state, due, accepted, delivered):
    is_asked = state == "asked"
    WhistleResponseFactory(
        whistle=world.whistles[whistle],
        organization=world.units[unit],
        state=state,
        asked_at=at("09-28 08:00"),
        due_at=_moment(due) if is_asked else None,
        clock_started_at=at("09-28 08:00") if is_asked else None,
        accept_due_at=None if is_asked else _moment(due),
        accepted_at=_moment(accepted),
        delivered_at=_moment(delivered),
        delivered_late=delivered.endswith("!"),
    )


def _act(world):
    """The rest of the table, by the deeds themselves and the clocks they run."""
    by, units = UserFactory(), world.units
    done = {"by": by}
    said = {"text": "示例", "photos": [], **done}
    why = {"reason": "示例", **done}
    yes = {"is_satisfied": True, "text": "", **done}
    paired = {"甲": "一局", "丙": "二局"}
    for community, unit in paired.items():
        place = world.communities[community]
        PairingFactory(community=place, organization=units[unit])

    late = _draft(world, "late", "甲", "环境卫生", wanted_by=date(2026, 10, 9))
    issue_whistle(
        whistle=late, organization=units["一局"], now=at("09-30 15:30"), **done
    )
    answer = late.responses.get()
    # Two hours on the last day before the week off, five on the first day after it.
    accept_whistle(response=answer, now=at("10-08 15:30"), **done)
    deliver_whistle(response=answer, now=at("10-09 10:00"), **said)
    # Five hours were left; one working day is the least: to Saturday 16:00.
    reopen_whistle(whistle=late, now=at("10-09 16:00"), **why)
    deliver_whistle(response=answer, now=at("10-10 16:01"), **said)
    rate_whistle(whistle=late, resolution="partly", now=at("10-12 09:00"), **yes)

    returned = _draft(world, "returned", "丙", "设施维修")
    issue_whistle(whistle=returned, now=at("10-08 08:00"), **done)
    first = _dispatch(returned, units["三局"], at("10-08 09:00"), by)
    return_whistle(response=first, now=at("10-08 16:00"), **why)
    second = _dispatch(returned, units["一局"], at("10-08 17:00"), by)
    accept_whistle(response=second, now=at("10-09 09:00"), **done)
    deliver_whistle(response=second, now=at("10-12 10:00"), **said)
    rate_whistle(whistle=returned, resolution="solved", now=at("10-13 10:00"), **yes)

    withdrawn = _draft(world, "withdrawn", "丙", "设施维修")
    issue_whistle(
        whistle=withdrawn, organization=units["二局"], now=at("10-09 09:00"), **done
    )
    accept_whistle(response=withdrawn.responses.get(), now=at("10-09 10:00"), **done)
    withdraw_whistle(whistle=withdrawn, now=at("10-12 09:00"), **why)

    merged = _draft(world, "merged", "甲", "环境卫生")
    issue_whistle(whistle=merged, now=at("10-09 09:00"), **done)
    _dispatch(merged, units["二局"], at("10-09 10:00"), by)
    into = world.whistles["silent"]
    merge_whistle(whistle=merged, into=into, now=at("10-13 10:00"), **why)


def _draft(world, name, community, category, **values):
    return WhistleFactory(
        title=name,
        community=world.communities[community],
        category=WhistleCategory.objects.get(title=category),
        **values,
    )


def _dispatch(whistle, unit, now, by):
    [response] = dispatch_whistle(
        whistle=whistle, organizations=[unit], note="", by=by, now=now
    )
    return response
