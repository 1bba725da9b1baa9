"""Which worker a test goes to."""

from xdist.scheduler import LoadScopeScheduling


class OneStartEach(LoadScopeScheduling):
    """Tests of one module, or of one folder of tests/live, stay together on one worker.

    They share what they start. Groups of xdist would say so, but pytest 9.2 does not
    see those of xdist 3.8.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        if not module.startswith("tests/live/"):
            return module
        return module.removeprefix("tests/live/").partition("/")[0]
