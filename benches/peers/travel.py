"""Travel tables of ours against OSRM's: the same extract, speeds and rights of way.

Lengths of random pairs side by side, with the cause wherever they differ, and the time that
each program takes. README.md tells what is compared and how.
"""

import argparse
import itertools
import math
import random
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

import by_osrm
import by_roundsman as ours
import causes
import extract
from costs import Cost
from extract import Extract, Place

NEAR = 1.0
"""Metres that a point may lie from the road that we put it on."""


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roads", type=Path, help="an .osm.pbf")
    parser.add_argument("--points", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3, help="the least of so many runs counts")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--algorithms", nargs="+", choices=["MLD", "CH"], default=["MLD", "CH"])
    parser.add_argument("--roundsman", default="target/release/roundsman")
    parser.add_argument("--details", action="store_true", help="a line for each pair that differs")
    parser.add_argument("--folder", type=Path, help="keep the files there")
    return parser.parse_args()


class Comparison:
    """One run of the comparison."""

    def __init__(self, args: argparse.Namespace, folder: Path) -> None:
        self.args, self.folder = args, folder
        self.classes = set(by_osrm.profile("car")["class"])
        self.rules = folder / "car.lua"
        by_osrm.write_profile("car", self.rules)

    def file(self, name: str) -> Path:
        """A file of this run."""
        return self.folder / name

    def ours(self, *options: str | Path) -> dict[str, Cost]:
        """What `map table` costs on the points, step by step."""
        threads = ["--threads", str(self.args.threads)]
        return ours.ask(
            self.args.roundsman,
            self.args.roads,
            self.file("points.csv"),
            *threads,
            *map(str, options),
        )

    def draw(self, roads: Extract) -> list[Place]:
        """Points on roads that can be driven to and back: where `map table` puts them at once."""
        count = self.args.points
        drawn = roads.draw(2 * count, self.classes, self.args.seed)
        ours.write_points(self.file("points.csv"), drawn)
        ours.write_pairs(self.file("pairs.csv"), [(0, 0)])
        self.ours(
            "--pairs",
            self.file("pairs.csv"),
            "--places",
            self.file("places.csv"),
            "--out",
            self.file("none.csv"),
        )
        off = ours.places_off(self.file("places.csv"))
        kept = [i for i, metres in enumerate(off) if metres <= NEAR][:count]
        lost = kept[-1] + 1 - len(kept)
        print(f"{len(kept)} points; {lost} more lay on roads that a car cannot drive to and back")
        return [drawn[i] for i in kept]

    def compare(self, roads: Extract, points: list[Place], engine: by_osrm.Engine) -> None:
        """Lengths of random pairs, and why some differ."""
        chance = random.Random(self.args.seed)
        draws = (chance.sample(range(len(points)), 2) for _ in range(self.args.pairs))
        pairs = [(a, b) for a, b in draws]
        ours.write_pairs(self.file("pairs.csv"), pairs)
        self.ours(
            "--pairs",
            self.file("pairs.csv"),
            "--routes",
            self.file("routes.geojson"),
            "--out",
            self.file("none.csv"),
        )
        mine = ours.routes(self.file("routes.geojson"))
        theirs = {(a, b): engine.route(points[a], points[b]) for a, b in pairs}
        both = [(mine[p], theirs[p]) for p in pairs if p in mine]
        scale = float(np.median([o.seconds / m.seconds for m, o in both if o and m.seconds > 0]))

        def ask(stops: list[Place]) -> float:
            legs = [engine.route(x, y) for x, y in itertools.pairwise(stops)]
            return sum(leg.seconds if leg else math.inf for leg in legs)

        judge = causes.Judge(roads, self.classes, scale, ask)
        why: dict[str, list[str]] = defaultdict(list)
        for a, b in pairs:
            route, other = mine.get((a, b)), theirs[a, b]
            if route and other and causes.agree(route.metres, other.metres):
                continue
            cause = judge.cause((points[a], points[b]), route, other)
            figures = [f"{r.seconds:.1f} s {r.metres:.0f} m" if r else "-" for r in (route, other)]
            why[cause.why].append(f"{a} to {b}: {' | '.join(figures)}, node {cause.node}")
        share = 1 - sum(map(len, why.values())) / len(pairs)
        print(f"\n{share:.2%} of {len(pairs)} pairs agree within {causes.AGREE:.1%}\n")
        print("| cause | pairs |\n|---|---|")
        for words, found in sorted(why.items(), key=lambda item: -len(item[1])):
            print(f"| {words} | {len(found)} |")
            if self.args.details:
                print("\n".join(f"<!-- {line} -->" for line in found))

    def whole_table(self, answer: Any) -> None:
        """All entries side by side."""
        metres = by_osrm.rows(answer["distances"])
        _, mine = ours.table(self.file("table.csv"), len(metres))
        both = ~np.eye(len(metres), dtype=bool) & ~np.isnan(mine) & ~np.isnan(metres)
        near = np.abs(metres - mine)[both] <= np.maximum(causes.AGREE * mine[both], causes.NEAR)
        lone = (np.isnan(mine) != np.isnan(metres)).sum()
        ratio = np.median((metres[both] / np.maximum(mine[both], 0.001))[mine[both] > 100])
        print(
            f"\nWhole table: {near.mean():.2%} of {both.sum():,} entries agree, {lone} have a way "
            f"in one program alone, median ratio of lengths {ratio:.5f}"
        )


def least(runs: list[Cost]) -> str:
    """The least of several runs: noise only adds."""
    return str(Cost(min(c.wall for c in runs), min(c.cpu for c in runs)))


def main() -> None:
    """Compares."""
    args = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        run = Comparison(args, folder)
        roads = extract.read(args.roads)
        points = run.draw(roads)
        ours.write_points(run.file("points.csv"), points)

        columns = ["roundsman", *(f"OSRM {a}" for a in args.algorithms)]
        rows = ["read", "prepare", "times", "times and lengths", "all"]
        costs: dict[tuple[str, str], list[Cost]] = defaultdict(list)
        for _ in range(args.repeats):
            steps = run.ours("--out", run.file("table.csv"))
            tell = {
                "read": steps["read the roads"] + steps["placed the points"],
                "prepare": steps["prepared"],
                "times and lengths": steps["made the table"],
            }
            tell["all"] = tell["read"] + tell["prepare"] + tell["times and lengths"]
            for row, cost in tell.items():
                costs[row, "roundsman"].append(cost)
            for algorithm in args.algorithms:
                built = by_osrm.build(args.roads, run.rules, folder, algorithm, args.threads)
                engine = by_osrm.Engine(built)
                times, _ = engine.table(points, ["duration"])
                table, answer = engine.table(points, ["duration", "distance"])
                tell = {
                    "read": built.read,
                    "prepare": built.prepare + engine.load,
                    "times": times,
                    "times and lengths": table,
                    "all": built.read + built.prepare + engine.load + table,
                }
                for row, cost in tell.items():
                    costs[row, f"OSRM {algorithm}"].append(cost)
        run.compare(roads, points, engine)
        run.whole_table(answer)
        print(
            f"\n{len(points)} x {len(points)}, threads: {args.threads}; seconds by the clock "
            "(of the processor)\n"
        )
        print("| | " + " | ".join(columns) + " |\n|---" * 1 + "|---" * len(columns) + "|")
        for row in rows:
            cells = [least(costs[row, c]) if costs[row, c] else "" for c in columns]
            print(f"| {row} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
