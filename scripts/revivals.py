"""When a program that died is started again, and when that is given up."""

FIRST_PAUSE = 1
LONGEST_PAUSE = 30
# So many deaths within so many seconds end the command.
MOST_DEATHS = 5
WITHIN_SECONDS = 60


class Revivals:
    """The deaths of one program; the pauses before it is started again grow."""

    def __init__(self) -> None:
        self._deaths: list[float] = []

    def pause_after_death(self, *, lived: float, now: float) -> float | None:
        """Seconds until the next start; None when there shall be none.

        A program that lived for a minute starts from the first pause.
        """
        if lived >= WITHIN_SECONDS:
            self._deaths.clear()
        self._deaths.append(now)
        recent = [death for death in self._deaths if now - death < WITHIN_SECONDS]
        if len(recent) >= MOST_DEATHS:
            return None
        return min(FIRST_PAUSE * 2 ** (len(self._deaths) - 1), LONGEST_PAUSE)
