"""Checks the audit log against its chain of seals."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.audit_chain import never_sealed, verify

# Sealing comes each minute; a long import commits its lines minutes after their time.
SEALED_WITHIN = timedelta(minutes=15)
BROKEN, UNSEALED, UNKNOWN_HEAD = 1, 2, 3


class Command(BaseCommand):
    help = (
        "Walk the chain over the audit log and name the first broken row. Exit 1: a "
        "row or a seal is changed or missing; 2: rows were never sealed; 3: the head "
        "given is not in the chain."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            default="",
            metavar="DIGEST",
            help="a head noted earlier (daily log, manifest of a backup)",
        )

    def handle(self, *args: object, head: str, **options: object) -> None:
        verdict = verify(head.strip().lower())
        self.stdout.write(f"Checked {verdict.checked} rows.")
        self.stdout.write(f"Head {verdict.head.position} {verdict.head.digest}")
        if verdict.fault:
            kind, position, entry = verdict.fault
            row = f", row {entry}" if entry else ""
            raise CommandError(
                f"Broken at seal {position}{row}: {kind}.", returncode=BROKEN
            )
        if not verdict.knows_head:
            raise CommandError(
                "The head given is not in the chain.", returncode=UNKNOWN_HEAD
            )
        count, first = never_sealed(timezone.now() - SEALED_WITHIN)
        if count:
            raise CommandError(
                f"{count} rows were never sealed, the first is row {first}.",
                returncode=UNSEALED,
            )
        self.stdout.write("The chain is whole.")
