"""A year's work of a small district, one thing after another by the dice of a seed."""

import io
from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from campaigns.actions import (
    Words,
    add_evidence,
    cancel_activity,
    create_activity,
    link_evidence,
    remove_evidence,
    review_activity,
    submit_activity,
    update_activity,
)
from campaigns.actions.campaigns import (
    archive_campaign,
    freeze_campaign,
    start_closing,
)
from campaigns.actions.partners import (
    answer_partner,
    invite_partner,
    withdraw_partner,
)
from campaigns.actions.reviews import Point
from campaigns.actions.task_issuing import (
    add_organizations,
    cancel_task,
    close_task,
    issue_task,
    reassign,
)
from campaigns.actions.tasks import (
    fulfil_assignment,
    link_activity,
    report_progress,
    unlink_activity,
)
from campaigns.actions.words import rename_initiative, rename_pillar
from campaigns.models import (
    Activity,
    ActivityPartner,
    Campaign,
    Evidence,
    Field,
    Initiative,
    Pillar,
    Task,
    TaskAssignment,
    TaskLink,
)
from communities.models import Organization, RegisterChange
from core.errors import RuleError
from core.uploads import check_photo
from tests.communities.trees import branch, change, committee
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    InitiativeFactory,
    PillarFactory,
)
from tests.factories.communities import CommunityFactory, WorkingCommitteeFactory
from tests.files import picture

DAY = timedelta(days=1)
FIRST = date(2026, 5, 25)
COLORS = ("red", "green", "blue")
Kind = RegisterChange.Kind
OPEN, LIVE = TaskAssignment.OPEN_STATES, TaskAssignment.LIVE_STATES


class NothingThere(RuleError):
    """There is nothing to do that to."""


