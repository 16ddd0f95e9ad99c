"""What work costs: time by the clock, and of the processor."""

import contextlib
import os
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass
class Cost:
    """Seconds by the clock on the wall, and of the processor over all threads."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.wall + other.wall, self.cpu + other.cpu)

    def __str__(self) -> str:
        return f"{self.wall:.2f} ({self.cpu:.2f})"


@contextlib.contextmanager
def cost_of(*, children: bool = False) -> Iterator[Cost]:
    """What a block costs: this process, or the programs that it waits for."""

    def cpu() -> float:
        if not children:
            return time.process_time()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    cost = Cost()
    wall, before = time.perf_counter(), cpu()
    yield cost
    cost.wall, cost.cpu = time.perf_counter() - wall, cpu() - before


def cpu_of(pid: int) -> float:
    """Processor time of a process so far (Linux)."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
