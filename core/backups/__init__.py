"""Backups of the portal: database, media and a manifest that proves them whole."""

from core.backups.errors import BackupDamaged, BackupError
from core.backups.manifest import Manifest
from core.backups.restoring import restore_backup
from core.backups.verifying import verify_backup
from core.backups.writing import prune_backups, write_backup

__all__ = [
    "BackupDamaged",
    "BackupError",
    "Manifest",
    "prune_backups",
    "restore_backup",
    "verify_backup",
    "write_backup",
]
