"""One run per checkout: a lock the run and its programs hold together."""

import fcntl
import os
from pathlib import Path

from scripts.console import Refusal


def take_lock(var: Path, port: int) -> int:
    """The descriptor of the lock; refuses while another run holds it.

    The programs of a run inherit the descriptor, so the lock outlives a killed
    launcher until its last program is gone.
    """
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(var / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 200).decode(errors="replace").strip()
        os.close(descriptor)
        raise Refusal(f"The portal already runs in this checkout ({holder}).") from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"process {os.getpid()}, port {port}\n".encode())
    return descriptor
