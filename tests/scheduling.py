"""Which worker a test goes to."""

from xdist.scheduler import LoadScopeScheduling


class OneStartEach(LoadScopeScheduling):
    """Live tests of one module, or of one folder, stay together on one worker.

    They share what they start. Groups of xdist would say so, but pytest 9.2 does not
    see those of xdist 3.8.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0].removeprefix("tests/live/").partition("/")[0]
