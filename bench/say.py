"""What the bench prints: medians, ranges, ratios, each with its aim."""

from bench.figures import load, show, show_ratio
from bench.rush import CLIENTS
from scripts.console import Refusal, say


def say_pages(taken: dict[int, dict]) -> None:
    """The list of shifts at each number of shifts."""
    say(f"\nList of shifts, signed in ({load()})")
    for count, page in taken.items():
        for name in ("constant", "bare", "first", "deep", "again"):
            rows = page["rows"].get(name)
            say(
                f"  {count:>7,} shifts, {page['signups']:>9,} sign-ups, {name:<8} "
                f"{show('CPU', page['cpu'][name], 'ms')}, "
                f"{show('wall', page['wall'][name], 'ms')}, "
                f"{page['queries'][name]} queries, {page['bytes'][name] / 1000:.0f} kB"
                + ("" if rows is None else f", {rows} rows")
            )
    small, large = taken[min(taken)], taken[max(taken)]
    cpu, wall, before = large["cpu"], large["wall"], small["wall"]["first"]
    say(f"  first page : T50, CPU  {show_ratio(cpu['first'], cpu['bare'], '<= 1.0')}")
    say(f"  unchanged : C0, CPU    {show_ratio(cpu['again'], cpu['constant'], '<= 3')}")
    say(f"  large : small, wall    {show_ratio(wall['first'], before, '<= 1.1')}")
    say(f"  deep : first, wall     {show_ratio(wall['deep'], wall['first'], '<= 1.2')}")


def say_signups(taken: dict) -> None:
    say(f"\nSigning up: page, POST, next page ({load()})")
    for name in ("bare", "portal"):
        say(
            f"  {name:<7} {show('CPU', taken['cpu'][name], 'ms')}, "
            f"{show('wall', taken['wall'][name], 'ms')}"
        )
    ratio = show_ratio(taken["cpu"]["portal"], taken["cpu"]["bare"], "<= 2")
    say(f"  portal : S0, CPU        {ratio}   {taken['queries']} queries in all")


def say_ledger(taken: dict[str, dict]) -> None:
    say(f"\nLedger as DOCX, 500 activities with 1,500 photos ({load()})")
    for way, spent in taken.items():
        say(
            f"  {way:<7} wall {spent['wall']:.1f} s, CPU {spent['cpu']:.1f} s, "
            f"grew {spent['grown_kib'] / 1024:.0f} MiB, {spent['bytes'] / 1e6:.1f} MB"
        )
    ratio = taken["portal"]["cpu"] / taken["bare"]["cpu"]
    say(f"  portal : Pillow shrinking the photos alone, CPU {ratio:.2f} x")


def say_progress(taken: list[dict]) -> None:
    say(f"\nProgress matrix of the district, 5 pillars ({load()})")
    for page in taken:
        cpu, wall = page["cpu"], page["wall"]
        say(
            f"  {page['approved']:>7,} approved, {page['units']} units  "
            f"{show('CPU', cpu['matrix'], 'ms')}, {show('wall', wall['matrix'], 'ms')}"
            f", {page['queries']} queries; T50 {show('CPU', cpu['bare'], 'ms')}"
        )
        if page["counted"] != page["approved"]:
            raise Refusal(f"the matrix counts {page['counted']}")


def say_crowds(taken: list[dict]) -> None:
    """Crowds for one shift over HTTP."""
    say(f"\nA crowd at one moment, one shift, over HTTP ({load()})")
    for crowd in taken:
        people, places = crowd["people"], crowd["places"]
        say(
            f"  {crowd['kind']:<15} {people} people, {places} places: all answered in "
            f"{crowd['seconds']:.2f} s, 95 of 100 within {crowd['p95']:.2f} s, "
            f"exactly {places} confirmed"
        )
    say("  aims: 200 people within 1 s; 500 people, 95 of 100 within 5 s")


def say_steady(taken: dict[str, list[dict]], plain: list[float]) -> None:
    """Sign-ups a second over HTTP, beside S0 and beside plain SQL."""
    say(f"\nSign-ups, POST alone, 2 x 8 threads, {CLIENTS} clients ({load()})")
    rates = {name: [o["a_second"] for o in rounds] for name, rounds in taken.items()}
    names = {"bare": "S0", "portal": "a shift each", "hot": "all for one shift"}
    for name, words in names.items():
        cpu = [outcome["cpu"] for outcome in taken[name]]
        say(
            f"  {words:<18} {show('', rates[name], 'a second')}, "
            f"{show('CPU of the server', cpu, 'ms')}"
        )
    say(f"  plain SQL, one shift {show('', plain, 'a second')}")
    bare, each, hot = (rates[name] for name in names)
    say(f"  a shift each : S0      {show_ratio(each, bare, '>= 0.5')}")
    say(f"  all for one : each     {show_ratio(hot, each, '-')}")
    say(f"  all for one : SQL      {show_ratio(hot, plain, '-')}")
