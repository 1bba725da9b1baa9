"""What keeps a backup from being written or restored, in words for the operator."""


class BackupError(Exception):
    """Refused or failed; what was there before is still there."""


class BackupDamaged(BackupError):
    """A backup is not what its manifest says."""
