import pytest

from scripts.revivals import Revivals


def pauses(lives):
    """The pauses after lives of so many seconds, one after the other."""
    revivals, now, told = Revivals(), 0.0, []
    for lived in lives:
        now += lived
        told.append(revivals.pause_after_death(lived=lived, now=now))
        now += told[-1] or 0
    return told


@pytest.mark.parametrize(
    ("lives", "expected"),
    [
        ([0] * 5, [1, 2, 4, 8, None]),
        ([15] * 7, [1, 2, 4, 8, 16, 30, 30]),
        ([0, 0, 60, 0], [1, 2, 1, 2]),
    ],
    ids=["dies at once", "dies now and then", "lived for a minute"],
)
def test_pauses_before_a_program_is_started_again(lives, expected):
    assert pauses(lives) == expected
