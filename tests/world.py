"""One small district in which every page has something to show or to refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from campaigns.models import Activity, Campaign
from communities.actions import plan_change
from communities.models import PairingImport, RegisterChange, RegisterImport
from core.uploads import remove_private, save_private
from tests.factories.accounts import NotificationFactory, UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
)
from tests.factories.communities import (
    CommunityFactory,
    MemberReportInFactory,
    MembershipFactory,
    OrganizationFactory,
    OrganizationReportInFactory,
    PairingFactory,
    PairingNoticeFactory,
    ServicePostFactory,
)
from tests.factories.needs import (
    NeedClaimFactory,
    NeedFactory,
    PublishedNeedFactory,
    ResourceFactory,
    ServiceProjectFactory,
)
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.files import picture
from tests.matrix import Row
from tests.world_links import add_agreements, add_leaders
from tests.world_work import add_work

State = Activity.State
DAY = timedelta(days=1)


# What a page shows, where one name stands for objects of several kinds.
KINDS = {
    "campaigns:photo": "photo",
    "campaigns:photo_remove": "photo",
    "volunteers:shift_create": "activity",
    **{
        f"volunteers:{name}": "shift"
        for name in (
            "shift_detail",
            "shift_edit",
            "shift_cancel",
            "shift_roll",
            "signup_create",
        )
    },
}


class Arguments(dict):
    """What a table calls an object -> arguments of `reverse`; no name means two.

    A second world's "own_group" would quietly send the first one's rows elsewhere.
    """

    def __setitem__(self, name: Any, arguments: list) -> None:
        assert self.get(name, arguments) == arguments, f"two objects: {name}"
        super().__setitem__(name, arguments)

    def __ior__(self, more: dict) -> "Arguments":
        for name, arguments in more.items():
            self[name] = arguments
        return self


@dataclass
class World:
    """People by role, and the arguments by which pages name objects.

    `arguments` maps what a table calls an object to the arguments of `reverse`; where
    pages of several kinds use one name, the key is (kind, name).
    """

    users: dict[str, User] = field(default_factory=dict)
    arguments: Arguments = field(default_factory=Arguments)
    sessions: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def client(self, role: str) -> Client:
        """A fresh client of the role; "nobody" is not signed in."""
        client = Client()
        if role in self.users:
            client.cookies["sessionid"] = self.sessions[role]
        return client

    def arguments_of(self, row: Row) -> list:
        """What `reverse` needs for the row's URL."""
        found = self.arguments.get((KINDS.get(row.name, "activity"), row.target))
        return self.arguments[row.target] if found is None else found

    def remove_files(self) -> None:
        """Take the photos away again."""
        for name in self.files:
            remove_private(name)


@contextmanager
def temporary_world() -> Iterator[World]:
    """The district in a transaction that is taken back at the end."""
    with transaction.atomic():
        world = build_world()
        yield world
        world.remove_files()
        transaction.set_rollback(True)


def build_world() -> World:
    """Make the district; the caller holds the transaction."""
    world = World()
    own, foreign = OrganizationFactory(), OrganizationFactory()
    here, elsewhere = CommunityFactory(), CommunityFactory()
    _add_people(world, own, here)
    _add_work(world, "own", own, here)
    _add_work(world, "foreign", foreign, elsewhere)
    _add_messages(world)
    _add_imports(world)
    _add_report_ins(world, "own", PairingFactory(organization=own, community=here))
    foreign_pairing = PairingFactory(organization=foreign, community=elsewhere)
    _add_report_ins(world, "foreign", foreign_pairing)
    _add_pairings(world, own=own, foreign=foreign)
    _add_needs(world, "own", own, here)
    _add_needs(world, "foreign", foreign, elsewhere)
    _add_members(world, here, elsewhere)
    for side, *pair in (("own", own, here), ("foreign", foreign, elsewhere)):
        add_leaders(world, side, *pair)
        add_agreements(world, side, *pair)
        add_work(world, side, *pair)
    world.arguments |= {
        "-": [],
        "own_organization": [own.pk],
        "foreign_organization": [foreign.pk],
        "foreign_rename": [foreign.pk, "rename"],
        "foreign_change": [_planned_change(foreign).pk],
        "own_community": [here.pk],
        "foreign_community": [elsewhere.pk],
        "foreign_community_merge": [elsewhere.pk, "merge"],
        "pillar": ["service"],
        "campaign": [Campaign.objects.get(state="active").pk],
        "foreign_planned_campaign": [
            CampaignFactory(title="示例筹备行动", state="planned").pk
        ],
        "report": ["activities"],
        "unknown_report": ["nothing"],
        "export": ["activities", "csv"],
        "unknown_export": ["activities", "exe"],
        "mail_key": ["MQ:nothing:nothing"],
        "reset_key": ["1", "set-password"],
        "organizations": [],
        "people": [],
        "app": ["communities"],
    }
    return world


def _planned_change(organization: Any) -> RegisterChange:
    return plan_change(
        target=organization,
        kind=RegisterChange.Kind.RENAME,
        effective_on=timezone.localdate() + 30 * DAY,
        details={"name": "示例更名党支部"},
        by=None,
    )


def _add_people(world: World, organization: Any, community: Any) -> None:
    scopes = {
        "unit": {"organization": organization},
        "street": {"subdistrict": community.subdistrict},
        "community": {"community": community},
        "committee": {},
        "office": {},
        "auditor": {},
    }
    world.users = {"volunteer": UserFactory(), "leader": UserFactory()} | {
        role: MembershipFactory(role=role, **scope).user
        for role, scope in scopes.items()
    }
    for role, user in world.users.items():
        user.set_password("示例口令-8341")
        user.save()
        client = Client()
        client.force_login(user)
        world.sessions[role] = client.cookies["sessionid"].value


