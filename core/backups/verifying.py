"""Looking at a backup: whether all of it is there and as it was written."""

import os
from pathlib import Path

from core.backups.errors import BackupDamaged
from core.backups.manifest import NAME, SEAL, Manifest, digest_file, load_manifest

NAMED_FAULTS = 5


def verify_backup(source: Path) -> Manifest:
    """The manifest, when every file of the backup has its digest.

    Raises BackupDamaged naming what is missing, changed or too much, BackupError
    when the backup has a format of another portal.
    """
    manifest = load_manifest(source)
    present = _present(source) - {NAME, SEAL}
    faults = [
        f"{name} is not in the manifest" for name in present - set(manifest.files)
    ]
    for name, expected in manifest.files.items():
        if name not in present:
            faults.append(f"{name} is missing")
        elif digest_file(source / name) != expected:
            faults.append(f"{name} was changed")
    if faults:
        more = len(faults) - NAMED_FAULTS
        told = "; ".join(sorted(faults)[:NAMED_FAULTS])
        raise BackupDamaged(f"{told}{f'; and {more} more' if more > 0 else ''}.")
    return manifest


def _present(source: Path) -> set[str]:
    """The plain files of a backup; a link counts as missing."""
    return {
        os.path.relpath(os.path.join(folder, name), source)
        for folder, _folders, names in os.walk(source)
        for name in names
        if not os.path.islink(os.path.join(folder, name))
    }
