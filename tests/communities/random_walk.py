"""A small district to which one thing after another happens, by the dice of a seed."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from communities.actions import apply_due_changes, plan_change, undo_change
from communities.actions.notices import withdraw_notice
from communities.actions.pairings import end_pairing, import_pairings
from communities.actions.touched import keys_to_assign
from communities.models import (
    Community,
    LeaderTerm,
    Need,
    Organization,
    Pairing,
    PairingNotice,
    RegisterChange,
)
from communities.queries.history import community_history, organization_history
from core.errors import RuleError
from tests.communities.notices import source
from tests.factories.agreements import AgreementFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    SubdistrictFactory,
    WorkingCommitteeFactory,
)
from tests.factories.leaders import (
    LeaderFactory,
    LeaderLinkFactory,
    LeaderTermFactory,
    LeadingPostFactory,
)
from tests.factories.needs import NeedClaimFactory, PublishedNeedFactory

DAY = timedelta(days=1)
FIRST = date(2026, 3, 2)
Kind, Notice = RegisterChange.Kind, PairingNotice.Kind
ORGANIZATION_FIELDS = ("name", "unit_name", "kind", "parent_id")
COMMUNITY_FIELDS = ("code", "name", "official_name", "kind", "subdistrict_id")
_ORGANIZATION_KINDS = [
    *[Kind.RENAME, Kind.MOVE, Kind.MERGE, Kind.MERGE, Kind.SPLIT],
    *[Kind.SUSPEND, Kind.RESUME, Kind.DISSOLVE],
]
_COMMUNITY_KINDS = [
    *[Kind.RENAME, Kind.MOVE, Kind.CONVERT, Kind.MERGE, Kind.MERGE, Kind.SPLIT]
]


class Walk:
    """`step` does the next thing; `done` counts what was done and what refused."""

    def __init__(self, seed, clock):
        self.dice, self.clock = Random(seed), clock
        self.today, self.number, self.done = FIRST, 0, Counter()
        self._pass_days(0)
        self.root = WorkingCommitteeFactory(name="示例工委", unit_name="示例工委")
        self.streets = SubdistrictFactory.create_batch(2)
        for street in self.streets:
            CommunityFactory.create_batch(2, subdistrict=street)
            CommunityFactory(subdistrict=street, kind=Community.Kind.VILLAGE)
        for _number in range(4):
            self._make_unit()
        for community in self._all(Community):
            self._make_need(community)
        self._publish(Notice.WHOLE, FIRST - 60 * DAY)
        for pairing in self._all(Pairing):
            self._make_work(pairing)

    def _make_unit(self):
        """A committee with two branches, an official, a post and linked leaders."""
        top = OrganizationFactory(parent=self.root, kind="committee")
        OrganizationFactory(parent=top, unit_name=top.unit_name)
        OrganizationFactory(parent=top)
        MembershipFactory(role="unit", organization=top)
        change_on = FIRST + 40 * DAY
        held = LeaderTermFactory(
            post=LeadingPostFactory(organization=top), ends_on=change_on - DAY
        )
        following = LeaderFactory(organization=top)
        LeaderTerm.objects.create(post=held.post, leader=following, starts_on=change_on)
        first, second = self.dice.sample(self._all(Community), 2)
        LeaderLinkFactory(leader=held.leader, community=first)
        LeaderLinkFactory(leader=held.leader, community=second, slot="second")

    def _make_need(self, community):
        MembershipFactory(role="community", community=community)
        need = PublishedNeedFactory(community=community, quantity=9)
        for unit in self.dice.sample(self._units(), 2):
            NeedClaimFactory(need=need, organization=unit)
        Need.objects.filter(pk=need.pk).update(claimed=2)

    def _make_work(self, pairing):
        pair = {"organization": pairing.organization, "community": pairing.community}
        AgreementFactory(**pair)
        day = FIRST - self.dice.randrange(20) * DAY
        start = timezone.make_aware(datetime.combine(day, time(9)))
        state = self.dice.choice(["approved", "submitted", "published"])
        end = start + timedelta(hours=2)
        ActivityFactory(**pair, state=state, starts_at=start, ends_at=end)

    def _all(self, model):
        return list(model.objects.order_by("pk"))

    def _units(self):
        units = Organization.objects.standing().filter(kind="committee")
        return list(units.order_by("pk"))

    # One thing after another --------------------------------------------------

    def step(self):
        """Some days pass, what is due is carried out, and something is tried."""
        acts = [self._change_organization] * 4 + [self._change_community] * 3
        acts += [self._publish_some] * 3
        acts += [self._withdraw, self._undo, self._end_a_pairing]
        act = self.dice.choice(acts)
        self._pass_days(self.dice.choice([0, 0, 1, 3]))
        self._carry_out_what_is_due()
        try:
            act()
        except RuleError as error:
            self.done[f"{act.__name__} {type(error).__name__}"] += 1
        else:
            self.done[act.__name__] += 1

    def _pass_days(self, days):
        self.today += days * DAY
        noon = timezone.make_aware(datetime.combine(self.today, time(12)))
        self.clock.move_to(noon, tick=False)

    def _day(self):
        return self.today + self.dice.choice([-15, -4, -1, 0, 1, 5, 5, 20]) * DAY

    def _carry_out_what_is_due(self):
        due = RegisterChange.objects.filter(
            state=RegisterChange.State.PLANNED, effective_on__lte=self.today
        )
        if first := due.order_by("effective_on").first():
            self._keep_the_past(first.effective_on, apply_due_changes, today=self.today)

    def _keep_the_past(self, day, act, **values):
        """What was said of the days before must still be said afterwards."""
        before = said_of_days_before(day)
        act(**values)
        now = said_of_days_before(day)
        assert {key: now.get(key) for key in before} == before

    # Changes ------------------------------------------------------------------

    def _change_organization(self):
        target, other = (self.dice.choice(self._all(Organization)) for _ in "ab")
        kind, day = self.dice.choice(_ORGANIZATION_KINDS), self._day()
        self.number += 1
        words = {"name": f"党委{self.number}", "unit_name": f"单位{self.number}"}
        details = {
            Kind.RENAME: words,
            Kind.MOVE: {"parent": other.pk},
            Kind.MERGE: {"successor": other.pk},
            Kind.SPLIT: self._split(target, day),
        }
        self._plan(target, kind, day, details.get(kind, {}))

    def _change_community(self):
        target, other = (self.dice.choice(self._all(Community)) for _ in "ab")
        kind, day = self.dice.choice(_COMMUNITY_KINDS), self._day()
        self.number += 1
        name = f"某{self.number}社区"
        details = {
            Kind.RENAME: {"name": name},
            Kind.MOVE: {"subdistrict": self.dice.choice(self.streets).pk},
            Kind.CONVERT: {"name": name, "code": self._code(9)},
            Kind.MERGE: {"successor": other.pk},
            Kind.SPLIT: self._split(target, day),
        }
        self._plan(target, kind, day, details[kind])

    def _split(self, target, day):
        """Two new nodes, for both kinds of registers; everything is assigned or not."""
        dissolve = self.dice.random() < 0.5
        nodes = [
            {
                "name": f"新{self.number}{letter}",
                "unit_name": f"新单位{self.number}{letter}",
                "code": self._code(place),
            }
            for place, letter in enumerate("甲乙")
        ]
        assign = {
            key: self.dice.randrange(2)
            for key in keys_to_assign(target, on=day)
            if dissolve or self.dice.random() < 0.5
        }
        return {"nodes": nodes, "dissolve": dissolve, "assign": assign, "main": 0}

    def _code(self, place):
        return f"35060299{self.number:03d}{place}"

    def _plan(self, target, kind, day, details):
        self._keep_the_past(
            day,
            plan_change,
            target=target,
            kind=kind,
            effective_on=day,
            details=details,
            by=None,
        )

    def _undo(self):
        waiting = RegisterChange.objects.filter(state__in=["planned", "failed"])
        if change := self.dice.choice([None, *waiting.order_by("pk")]):
            undo_change(change=change, by=None)

    # Notices ------------------------------------------------------------------

    def _publish_some(self):
        self._publish(self.dice.choice(Notice.values), self._day())

    def _publish(self, kind, day):
        """Two communities for each unit, the second leads; some only to supplement."""
        standing = list(Community.objects.standing(self.today).order_by("pk"))
        most = min(2, len(standing))
        rows = [
            (unit.unit_name, place.name, lead)
            for unit in self._units()
            for place, lead in zip(
                self.dice.sample(standing, most), ["", "是"][:most], strict=True
            )
        ]
        if kind == Notice.SUPPLEMENT:
            rows = self.dice.sample(rows, min(2, len(rows)))
        rows_read = source(*(row[:2] for row in rows))
        for read, (_unit, _place, lead) in zip(rows_read, rows, strict=True):
            read.values["is_lead"] = lead
        self.number += 1
        import_pairings(
            rows=rows_read,
            number=f"示例〔2026〕{self.number}号",
            starts_on=day,
            kind=kind,
            accepts_gaps=True,
            by=None,
        )

    def _withdraw(self):
        ahead = PairingNotice.objects.filter(starts_on__gt=self.today)
        if notice := self.dice.choice([None, *ahead.order_by("pk")]):
            withdraw_notice(notice=notice, reason="文件有误", by=None)

    def _end_a_pairing(self):
        pairing = self.dice.choice(list(Pairing.objects.valid().order_by("pk")))
        end_pairing(pairing=pairing, last_day=self._day(), reason="示例", by=None)


def said_of_days_before(day):
    """What the registers say of each node that stood on some days before `day`."""
    days = [day - back * DAY for back in (1, 2, 10, 90)]
    said = {}
    for history, fields in (
        (organization_history(), ORGANIZATION_FIELDS),
        (community_history(), COMMUNITY_FIELDS),
    ):
        for pk in history:
            for asked in days:
                version = history.on(pk, asked)
                if version.starts_on <= asked:
                    values = [getattr(version, name) for name in fields]
                    said[fields[0], pk, asked] = values
    return said
