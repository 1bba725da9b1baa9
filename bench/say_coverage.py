"""What the bench prints about the progress matrix, from few activities to many."""

from bench.figures import load, show, show_ratio
from scripts.console import Refusal, say

WAYS = {
    "bare": "T50",
    "signed": "signed in, no page",
    "frame": "head and foot only",
    "warm": "page, unchanged",
    "cold": "page, cache empty",
    "figures": "counters, folded",
    "grouped": "plain GROUP BY",
}


def say_coverage(taken: list[dict]) -> None:
    """Page and figures at each number of activities, with the aims."""
    say(f"\nProgress matrix of the district, 5 pillars ({load()})")
    for step in taken:
        say(
            f"  {step['activities']:>9,} activities (1 in 20 joint), {step['units']} "
            f"units, {step['counters']:,} counters, {step['drifts']} drifts, "
            f"{step['queries']} queries warm; seeded in {step['seeded']:.0f} s"
        )
        if step["drifts"] or step["counted"] != step["grouped"]:
            raise Refusal(f"{step['counted']} counted, {step['grouped']} grouped")
        for name, words in WAYS.items():
            cpu, wall = step["cpu"][name], step["wall"][name]
            say(f"    {words:<18} {show('CPU', cpu, 'ms')}, {show('wall', wall, 'ms')}")
        cpu, wall = step["cpu"], step["wall"]
        for words, ours, bare, aim in (
            ("unchanged : T50, CPU  ", cpu["warm"], cpu["bare"], "<= 0.5"),
            ("head and foot : T50   ", cpu["frame"], cpu["bare"], "the floor"),
            ("unchanged : floor, CPU", cpu["warm"], cpu["frame"], "-"),
            ("empty : T50, CPU      ", cpu["cold"], cpu["bare"], "-"),
            ("counters : T50, CPU   ", cpu["figures"], cpu["bare"], "<= 0.5"),
            ("counters : GROUP BY   ", wall["figures"], wall["grouped"], "-"),
        ):
            say(f"    {words} {show_ratio(ours, bare, aim)}")
    few, many = taken[0], taken[-1]
    for name in ("warm", "cold", "figures"):
        ratio = show_ratio(many["cpu"][name], few["cpu"][name], "flat")
        say(f"  most : fewest, {WAYS[name]}, CPU   {ratio}")
