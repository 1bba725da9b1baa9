"""A small district that blows whistles, and by hand who may do what in it.

What stands here is written down once more, past campaigns/rules.py and the policy, so
that a fault in either shows.
"""

from dataclasses import dataclass, field
from datetime import date

from campaigns.models import WhistleCategory, WhistleEntry
from campaigns.rules import Deed, Side
from tests.communities.trees import branch, committee
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    PairingFactory,
    SubdistrictFactory,
)

SIDE_OF = {
    **dict.fromkeys(
        (Deed.EDIT, Deed.ISSUE, Deed.WITHDRAW, Deed.VERIFY, Deed.REOPEN, Deed.RATE),
        Side.COMMUNITY,
    ),
    Deed.ANSWER_EXTENSION: Side.COMMUNITY,
    **dict.fromkeys(
        (Deed.DISPATCH, Deed.SEND_BACK, Deed.MERGE, Deed.RELEASE), Side.DISPATCHER
    ),
    **dict.fromkeys(
        (Deed.ACCEPT, Deed.RETURN, Deed.LOG, Deed.ASK_EXTENSION), Side.UNIT
    ),
    **dict.fromkeys((Deed.ASK_PEOPLE, Deed.DELIVER), Side.UNIT),
}
OF_RESPONSE = {
    Deed.ANSWER_EXTENSION,
    Deed.RELEASE,
    *(deed for deed, side in SIDE_OF.items() if side == Side.UNIT),
}
Kind = WhistleEntry.Kind
# Which lines of the log a deed writes; None is the clock.
KINDS_OF = {
    Deed.EDIT: set(),
    Deed.ISSUE: {Kind.ISSUED, Kind.REISSUED},
    Deed.WITHDRAW: {Kind.WITHDRAWN},
    Deed.VERIFY: {Kind.VERIFIED},
    Deed.REOPEN: {Kind.REOPENED},
    Deed.RATE: {Kind.RATED},
    Deed.ANSWER_EXTENSION: {Kind.EXTENSION_GRANTED, Kind.EXTENSION_REFUSED},
    Deed.DISPATCH: {Kind.DISPATCHED},
    Deed.SEND_BACK: {Kind.SENT_BACK},
    Deed.MERGE: {Kind.MERGED, Kind.TOOK_IN},
    Deed.RELEASE: {Kind.RELEASED},
    Deed.ACCEPT: {Kind.ACCEPTED},
    Deed.RETURN: {Kind.RETURNED},
    Deed.LOG: {Kind.LOGGED},
    Deed.ASK_EXTENSION: {Kind.EXTENSION_ASKED},
    Deed.ASK_PEOPLE: {Kind.PEOPLE_ASKED},
    Deed.DELIVER: {Kind.DELIVERED},
    None: {Kind.OVERDUE, Kind.UNRATED},
}


@dataclass(eq=False, repr=False)
class Person:
    """Somebody, and what they answer for: ids of communities or organisations."""

    name: str
    user: object
    blows: set[int] = field(default_factory=set)
    dispatches: set[int] = field(default_factory=set)
    answers: set[int] = field(default_factory=set)
    sees: set[int] = field(default_factory=set)

    def __repr__(self):
        return self.name

    def is_on(self, side, whistle, response=None):
        """Whether they act for that side of the whistle."""
        if side == Side.UNIT:
            return response is not None and response.organization_id in self.answers
        held = self.blows if side == Side.COMMUNITY else self.dispatches
        return whistle.community_id in held

    def can_see(self, whistle):
        """Never blown: its community; else who looks after the place, or was asked."""
        if whistle.community_id in self.blows:
            return True
        asked = {row.organization_id for row in whistle.responses.all()}
        seen = whistle.community_id in self.sees | self.dispatches
        return whistle.number is not None and bool(seen or asked & self.answers)


class District:
    """Two streets, three communities, three units, and one person of every kind."""

    def __init__(self):
        street, town = SubdistrictFactory.create_batch(2)
        self.near, self.next = CommunityFactory.create_batch(2, subdistrict=street)
        self.far = CommunityFactory(subdistrict=town)
        self.communities = [self.near, self.next, self.far]
        above = committee()
        below = branch(above)
        other = committee(above.parent)
        self.units = [above, below, other]
        pairs = [(below, self.near), (other, self.near), (above, self.next)]
        for unit, community in [*pairs, (other, self.far)]:
            PairingFactory(organization=unit, community=community)
        self.activities = {
            unit.pk: ActivityFactory.create_batch(2, organization=unit)
            for unit in self.units
        }
        self.category = WhistleCategory.objects.first()
        self.people = self._people(street, town, above, below, other)

    def _people(self, street, town, above, below, other):
        near, nigh, far = (row.pk for row in self.communities)
        everywhere = {near, nigh, far}
        both = _person("unit and town", "unit", {"organization": other})
        MembershipFactory(user=both.user, role="street", subdistrict=town)
        both.answers, both.dispatches = {other.pk}, {far}
        left = {"community": self.near, "ends_on": date(2026, 1, 31)}
        in_street, in_town = {"subdistrict": street}, {"subdistrict": town}
        of_above, of_below = {"organization": above}, {"organization": below}
        return [
            _person("office", "office", dispatches=everywhere),
            _person("committee", "committee", sees=everywhere),
            _person("auditor", "auditor", sees=everywhere),
            _person("street", "street", in_street, dispatches={near, nigh}),
            _person("town", "street", in_town, dispatches={far}),
            _person("near", "community", {"community": self.near}, blows={near}),
            _person("next", "community", {"community": self.next}, blows={nigh}),
            _person("far", "community", {"community": self.far}, blows={far}),
            _person("above", "unit", of_above, answers={above.pk, below.pk}),
            _person("below", "unit", of_below, answers={below.pk}),
            _person("other", "unit", {"organization": other}, answers={other.pk}),
            both,
            _person("volunteer", None),
            _person("left", "community", left),
        ]


def _person(name, role, scope=None, **reach):
    user = UserFactory()
    if role:
        MembershipFactory(user=user, role=role, **(scope or {}))
    return Person(name, user, **reach)
