"""Loads party organisations from a roster."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions import import_organizations
from communities.imports.organizations import read_organizations
from communities.management.import_files import day, opened


class Command(BaseCommand):
    help = (
        "Bring party organisations to what a roster says (.xlsx, .xls, .csv). Parents "
        "may stand below their children. All or nothing; twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--starts-on",
            metavar="DATE",
            help="first day of new organisations, like 2026-01-01 (default: today)",
        )

    def handle(self, *args: object, **options: object) -> None:
        text = options["starts_on"]
        starts_on = day(text) if text else timezone.localdate()
        with opened(options["file"]) as file:
            lines, problems = read_organizations(file, filename=options["file"])
            counts = import_organizations(
                lines=lines, problems=problems, starts_on=starts_on, by=None
            )
        self.stdout.write(
            _(
                "党组织 %(total)d 个：新增 %(created)d，更新 %(changed)d，"
                "未变 %(unchanged)d。"
            )
            % {"total": len(lines), **vars(counts)}
        )
