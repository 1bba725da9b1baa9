"""Puts a backup in the portal's place."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.backups import BackupDamaged, BackupError, restore_backup
from core.management.commands.verify_backup import DAMAGED
from core.probes import migrations


class Command(BaseCommand):
    help = (
        "Restore database and media from a backup, after checking all of it. Stop web "
        "and workers first. Refuses a portal that holds data unless --replace is "
        "given; when it fails, what was there is still there. Exit 3: the backup is "
        "damaged; 1: refused or failed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="the folder of the backup")
        parser.add_argument(
            "--replace", action="store_true", help="put it in place of what is there"
        )

    def handle(
        self, *args: object, source: str, replace: bool, **options: object
    ) -> None:
        try:
            manifest = restore_backup(Path(source), replace=replace)
        except BackupDamaged as error:
            raise CommandError(str(error), returncode=DAMAGED) from error
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"restored {len(manifest.files) - 1} files of media and "
            f"{sum(manifest.rows.values())} rows in {len(manifest.rows)} tables, as of "
            f"{manifest.made_at}; every count is the manifest's"
        )
        pending = migrations(timezone.now())["pending"]
        if pending:
            self.stdout.write(
                f"{pending} migrations are not applied: manage.py migrate"
            )
