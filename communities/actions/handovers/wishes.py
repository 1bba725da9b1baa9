"""Micro-wishes and their claims: what is not over goes on with the successor.

What came true, was withdrawn or ran out stays under the old name.
"""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.actions.handovers.base import Handover, Held, Node, chosen
from communities.models import Community, Organization, Wish, WishClaim
from core import audit
from core.dates import day_text


class WishHandover(Handover):
    """A community's drafts, open wishes and those in somebody's hands."""

    name = "wishes"
    label = gettext_lazy("微心愿")
    node_models = (Community,)

    def held(self, node: Community, *, on: date, to: Community | None) -> list[Held]:
        return [_held(wish, wish.pk, to, on) for wish in _wishes(node)]

    def kept(self, node: Community, *, on: date) -> int:
        return node.wishes.filter(state__in=Wish.FINAL_STATES).count()

    def move(
        self,
        node: Community,
        to: Community,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        wishes = chosen(_wishes(node).select_for_update(of=("self",)), keys)
        for wish in wishes:
            wish.community = to
            wish.save(update_fields=["community"])
            audit.record(
                "communities.wish_changed", target=wish, by=by, community=str(to)
            )
        return len(wishes)


class WishClaimHandover(Handover):
    """Wishes that an organisation has in hand or that wait for confirmation."""

    name = "wish_claims"
    label = gettext_lazy("认领的微心愿")
    node_models = (Organization,)

    def held(
        self, node: Organization, *, on: date, to: Organization | None
    ) -> list[Held]:
        return [_held(claim.wish, claim.pk, to, on) for claim in _claims(node)]

    def kept(self, node: Organization, *, on: date) -> int:
        live = _claims(node).order_by().values("pk")
        return node.wish_claims.exclude(pk__in=live).count()

    def move(
        self,
        node: Organization,
        to: Organization,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        ids = _claims(node).order_by().values("wish_id")
        list(Wish.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        claims = chosen(_claims(node).select_for_update(of=("self",)), keys)
        for claim in claims:
            claim.organization = to
            claim.save(update_fields=["organization"])
            audit.record(
                "communities.wish_claim_changed",
                target=claim,
                by=by,
                instead_of=str(node),
            )
        return len(claims)


def _wishes(community: Community) -> models.QuerySet:
    return community.wishes.exclude(state__in=Wish.FINAL_STATES).order_by("pk")


def _claims(organization: Organization) -> models.QuerySet:
    """Live claims on wishes that are not over, in the order their wishes lock."""
    return (
        organization.wish_claims.exclude(state=WishClaim.State.WITHDRAWN)
        .exclude(wish__state__in=Wish.FINAL_STATES)
        .select_related("wish")
        .order_by("wish_id", "pk")
    )


def _held(wish: Wish, key: int, to: Node | None, on: date) -> Held:
    text = _("%(wish)s（%(state)s）") % {
        "wish": wish.title,
        "state": wish.get_state_display(),
    }
    words = {"day": day_text(on), "name": to.name if to else ""}
    outcome = _("自%(day)s起由%(name)s承接") if to else _("自%(day)s起承接")
    return Held(str(key), text, outcome % words, wish.get_absolute_url())
