"""Fills an empty database with the real register and invented people and work."""

import logging
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from communities.models import Organization, Subdistrict
from core.working_days import CalendarMissing
from xiangcheng_portal.demo import campaign as papers
from xiangcheng_portal.demo import (
    district,
    hours,
    links,
    messages,
    months,
    people,
    people_of_note,
    shifts,
    stage,
    whistles,
    wishes,
    work,
)

SEED = 20220426  # the day of the letter
logger = logging.getLogger(__name__)
DATA = settings.BASE_DIR / "communities" / "data"


class Command(BaseCommand):
    """Loads the demonstration."""

    help = (
        "Load the real register and plainly invented demonstration data. Takes the "
        "password of the demonstration sign-ins from DEMO_PASSWORD. Only an empty "
        "database is filled."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="say nothing and change nothing but a changed demo password when "
            "the database already holds something",
        )

    def handle(self, *args: object, **options: object) -> None:
        password = os.environ.get("DEMO_PASSWORD", "")
        if not password:
            raise CommandError("DEMO_PASSWORD is not set.")
        if Organization.objects.exists() or Subdistrict.objects.exists():
            if not options["if_empty"]:
                raise CommandError("The database is not empty; nothing was loaded.")
            people.update_passwords(password)
            return
        with transaction.atomic():
            load_demo(password)
        self.stdout.write("Demonstration data loaded.")


def load_demo(password: str) -> None:
    """Load register, people and work; the same seed gives the same data."""
    dice = random.Random(SEED)  # noqa: S311 demonstration data, not a secret
    call_command(
        "import_divisions", str(DATA / "xiangcheng_divisions.csv"), verbosity=0
    )
    call_command(
        "import_organizations",
        str(DATA / "party_organizations_sample.xlsx"),
        "--starts-on=2022-04-26",
        verbosity=0,
    )
    call_command(
        "import_pairings",
        str(DATA / "pairing_notice_sample.xlsx"),
        f"--starts-on={people.begins_on(timezone.localdate())}",
        "--notice=样例〔2026〕1号",
        verbosity=0,
    )
    sign_ins = people.make_sign_ins(password)
    volunteers = people.make_volunteers()
    campaign = work.make_campaign(by=sign_ins["office"])
    work.make_past_activities(
        campaign=campaign, unit=sign_ins["unit"], office=sign_ins["office"], dice=dice
    )
    work.make_coming_activities(
        campaign=campaign, unit=sign_ins["unit"], volunteers=volunteers, dice=dice
    )
    office, unit = sign_ins["office"], sign_ins["unit"]
    community = sign_ins["community"]
    papers.make_papers(campaign, office=office)
    papers.make_convention(office=office)
    papers.make_tasks(campaign, office=office, unit=unit, today=timezone.localdate())
    with _where_calendar_known("honours"):
        people_of_note.make_honors(
            office=office, unit=unit, community=community, dice=dice
        )
    people_of_note.make_stories(office=office, community=community, dice=dice)
    links.make_links(
        sign_ins=sign_ins, volunteers=volunteers, today=timezone.localdate()
    )
    district.make_district(
        campaign=campaign, sign_ins=sign_ins, today=timezone.localdate(), dice=dice
    )
    wishes.make_wishes(sign_ins=sign_ins, today=timezone.localdate())
    set_up = stage.make_stage(
        campaign=campaign, sign_ins=sign_ins, volunteers=volunteers, now=timezone.now()
    )
    months.make_past_shifts(set_up, campaign)
    hours.make_hours(set_up, dice=dice)
    shifts.make_coming_shifts(set_up)
    shifts.make_running_shift(set_up)
    with _where_calendar_known("whistles"):
        whistles.make_whistles(sign_ins=sign_ins, today=timezone.localdate(), dice=dice)
        months.make_past_whistles(
            sign_ins=sign_ins, today=timezone.localdate(), dice=dice
        )
    messages.make_messages(set_up)


@contextmanager
def _where_calendar_known(things: str) -> Iterator[None]:
    """Leave `things` out whose clocks would run into a year nobody knows yet."""
    try:
        with transaction.atomic():
            yield
    except CalendarMissing as error:
        logger.warning("demonstration without %s: %s", things, error)
