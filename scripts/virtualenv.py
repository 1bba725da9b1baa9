"""The virtual environment of the checkout, with exactly the locked packages."""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from scripts.console import Refusal, say
from scripts.layout import PYTHON, ROOT, VENV
from scripts.system_packages import can_install, install


def ensure_installed(*requirements: Path) -> None:
    """Make .venv hold the packages of these lock files.

    Each lock file leaves a stamp with its hash, so that an unchanged one costs
    no call of pip.
    """
    if all(_is_installed(lock) for lock in requirements):
        return
    _ensure_venv()
    outdated = [lock for lock in requirements if not _is_installed(lock)]
    names = " and ".join(lock.name for lock in outdated)
    say(f"Installing {names} into {VENV.relative_to(ROOT)} ...")
    _pip_install(outdated, names)
    for lock in outdated:
        _stamp(lock).write_text(_fingerprint(lock), encoding="utf-8")


def _is_installed(lock: Path) -> bool:
    stamp = _stamp(lock)
    return (
        PYTHON.exists()
        and stamp.exists()
        and stamp.read_text(encoding="utf-8") == _fingerprint(lock)
    )


def _stamp(lock: Path) -> Path:
    return VENV / f".installed-{lock.stem}"


def _fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _ensure_venv() -> None:
    if PYTHON.exists() and _has_pip():
        return
    _ensure_ensurepip()
    say(f"Creating {VENV.relative_to(ROOT)} ...")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV]).returncode:
        raise Refusal(f"Creating {VENV} failed; the lines above say why.")


def _has_pip() -> bool:
    return not subprocess.run(
        [PYTHON, "-m", "pip", "-V"], capture_output=True
    ).returncode


def _ensure_ensurepip() -> None:
    """Debian and Ubuntu ship Python without what makes virtual environments."""
    package = f"python3.{sys.version_info.minor}-venv"
    if not _has_ensurepip() and can_install():
        install([package])
    if not _has_ensurepip():
        raise Refusal(
            f"This Python cannot create virtual environments: install {package} "
            "(or python3-venv) and try again."
        )


def _has_ensurepip() -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def _pip_install(locks: list[Path], names: str) -> None:
    command = [PYTHON, "-m", "pip", "install", "--require-hashes"]
    command += ["-qq", "--progress-bar", "off", "--disable-pip-version-check"]
    for lock in locks:
        command += ["--requirement", lock]
    if subprocess.run(command, cwd=ROOT).returncode:
        raise Refusal(f"Installing {names} failed; the lines above say why.")
