"""Where things are in this checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements.txt"
TEST_REQUIREMENTS = ROOT / "requirements-test.txt"


def var_folder() -> Path:
    """The folder of everything a run writes; VAR_DIR moves it."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()
