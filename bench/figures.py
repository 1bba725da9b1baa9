"""What is measured and how it is printed."""

import os
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Spent:
    """CPU of this process, wall time, and growth of the peak of memory."""

    cpu: float
    wall: float
    grown_kib: int


def spend(work: Callable[[], object]) -> Spent:
    """Do the work and say what it took."""
    peak = _peak_kib()
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(
        cpu=time.process_time() - cpu,
        wall=time.perf_counter() - wall,
        grown_kib=_peak_kib() - peak,
    )


def _peak_kib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def show(label: str, values: Sequence[float], unit: str) -> str:
    """The median and the range of the rounds, as one piece of a line."""
    return f"{label} {median(values):.2f} {unit} ({min(values):.2f}-{max(values):.2f})"


def show_ratio(ours: Sequence[float], bare: Sequence[float], aim: str) -> str:
    """The ratio of the medians and the range over the rounds, with the aim."""
    each = [a / b for a, b in zip(ours, bare, strict=True)]
    return (
        f"{median(ours) / median(bare):.2f} x ({min(each):.2f}-{max(each):.2f})"
        f"   aim {aim}"
    )


def load() -> str:
    """The load average of the machine."""
    return "load " + " ".join(f"{value:.2f}" for value in os.getloadavg())
