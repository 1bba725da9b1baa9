"""What all tests of the running stack share."""

from pathlib import Path

import pytest

from tests.live.stack import prepared_folder


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """What a stack prepares at its first start, made once for all workers of a run."""
    folder = tmp_path_factory.getbasetemp()
    is_of_worker = folder.name.startswith("popen-")
    return prepared_folder(folder.parent if is_of_worker else folder)
