"""Makes the embedded set-up ready to serve, in one start of Django."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import FileSystemStorage, Storage
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Migrate, load the demonstration data into an empty database, and collect "
        "the static files when they changed. May run any number of times."
    )
    requires_system_checks = ()

    def handle(self, *args, **options):
        call_command("migrate", interactive=False)
        call_command("createcachetable")
        call_command("load_demo", if_empty=True)
        collect_changed_static_files()


def collect_changed_static_files() -> bool:
    """Collect the static files unless they are as they were; whether it did."""
    stamp = Path(f"{settings.STATIC_ROOT}.stamp")
    fingerprint = static_files_fingerprint()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint:
        return False
    call_command("collectstatic", interactive=False, clear=True)
    stamp.write_text(fingerprint, encoding="utf-8")
    return True


def static_files_fingerprint() -> str:
    """A hash over path, size and time of change of every static file.

    Bundles are joined in memory and have no place on the disk: they count by what
    they say, so another order of the parts is a change as well.
    """
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name}|{_state_of(name, storage)}\n".encode())
    return digest.hexdigest()


def _state_of(name: str, storage: Storage) -> str:
    if isinstance(storage, FileSystemStorage):
        status = Path(storage.path(name)).stat()
        return f"{status.st_size}|{status.st_mtime_ns}"
    with storage.open(name) as file:
        return hashlib.sha256(file.read()).hexdigest()