def _add_work(world: World, side: str, organization: Any, community: Any) -> None:
    soon = timezone.now() + 3 * DAY
    kinds = {
        "draft": {"state": State.DRAFT, "starts_at": soon},
        "published": {"state": State.PUBLISHED, "starts_at": soon, "is_public": True},
        "submitted": {"state": State.SUBMITTED, "starts_at": soon - 5 * DAY},
        "approved": {
            "state": State.APPROVED,
            "starts_at": soon - 5 * DAY,
            "is_public": True,
        },
        "long_ended": {"state": State.ENDED, "starts_at": soon - 15 * DAY},
    }
    for kind, values in kinds.items():
        activity = ActivityFactory(
            organization=organization,
            community=community,
            **{"is_public": False, **values},
        )
        if side == "own":
            activity.leaders.add(world.users["leader"])
        shift = ShiftFactory(activity=activity)
        file = save_private(picture(), "evidence", "jpg")
        world.files.append(file)
        photo = EvidenceFactory(activity=activity, file__path=file)
        name = f"{side}_{kind}"
        world.arguments["activity", name] = [activity.pk]
        world.arguments["shift", name] = [shift.pk]
        world.arguments["photo", name] = [photo.pk]
        if kind == "published":
            _add_signups(world, side, activity)


def _add_signups(world: World, side: str, activity: Activity) -> None:
    """On a shift of their own, later that day."""
    later = activity.starts_at + timedelta(hours=6)
    shift = ShiftFactory(activity=activity, starts_at=later)
    other = SignupFactory(shift=shift)
    if side == "foreign":
        world.arguments["foreign_signup"] = [other.pk]
        return
    volunteer = VolunteerFactory(user=world.users["volunteer"])
    held = SignupFactory(shift=shift, volunteer=volunteer)
    world.arguments["others_signup"] = [other.pk]
    world.arguments["volunteers_signup"] = [held.pk]


def _add_messages(world: World) -> None:
    held = NotificationFactory(recipient=world.users["volunteer"])
    world.arguments["volunteers_message"] = [held.pk]
    world.arguments["others_message"] = [NotificationFactory().pk]


def _add_imports(world: World) -> None:
    others = MembershipFactory(role="committee").user
    for name, user in [
        ("committees_import", world.users["committee"]),
        ("others_import", others),
    ]:
        uploaded = PairingImport.objects.create(
            file_name="示例.xlsx",
            number=f"示例〔2026〕{user.pk}号",
            starts_on=timezone.localdate(),
            rows=[],
            uploaded_by=user,
        )
        world.arguments[name] = [uploaded.pk]
        roster = RegisterImport.objects.create(
            kind=RegisterImport.Kind.ORGANIZATIONS,
            file_name="示例.xlsx",
            rows={},
            uploaded_by=user,
        )
        world.arguments[name.replace("_import", "_file")] = [roster.pk]
    world.arguments |= {
        "organizations_file": ["organizations"],
        "unknown_file": ["unknown"],
    }


def _add_pairings(world: World, **organizations: Any) -> None:
    """The pairing of each side with its notice, and a notice for next month."""
    for side, organization in organizations.items():
        pairing = organization.pairings.get()
        world.arguments[f"{side}_pairing"] = [pairing.pk]
        world.arguments[f"{side}_notice"] = [pairing.notice_id]
    planned = PairingNoticeFactory(starts_on=timezone.localdate() + 30 * DAY)
    world.arguments["planned_notice"] = [planned.pk]


def _add_report_ins(world: World, side: str, pairing: Any) -> None:
    """One of each kind; each has a year of its own, as one pair has one a year."""
    year = timezone.localdate().year
    world.arguments[f"{side}_start"] = [pairing.pk]
    kinds = {"": {}, "_draft": {"draft": True}, "_received": {"received": True}}
    for ago, (kind, values) in enumerate(kinds.items()):
        row = OrganizationReportInFactory(
            organization=pairing.organization,
            community=pairing.community,
            starts_on=date(year - ago, 1, 1),
            ends_on=date(year - ago, 12, 31),
            **values,
        )
        world.arguments[f"{side}_report{kind}"] = [row.pk]


def _add_needs(world: World, side: str, organization: Any, community: Any) -> None:
    """A need that the side's unit claimed in part, a draft, resources, a project."""
    # Long enough ago that units which are not paired may claim the rest.
    need = PublishedNeedFactory(
        community=community, claimed=1, published_at=timezone.now() - 30 * DAY
    )
    claim = NeedClaimFactory(need=need, organization=organization)
    resource, joined = ResourceFactory.create_batch(2, organization=organization)
    project = ServiceProjectFactory(need=need, resource=joined)
    world.arguments |= {
        f"{side}_need": [need.pk],
        f"{side}_draft_need": [NeedFactory(community=community).pk],
        f"{side}_claim": [claim.pk],
        f"{side}_resource": [resource.pk],
        f"{side}_match": [need.pk, resource.pk],
        f"{side}_project": [project.pk],
    }


def _add_members(world: World, here: Any, elsewhere: Any) -> None:
    """Report-ins that wait, and service posts: open ones and drafts."""
    held = MemberReportInFactory(user=world.users["volunteer"], community=here)
    world.arguments["volunteers_home"] = [held.pk]
    world.arguments["foreign_home"] = [MemberReportInFactory(community=elsewhere).pk]
    for side, community in [("own", here), ("foreign", elsewhere)]:
        post = ServicePostFactory(community=community, places=20)
        draft = ServicePostFactory(
            community=community, state="draft", published_at=None
        )
        world.arguments[f"{side}_post"] = [post.pk]
        world.arguments[f"{side}_post_draft"] = [draft.pk]
