"""Looks whether a backup is whole."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.backups import BackupDamaged, BackupError, verify_backup

DAMAGED = 3


class Command(BaseCommand):
    help = (
        "Check every file of a backup against its digest; touches nothing. Exit 3 "
        "when something is missing, changed or too much, 1 on an unknown format."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="the folder of the backup")

    def handle(self, *args: object, source: str, **options: object) -> None:
        try:
            manifest = verify_backup(Path(source))
        except BackupDamaged as error:
            raise CommandError(str(error), returncode=DAMAGED) from error
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"whole: {len(manifest.files)} files of {manifest.made_at}, "
            f"{manifest.vendor}, portal {manifest.portal}, audit log up to seal "
            f"{manifest.audit['position']} {manifest.audit['digest']}"
        )