class Work:
    """`step` does the next thing; `done` counts what was done and what refused."""

    def __init__(self, seed, clock):
        self.dice, self.clock = Random(seed), clock
        self.today, self.number, self.done = FIRST, 0, Counter()
        self._pass_days(0)
        self.people = UserFactory.create_batch(3)
        self.community = CommunityFactory()
        root = WorkingCommitteeFactory()
        for _number in range(4):
            top = committee(root)
            branch(top, unit_name=top.unit_name)
            branch(top)
        pillars = [PillarFactory(code=code) for code in ("service", "duty")]
        made = [InitiativeFactory(pillar=pillar, photos_wanted=0) for pillar in pillars]
        self.initiatives = Initiative.objects.filter(pk__in=[row.pk for row in made])
        CampaignFactory(starts_on=date(2026, 4, 1))
        CampaignFactory(starts_on=date(2026, 4, 1), title="下一个行动")
        self.photos = [
            check_photo(io.BytesIO(picture(color=color))) for color in COLORS
        ]
        self.acts = self._acts()
        self._begin()

    def _begin(self):
        """Work of the months before, so that there is something to act on."""
        acts = [self._issue] * 3 + [self._create] * 12 + [self._invite] * 3
        acts += [self._answer] * 2 + [self._add_photo] * 3 + [self._give] * 6
        acts += [self._submit] * 8 + [self._approve] * 3
        for act in acts:
            self._try(act)

    def _acts(self):
        """Each act as often as its number says."""
        times = {
            self._create: 6,
            self._submit: 9,
            self._approve: 8,
            self._return: 6,
            self._change: 4,
            self._cancel: 1,
            self._invite: 4,
            self._answer: 4,
            self._withdraw: 1,
            self._add_photo: 4,
            self._link_photo: 2,
            self._remove_photo: 2,
            self._issue: 2,
            self._add_organizations: 1,
            self._give: 9,
            self._take_back: 1,
            self._report: 1,
            self._fulfil: 6,
            self._reassign: 2,
            self._end_task: 1,
            self._merge: 5,
            self._rename_organization: 1,
            self._move_organization: 2,
            self._rename_words: 1,
            self._archive: 1,
        }
        return [act for act, number in times.items() for _time in range(number)]

    def step(self):
        """Some days pass and something is tried; a refusal must change nothing."""
        self._pass_days(self.dice.choice([0, 0, 0, 1]))
        for _time in range(9):
            act = self.dice.choice(self.acts)
            if self._try(act) is None:
                return act.__name__
        return ""

    def _try(self, act):
        refusal = None
        try:
            act()
        except RuleError as error:
            refusal = type(error)
        self.done[act.__name__, refusal and refusal.__name__] += 1
        return refusal

    def _pass_days(self, days):
        self.today += days * DAY
        noon = timezone.make_aware(datetime.combine(self.today, time(12)))
        self.clock.move_to(noon, tick=False)

    def one(self, rows):
        """Any of them."""
        rows = list(rows.order_by("pk"))
        if not rows:
            raise NothingThere
        return self.dice.choice(rows)

    def _by(self):
        return self.dice.choice(self.people)

    def _standing(self):
        return self.one(Organization.objects.standing())

    def _activity(self, *states):
        rows = Activity.objects.all()
        return self.one(rows.filter(state__in=states) if states else rows)

    def _name(self):
        self.number += 1
        return f"示例{self.number}"

    # Activities ---------------------------------------------------------------

    def _create(self):
        # Some of months before, some of organisations that are over.
        day = self.today - self.dice.choice([2, 2, 5, 20, 40]) * DAY
        start = timezone.make_aware(datetime.combine(day, time(9)))
        initiative = self.one(self.initiatives)
        activity = ActivityFactory.build(
            campaign=self.one(Campaign.objects),
            organization=self.one(Organization.objects),
            community=self.community,
            pillar=initiative.pillar,
            initiative=initiative,
            title=self._name(),
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            participant_count=self.dice.choice([None, 3, 20]),
        )
        create_activity(activity=activity, by=self._by())

    def _change(self):
        initiative = self.one(self.initiatives)
        values = self.dice.choice(
            [
                {"initiative": initiative, "pillar": initiative.pillar},
                {"campaign": self.one(Campaign.objects)},
                {"organization": self._standing()},
                {"participant_count": 7},
            ]
        )
        activity = self._activity(*Activity.UNFINISHED_STATES)
        update_activity(activity=activity, values=values, by=self._by())

    def _submit(self):
        activity = self._activity(*Activity.EDITABLE_STATES)
        submit_activity(activity=activity, by=self._by())

    def _approve(self):
        activity = self._activity(Activity.State.SUBMITTED)
        review_activity(activity=activity, decision="approved", by=self._by())

    def _return(self):
        activity = self._activity(Activity.State.SUBMITTED, Activity.State.APPROVED)
        points = [Point(Field.TEXT, "请补充")]
        review_activity(
            activity=activity, decision="returned", points=points, by=self._by()
        )

    def _cancel(self):
        cancel_activity(activity=self._activity(), reason="天气", by=self._by())

    def _invite(self):
        activity = self._activity(*Activity.EDITABLE_STATES)
        invite_partner(activity=activity, organization=self._standing(), by=self._by())

    def _answer(self):
        partner = self.one(ActivityPartner.objects.filter(state="invited"))
        answer_partner(partner=partner, confirms=self._is_lucky(0.8), by=self._by())

    def _withdraw(self):
        withdraw_partner(partner=self.one(ActivityPartner.objects), by=self._by())

    def _is_lucky(self, chance):
        return self.dice.random() < chance

    # Evidence -----------------------------------------------------------------

    def _add_photo(self):
        words = Words(self.today, "示例广场", "示例支部党员", "示例照片")
        add_evidence(
            target=self._activity(*Activity.UNFINISHED_STATES),
            upload=self.dice.choice(self.photos),
            words=words,
            by=self._by(),
        )

    def _link_photo(self):
        evidence = self.one(Evidence.objects)
        activity = self._activity(*Activity.UNFINISHED_STATES)
        link_evidence(target=activity, evidence=evidence, by=self._by())

    def _remove_photo(self):
        remove_evidence(evidence=self.one(Evidence.objects), by=self._by())

    # Tasks --------------------------------------------------------------------

    def _issue(self):
        task = Task(
            campaign=self.one(Campaign.objects),
            initiative=self.one(self.initiatives),
            title=self._name(),
            due_on=self.today + 9 * DAY,
            needed_count=self.dice.choice([1, 1, 2]),
        )
        chosen = {self._standing() for _number in range(3)}
        issue_task(task=task, organizations=chosen, by=self._by())

    def _add_organizations(self):
        add_organizations(
            task=self.one(Task.objects),
            organizations=[self.one(Organization.objects)],
            by=self._by(),
        )

    def _give(self):
        """Something that fits, most often."""
        assignment = self._assignment()
        task = assignment.task
        rows = Activity.objects.filter(initiative=task.initiative)
        fitting = rows.filter(
            campaign=task.campaign,
            organization__path__contains=f"{assignment.organization_id}/",
        )
        activity = self.one(fitting if self._is_lucky(0.8) else Activity.objects)
        link_activity(assignment=assignment, activity=activity, by=self._by())

    def _assignment(self, *states):
        return self.one(TaskAssignment.objects.filter(state__in=states or LIVE))

    def _take_back(self):
        link = self.one(TaskLink.objects)
        unlink_activity(
            assignment=link.assignment, activity=link.activity, by=self._by()
        )

    def _report(self):
        report_progress(
            assignment=self.one(TaskAssignment.objects), text="已办", by=self._by()
        )

    def _fulfil(self):
        given = TaskAssignment.objects.filter(state__in=OPEN, links__isnull=False)
        rows = given if self._is_lucky(0.8) else TaskAssignment.objects
        fulfil_assignment(assignment=self.one(rows.distinct()), by=self._by())

    def _reassign(self):
        reassign(
            assignment=self._assignment(),
            organization=self.one(Organization.objects),
            reason="分工调整",
            by=self._by(),
        )

    def _end_task(self):
        end = self.dice.choice([close_task, cancel_task])
        end(task=self.one(Task.objects), reason="年度收尾", by=self._by())

    # Registers, words, campaigns ------------------------------------------------

    def _day(self):
        """Changes of the tree may be registered later than they came true."""
        return self.today - self.dice.choice([0, 0, 1, 6, 30]) * DAY

    def _merge(self):
        tops = Organization.objects.standing().exclude(parent=None)
        to = self.one(Organization.objects.standing())
        change(self.one(tops), Kind.MERGE, self._day(), self._by(), successor=to.pk)

    def _rename_organization(self):
        names = {"name": self._name(), "unit_name": self._name()}
        change(self._standing(), Kind.RENAME, self._day(), self._by(), **names)

    def _move_organization(self):
        parent = self._standing().pk
        change(self._standing(), Kind.MOVE, self._day(), self._by(), parent=parent)

    def _rename_words(self):
        values = {"title": self._name(), "today": self.today, "by": self._by()}
        if self._is_lucky(0.5):
            rename_initiative(initiative=self.one(self.initiatives), **values)
        else:
            rename_pillar(pillar=self.one(Pillar.objects), summary="", **values)

    def start_closing(self):
        """The first campaign goes its way; the second stays under way."""
        start_closing(campaign=self.first(), today=self.today, by=self._by())

    def freeze(self):
        """Before its days are over, in the middle of the work."""
        freeze_campaign(
            campaign=self.first(), today=self.today, by=self._by(), reason="提前"
        )

    def first(self):
        """The campaign that is frozen in the end."""
        return Campaign.objects.order_by("pk").first()

    def _archive(self):
        archive_campaign(campaign=self.first(), by=self._by())
