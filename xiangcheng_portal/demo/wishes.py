"""Demonstration micro-wishes: open ones, one being brought, one come true."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from communities.actions.wish_claims import claim_wish, deliver_wish_claim
from communities.actions.wishes import confirm_wish, create_wish, publish_wish
from communities.models import Community, Organization, Wish
from xiangcheng_portal.demo.people import COMMUNITY, UNIT

Category = Wish.Category
# Category, wish, words, days until it is wanted (None: no day).
OPEN = [
    (Category.GOODS, "一副老花镜", "看报用，250 度左右。", 30),
    (Category.HELP, "擦一次高处的玻璃", "老人够不着，希望周末有人帮忙。", 14),
    (Category.COMPANY, "陪孩子读一个下午的书", "一年级，喜欢恐龙。", None),
    (Category.SKILL, "教会用手机挂号", "想自己学会，慢慢教就好。", 21),
]
CLAIMED_BY_UNIT = (Category.GOODS, "一台收音机", "能收戏曲台的。", 10)
CLAIMED_BY_PERSON = (Category.HELP, "修一把摇椅", "藤条松了。", 12)
COME_TRUE = (Category.GOODS, "一套水彩笔", "孩子参加社区画展用。", 7)
DRAFT = (Category.COMPANY, "一起包一次饺子", "冬至那天。", 29)


def make_wishes(*, sign_ins: dict[str, User], today: date) -> None:
    """Wishes of the demonstration community in the states people meet."""
    community, unit = sign_ins["community"], sign_ins["unit"]
    own = Organization.objects.roots_of_unit(UNIT).get()
    _wish(DRAFT, community, today)
    for words in OPEN:
        _published(words, community, today)
    _claimed(CLAIMED_BY_UNIT, community, today, by=unit, organization=own)
    _claimed(CLAIMED_BY_PERSON, community, today, by=sign_ins["volunteer"])
    wish = _claimed(COME_TRUE, community, today, by=unit, organization=own)
    deliver_wish_claim(claim=wish.claims.get(), by=unit)
    confirm_wish(wish=wish, by=community, now=timezone.now())


def _wish(words: tuple, by: User, today: date) -> Wish:
    category, title, text, days = words
    return create_wish(
        wish=Wish(
            community=Community.objects.get(name=COMMUNITY),
            category=category,
            title=title,
            text=text,
            wanted_by=None if days is None else today + timedelta(days=days),
        ),
        by=by,
        today=today,
    )


def _published(words: tuple, by: User, today: date) -> Wish:
    return publish_wish(wish=_wish(words, by, today), by=by, now=timezone.now())


def _claimed(
    words: tuple,
    community: User,
    today: date,
    *,
    by: User,
    organization: Organization | None = None,
) -> Wish:
    wish = _published(words, community, today)
    claim_wish(wish=wish, by=by, now=timezone.now(), organization=organization)
    return wish
