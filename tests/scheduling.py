"""Which worker a test goes to."""

from xdist.scheduler import LoadScopeScheduling

JOURNEYS = "tests/live/journeys/"


class OneStartEach(LoadScopeScheduling):
    """Tests of one module, or of one folder of tests/live, stay together on one worker.

    They share what they start. The modules of the journeys may part, each worker has a
    stack for them; pages of tests/sweep go to whichever is free. Groups of xdist would
    say so, but pytest 9.2 does not see those of xdist 3.8.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        if module == "tests/sweep/test_pages.py":
            return nodeid
        if not module.startswith("tests/live/") or module.startswith(JOURNEYS):
            return module
        return module.removeprefix("tests/live/").partition("/")[0]
