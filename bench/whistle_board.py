"""What open boards of whistles cost the server, in words."""

from statistics import median

from bench.figures import load, show
from scripts.console import say

BOARDS = 100
EVERY_SECONDS = 30
# A board shows itself again at least every five minutes: one poll of ten.
SHARE_IN_FULL = 0.1
NAMES = {
    "bare": "signed in, nothing asked",
    "poll": "poll without news (304)",
    "street": "board of a street",
    "unit": "board of a unit",
    "community": "board of a community",
}


def say_boards(taken: list[dict]) -> None:
    """Print what a board takes, and a core's share of a hundred of them."""
    say(f"\nBoards of whistles ({load()})")
    for figures in taken:
        say(f"  {figures['size']:>5,} whistles, {figures['under_way']:,} under way")
        for name, words in NAMES.items():
            rows = figures["rows"].get(name)
            say(
                f"    {words:<26} {show('CPU', figures['cpu'][name], 'ms')}, "
                f"{show('wall', figures['wall'][name], 'ms')}, "
                f"{figures['queries'][name]} queries"
                + ("" if rows is None else f", {rows} rows")
            )
        _say_share(figures["cpu"])


def _say_share(cpu: dict[str, list[float]]) -> None:
    poll, full, bare = (median(cpu[name]) for name in ("poll", "street", "bare"))
    mixed = (1 - SHARE_IN_FULL) * poll + SHARE_IN_FULL * full
    shares = {
        "nothing moves": mixed,
        "every poll finds news": full,
        "the 304s alone": poll,
        "the bare view": bare,
    }
    words = ", ".join(f"{name} {_share(ms):.2f} %" for name, ms in shares.items())
    say(f"    {BOARDS} boards, a poll every {EVERY_SECONDS} s, of a core: {words}")


def _share(milliseconds: float) -> float:
    """Percent of a core when each board's poll takes so long."""
    return BOARDS / EVERY_SECONDS * milliseconds / 1000 * 100
