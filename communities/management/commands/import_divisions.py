"""Loads streets and communities from the code list."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from communities.actions import import_divisions
from communities.imports.divisions import read_divisions
from communities.management.import_files import day, opened


class Command(BaseCommand):
    help = (
        "Bring streets and communities to what a code list of the National Bureau of "
        "Statistics says (.csv, .xlsx, .xls). All or nothing; twice changes nothing. "
        "Differences are corrections, unless a day says since when they hold."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--effective-on", type=day, metavar="YYYY-MM-DD")

    def handle(self, *args: object, **options: object) -> None:
        with opened(options["file"]) as file:
            lines = read_divisions(file, filename=options["file"])
            counts = import_divisions(
                lines=lines, by=None, effective_on=options["effective_on"]
            )
        self.stdout.write(
            _(
                "街道（镇）%(streets)d 个，社区（村）%(communities)d 个："
                "新增 %(created)d，更新 %(changed)d，未变 %(unchanged)d。"
            )
            % {
                "streets": len(lines.subdistricts),
                "communities": len(lines.communities),
                **vars(counts),
            }
        )
