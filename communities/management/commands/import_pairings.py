"""Publishes a notice that pairs units with communities."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from communities.actions import import_pairings
from communities.imports.pairing_entries import PairingPlan
from communities.imports.pairing_plan import notice_named, plan_pairings
from communities.imports.pairings import read_pairings
from communities.imports.results import ImportRefused
from communities.management.import_files import day, opened
from communities.models import PairingNotice
from core.text import clean_text


class Command(BaseCommand):
    help = (
        "Create the pairings a notice names (.xlsx, .xls, .csv), one a row, each for "
        "the unit's highest party organisation. All or nothing; twice changes nothing. "
        "A notice adds to what stands, unless it is said to name the whole."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--notice", metavar="NUMBER", required=True)
        parser.add_argument(
            "--starts-on", metavar="DATE", required=True, help="like 2026-05-01"
        )
        parser.add_argument(
            "--whole",
            action="store_true",
            help="it names all pairings: those it leaves out end the day before",
        )
        parser.add_argument(
            "--accept-gaps",
            action="store_true",
            help="let units and communities be left without any pairing",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="match and report, write nothing"
        )

    def handle(self, *args: object, **options: object) -> None:
        number, starts_on = _notice(options["notice"]), day(options["starts_on"])
        kinds = PairingNotice.Kind
        kind = kinds.WHOLE if options["whole"] else kinds.SUPPLEMENT
        with opened(options["file"]) as file:
            rows = read_pairings(file, filename=options["file"])
            plan = plan_pairings(rows, starts_on=starts_on, kind=kind)
            if plan.problems:
                self._report(plan)
                raise ImportRefused(plan.problems)
            notice_named(number, starts_on, kind)
            if not options["dry_run"]:
                plan = import_pairings(
                    rows=rows,
                    number=number,
                    starts_on=starts_on,
                    kind=kind,
                    accepts_gaps=options["accept_gaps"],
                    by=None,
                )
        self._report(plan)
        if options["dry_run"]:
            self.stdout.write(_("试运行：没有写入任何内容。"))

    def _report(self, plan: PairingPlan) -> None:
        self.stdout.write(
            _("新增 %(created)d 对，保持 %(stays)d 对，拒绝 %(refused)d 行。")
            % plan.counts
        )
        if plan.kind == PairingNotice.Kind.SUPPLEMENT:
            return
        self.stdout.write(_("变更 %(changed)d 对，结束 %(ended)d 对。") % plan.counts)
        if plan.refusal:
            self.stdout.write(plan.refusal)
        lost = [row.unit_name for row in plan.lost_units]
        lost += [row.name for row in plan.lost_communities]
        if lost:
            self.stdout.write(
                _("将没有结对的单位和社区（村）：%(names)s。")
                % {"names": "、".join(lost)}
            )


def _notice(text: str) -> str:
    try:
        number = clean_text(text)
    except ValidationError as error:
        raise CommandError(error.messages[0]) from error
    if not 0 < len(number) <= 60:
        raise CommandError(_("文号须为 1 至 60 个字。"))
    return number
