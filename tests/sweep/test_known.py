"""What one worker looked at, another does not look at again."""

import pytest

from tests.sweep.known import Known


@pytest.fixture
def two(tmp_path):
    """What two workers of one run know."""
    return Known(tmp_path / "known"), Known(tmp_path / "known")


def test_what_another_worker_added_is_known(two):
    first, second = two

    assert first.add(("form", 360))
    assert not first.add(("form", 360))
    assert not second.add(("form", 360))


def test_one_unknown_thing_among_known_ones_is_told(two):
    first, second = two
    first.add("a", "b")

    assert second.add("a", "c")
    assert not first.add("b", "c")
