"""Proves that the counters of activities agree with the activities, or mends them."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaigns.actions.tallies import check_tallies
from campaigns.models import Campaign


class Command(BaseCommand):
    help = (
        "Compare the counters behind the progress matrix with the activities, campaign "
        "by campaign. Ends with an error when they differ; --repair mends them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true")

    def handle(self, *args: object, repair: bool, **options: object) -> None:
        drifts = 0
        for campaign in Campaign.objects.order_by("pk"):
            found = check_tallies(campaign, repairs=repair)
            drifts += found.drifts
            self.stdout.write(
                f"{campaign}: {found.activities} activities, {found.counters} counters,"
                f" {found.drifts} drifts."
            )
        if drifts and not repair:
            raise CommandError(f"{drifts} counters are wrong; --repair mends them.")
        self.stdout.write(f"{drifts} mended." if drifts else "No drift.")
