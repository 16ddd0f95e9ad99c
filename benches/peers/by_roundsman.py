"""Our own command line, with what each step of it costs."""

import csv
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from costs import Cost, cpu_of
from extract import Place


def write_points(file: Path, places: list[Place]) -> None:
    """Points for `map table`, called by their numbers."""
    with file.open("w", newline="") as out:
        table = csv.writer(out)
        table.writerow(["id", "lon", "lat"])
        table.writerows([i, x, y] for i, (x, y) in enumerate(places))


def write_pairs(file: Path, pairs: list[tuple[int, int]]) -> None:
    """Pairs of such points."""
    with file.open("w", newline="") as out:
        table = csv.writer(out)
        table.writerow(["from", "to"])
        table.writerows(pairs)


def ask(roundsman: str, roads: Path, points: Path, *options: str) -> dict[str, Cost]:
    """Runs `map table`; what each step cost, by the words that it is told in.

    It says each step as the step ends, so the processor time until then can be read off.
    """
    command = [roundsman, "map", "table", str(roads), str(points), *options]
    steps: dict[str, Cost] = {}
    cpu = 0.0
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        said = []
        for line in process.stderr or []:
            said.append(line)
            what, _, seconds = line.rstrip().rpartition(": ")
            if not what.startswith("warning") and seconds.endswith(" s"):
                now = cpu_of(process.pid)
                steps[what] = Cost(float(seconds[:-2]), now - cpu)
                cpu = now
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}: {''.join(said)}")
    return steps


def places_off(file: Path) -> list[float]:
    """How far off each point was put; infinite where it was not."""
    with file.open() as rows:
        return [
            float(row["metres_off"]) if row["lon"] else float("inf") for row in csv.DictReader(rows)
        ]


def table(file: Path, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Seconds and metres between all points; not a number where there is no way."""
    cells = np.genfromtxt(file, delimiter=",", skip_header=1, usecols=(2, 3))
    return cells[:, 0].reshape(count, count), cells[:, 1].reshape(count, count)


@dataclass(frozen=True)
class Route:
    """A way that we take."""

    seconds: float
    metres: float
    nodes: list[int]
    """The map's ids; below 0 where a point was put in."""


def routes(file: Path) -> dict[tuple[int, int], Route]:
    """Ways by the numbers of their ends."""
    found = {}
    for feature in json.loads(file.read_text())["features"]:
        p = feature["properties"]
        ends = int(p["from"]), int(p["to"])
        found[ends] = Route(p["seconds"], p["metres"], p["nodes"])
    return found
