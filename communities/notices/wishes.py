"""Messages about micro-wishes: to the other side; a person who claims is not named."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from communities.models import Wish, WishClaim
from communities.notices.telling import tell
from communities.queries.needs import officials_of_community
from communities.queries.wishes import people_of_claim


def wish_claimed(claim: WishClaim) -> None:
    """Tell the community that somebody will make it come true."""
    words = _words(claim.wish) | {"who": claimant_text(claim)}
    _tell(
        officials_of_community(claim.wish.community),
        claim,
        kind="wish_claimed",
        title=_("微心愿有人认领：%(wish)s") % words,
        body=_("%(who)s认领了“%(wish)s”，请查看并与对方联系。") % words,
    )


def wish_claim_withdrawn(claim: WishClaim, *, reason: str) -> None:
    """Tell the community that the wish is open again."""
    words = _words(claim.wish) | {"who": claimant_text(claim), "reason": reason}
    _tell(
        officials_of_community(claim.wish.community),
        claim,
        kind="wish_claim_withdrawn",
        title=_("微心愿重新开放：%(wish)s") % words,
        body=_("%(who)s放弃认领“%(wish)s”，心愿已重新开放。理由：%(reason)s") % words,
    )


def wish_delivered(claim: WishClaim) -> None:
    """Ask the community to confirm."""
    words = _words(claim.wish) | {"who": claimant_text(claim)}
    _tell(
        officials_of_community(claim.wish.community),
        claim,
        kind="wish_delivered",
        slot=claim.state_changed_at.isoformat(),
        title=_("请确认微心愿：%(wish)s") % words,
        body=_("%(who)s已送达“%(wish)s”，请确认；没有办好的可以退回。") % words,
    )


def wish_expired(wish: Wish) -> None:
    """Tell the community that nobody claimed it in time."""
    words = _words(wish)
    _tell(
        officials_of_community(wish.community),
        wish,
        kind="wish_expired",
        title=_("微心愿已过期：%(wish)s") % words,
        body=_("“%(wish)s”到期无人认领，已自动关闭。仍需要的，请重新登记。") % words,
    )


def wish_confirmed(claim: WishClaim) -> None:
    """Thank the claimant."""
    words = _words(claim.wish)
    _tell(
        people_of_claim(claim),
        claim,
        kind="wish_confirmed",
        title=_("微心愿已实现：%(wish)s") % words,
        body=_("%(community)s已确认“%(wish)s”实现，谢谢您的心意。") % words,
    )


def wish_returned(claim: WishClaim, *, reason: str) -> None:
    """Tell the claimant what is still missing."""
    words = _words(claim.wish) | {"reason": reason}
    _tell(
        people_of_claim(claim),
        claim,
        kind="wish_returned",
        slot=claim.state_changed_at.isoformat(),
        title=_("微心愿还没有办好：%(wish)s") % words,
        body=_("%(community)s退回了“%(wish)s”，请继续办理。理由：%(reason)s") % words,
    )


def wish_withdrawn(claim: WishClaim, *, reason: str) -> None:
    """Tell the claimant that it is not needed any more."""
    words = _words(claim.wish) | {"reason": reason}
    _tell(
        people_of_claim(claim),
        claim,
        kind="wish_withdrawn",
        title=_("微心愿已撤回：%(wish)s") % words,
        body=_("%(community)s撤回了“%(wish)s”，不用再办。理由：%(reason)s") % words,
    )


def wish_claim_released(claim: WishClaim, *, reason: str) -> None:
    """Tell the claimant that the community gave the wish free again."""
    words = _words(claim.wish) | {"reason": reason}
    _tell(
        people_of_claim(claim),
        claim,
        kind="wish_claim_released",
        title=_("微心愿已重新开放：%(wish)s") % words,
        body=_("%(community)s将“%(wish)s”重新开放，不用再办。理由：%(reason)s") % words,
    )


def claimant_text(claim: WishClaim) -> str:
    """The organisation by name, a person only as a kind neighbour."""
    return claim.organization.name if claim.organization else _("热心居民")


def _words(wish: Wish) -> dict[str, str]:
    return {"wish": wish.title, "community": wish.community.name}


def _tell(people: Iterable[int], target: Wish | WishClaim, **words: str) -> None:
    wish = target if isinstance(target, Wish) else target.wish
    tell(people, target, path=wish.get_absolute_url(), **words)
