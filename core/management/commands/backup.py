"""Writes a backup of database and media."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.backups import BackupError, prune_backups, write_backup
from core.backups.writing import name_of


class Command(BaseCommand):
    help = (
        "Write a backup (database, media, manifest with digests) into a new folder. "
        "The portal may go on running. A backup holds personal data and secrets: it "
        "is readable for its owner alone. Exit 1: nothing was written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("target", nargs="?", help="the folder to make")
        place.add_argument(
            "--into", metavar="FOLDER", help="make one named by the moment in here"
        )
        parser.add_argument(
            "--keep", type=int, default=0, help="with --into: remove all but the newest"
        )

    def handle(
        self, *args: object, target: str, into: str, keep: int, **options: object
    ) -> None:
        if keep < 0 or (keep and not into):
            raise CommandError("--keep takes a number and goes with --into.")
        now = timezone.now()
        path = Path(into, name_of(now)) if into else Path(target)
        try:
            manifest = write_backup(path, now=now)
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = sum(file.size for file in manifest.files.values())
        self.stdout.write(
            f"{path}: {len(manifest.files)} files, {size / 2**20:.1f} MB, "
            f"{sum(manifest.rows.values())} rows; left out: "
            f"{', '.join(manifest.left_out)}"
        )
        if keep:
            for name in prune_backups(Path(into), keep=keep):
                self.stdout.write(f"removed {name}")
