"""The manifest of a backup: what is in it, and how to see that all of it is there."""

import json
import os
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath

from core.backups.errors import BackupDamaged, BackupError

FORMAT = 1
NAME = "manifest.json"
SEAL = "manifest.json.sha256"
MEDIA = "media"
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class StoredFile:
    """What a file of the backup must be."""

    sha256: str
    size: int


@dataclass
class Manifest:
    """Everything a restore has to know before it touches anything.

    `rows` holds the number of rows of each table, `migrations` "app.name" of those
    applied, `audit` position and digest of the newest seal of the audit log; all as
    they were in the database file. `left_out` names folders of media not taken.
    """

    vendor: str
    made_at: str
    portal: str
    server: int = 0
    format: int = FORMAT
    migrations: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    audit: dict[str, int | str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    files: dict[str, StoredFile] = field(default_factory=dict)


def save_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest and its own digest, to the disk."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    write_synced(folder / NAME, text)
    write_synced(folder / SEAL, sha256(text).hexdigest().encode() + b"\n")


def load_manifest(folder: Path) -> Manifest:
    """The manifest of a backup.

    Raises BackupDamaged when it is missing or changed, BackupError when it is of a
    format this portal does not know.
    """
    try:
        text = (folder / NAME).read_bytes()
        seal = (folder / SEAL).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupDamaged(
            f"{folder} is no whole backup: {NAME} or {SEAL} cannot be read."
        ) from error
    if sha256(text).hexdigest() != seal:
        raise BackupDamaged(f"{NAME} was changed after it was written.")
    values = json.loads(text)
    if values.get("format") != FORMAT:
        raise BackupError(
            f"The backup has format {values.get('format')}; this portal knows format "
            f"{FORMAT}. Restore it with the version that wrote it "
            f"({values.get('portal')})."
        )
    stored = {name: StoredFile(**file) for name, file in values.pop("files").items()}
    for name in stored:
        _check_name(name)
    return Manifest(**values, files=stored)


def _check_name(name: str) -> None:
    """A manifest somebody else wrote must not lead out of its folder."""
    parts = PurePosixPath(name).parts
    if name != "/".join(parts) or {"..", "/"} & set(parts) or "\0" in name:
        raise BackupDamaged(f"{NAME} names a file outside the backup: {name!r}.")


def digest_file(path: Path) -> StoredFile:
    """Digest and size of a file."""
    digest, size = sha256(), 0
    with open(path, "rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
            size += len(piece)
    return StoredFile(digest.hexdigest(), size)


def copy_synced(source: Path, target: Path, mode: int = 0o600) -> StoredFile:
    """Copy a file to the disk; what was written, by digest and size."""
    _make_folders(target.parent, mode | (mode & 0o440) >> 2)
    digest, size = sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with open(source, "rb") as file, open(descriptor, "wb") as copy:
        while piece := file.read(CHUNK):
            copy.write(piece)
            digest.update(piece)
            size += len(piece)
        copy.flush()
        os.fchmod(copy.fileno(), mode)
        os.fsync(copy.fileno())
    return StoredFile(digest.hexdigest(), size)


def _make_folders(folder: Path, mode: int) -> None:
    if not folder.exists():
        _make_folders(folder.parent, mode)
        folder.mkdir()
        folder.chmod(mode)  # whatever the umask says


def write_synced(path: Path, content: bytes) -> None:
    """Write a small file to the disk, for its owner alone."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
