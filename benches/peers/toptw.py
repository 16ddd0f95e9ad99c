"""Team orienteering with time windows by general routing solvers, in the columns of `roundsman bench`.

Files and distances as `roundsman bench toptw` reads them. Both solvers use one thread, so with
`--threads T` so many runs with different seeds go side by side, and the best of them counts.
"""

import argparse
import csv
import itertools
import math
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ortools.constraint_solver import pywrapcp
from pyvrp import (
    Client,
    Depot,
    Location,
    PenaltyParams,
    ProblemData,
    SolveParams,
    VehicleType,
    solve,
)
from pyvrp.stop import MaxRuntime

from by_ortools import parameters
from columns import COLUMNS, read_known

# Path, routes, seed, best known.
Job = tuple[Path, int, int, float | None]


@dataclass(frozen=True)
class Vertex:
    """A place; times in ticks of the file's decimals."""

    service: int
    profit: int
    open: int
    close: int


@dataclass(frozen=True)
class Instance:
    """A file with the number of routes; the depot is vertex 0."""

    name: str
    routes: int
    vertices: list[Vertex]
    travel: np.ndarray


@dataclass(frozen=True)
class Found:
    """A solution: rows of vertices without the depot, and when it was found."""

    rows: list[list[int]]
    seconds_to_best: float


def read(path: Path, routes: int) -> Instance:
    """Reads a file. Distances are truncated to 1 decimal (Solomon) or 2 (Cordeau: pr*)."""
    decimals = 2 if path.stem.startswith("pr") else 1
    scale = 10**decimals
    rows = [line.split() for line in path.read_text().splitlines()[2:] if line.strip()]
    places = [(float(r[1]), float(r[2])) for r in rows]
    vertices = [
        Vertex(
            service=round(float(r[3]) * scale),
            profit=round(float(r[4])),
            open=round(float(r[-2]) * scale),
            close=round(float(r[-1]) * scale),
        )
        for r in rows
    ]
    travel = [[math.floor(math.dist(a, b) * scale + 1e-9) for b in places] for a in places]
    return Instance(path.stem, routes, vertices, np.array(travel, dtype=np.int64))


def prize_scale(instance: Instance) -> int:
    """Prize of one unit of profit: more than all driving can cost, so that profit comes first."""
    return instance.routes * instance.vertices[0].close


def by_pyvrp(instance: Instance, seconds: float, seed: int, _place: int) -> Found:
    """PyVRP: prize collecting."""
    # A hundredth, so that penalties for lateness can outweigh the prizes: README.md.
    scale = max(1, prize_scale(instance) // 100)
    clients = [
        Client(
            location=i,
            service_duration=v.service,
            tw_early=v.open,
            tw_late=v.close,
            prize=v.profit * scale,
            required=False,
        )
        for i, v in enumerate(instance.vertices)
        if i > 0
    ]
    depot = instance.vertices[0]
    vehicle = VehicleType(instance.routes, tw_early=depot.open, tw_late=depot.close)
    data = ProblemData(
        locations=[Location(0, 0) for _ in instance.vertices],
        clients=clients,
        depots=[Depot(location=0)],
        vehicle_types=[vehicle],
        distance_matrices=[instance.travel],
        duration_matrices=[instance.travel],
    )
    largest = max(v.profit for v in instance.vertices)
    max_penalty = max(PenaltyParams().max_penalty, float(largest * scale))
    params = SolveParams(penalty=PenaltyParams(max_penalty=max_penalty))
    result = solve(data, MaxRuntime(seconds), seed=seed, params=params)
    to_best = 0.0
    if result.is_feasible():
        passed = np.cumsum(result.stats.runtimes)
        costs = (d.best_cost for d in result.stats.data)
        to_best = next((float(t) for t, c in zip(passed, costs) if c <= result.cost()), 0.0)
    rows = [[a.idx + 1 for a in route if a.is_client()] for route in result.best.routes()]
    return Found(rows, to_best)


def by_ortools(instance: Instance, seconds: float, _seed: int, place: int) -> Found:
    """OR-Tools routing: disjunctions with penalties, guided local search."""
    n = len(instance.vertices)
    manager = pywrapcp.RoutingIndexManager(n, instance.routes, 0)
    model = pywrapcp.RoutingModel(manager)
    service = np.array([v.service for v in instance.vertices])
    transit = model.RegisterTransitMatrix((instance.travel + service[:, None]).tolist())
    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitMatrix(instance.travel.tolist()))
    depot = instance.vertices[0]
    model.AddDimension(transit, depot.close, depot.close, False, "time")
    dimension = model.GetDimensionOrDie("time")
    for i, v in enumerate(instance.vertices[1:], start=1):
        index = manager.NodeToIndex(i)
        dimension.CumulVar(index).SetRange(v.open, v.close)
        model.AddDisjunction([index], v.profit * prize_scale(instance))
    best: list[tuple[int, float]] = []
    start = time.monotonic()

    def note() -> None:
        cost = model.CostVar().Max()
        if not best or cost < best[-1][0]:
            best.append((cost, time.monotonic() - start))

    model.AddAtSolutionCallback(note)
    found = model.SolveWithParameters(parameters(seconds, place))
    if found is None:
        return Found([], 0.0)
    rows = []
    for vehicle in range(instance.routes):
        row = []
        index = found.Value(model.NextVar(model.Start(vehicle)))
        while not model.IsEnd(index):
            row.append(manager.IndexToNode(index))
            index = found.Value(model.NextVar(index))
        rows.append(row)
    return Found(rows, best[-1][1] if best else 0.0)


SOLVERS: dict[str, Callable[[Instance, float, int, int], Found]] = {
    "pyvrp": by_pyvrp,
    "ortools": by_ortools,
}


def value(instance: Instance, rows: list[list[int]]) -> int | None:
    """Profit recomputed from the file; `None` when the rows break a rule."""
    visited = [i for row in rows for i in row]
    if len(visited) != len(set(visited)) or len(rows) > instance.routes:
        return None
    for row in rows:
        now, here = instance.vertices[0].open, 0
        for i in [*row, 0]:
            now = max(now + int(instance.travel[here, i]), instance.vertices[i].open)
            if now > instance.vertices[i].close:
                return None
            now, here = now + instance.vertices[i].service, i
    return sum(instance.vertices[i].profit for i in visited)


def solved(job: tuple[Path, int, str, float, int, int]) -> tuple[int | None, float]:
    """Value and time to best of one run."""
    path, routes, solver, seconds, seed, place = job
    instance = read(path, routes)
    found = SOLVERS[solver](instance, seconds, seed, place)
    return value(instance, found.rows), found.seconds_to_best


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--solver", choices=SOLVERS, default="pyvrp")
    parser.add_argument("--units", nargs="+", type=int, default=[1, 2, 3, 4])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--threads", type=int, default=1, help="seeds side by side, best counts")
    parser.add_argument("--seeds", type=int, default=5, help="runs of each instance")
    parser.add_argument("--best-known", type=Path, help="CSV with instance, best_known")
    parser.add_argument("--csv", type=Path, help="where to write [default: stdout]")
    return parser.parse_args()


def run(pool: ProcessPoolExecutor, args: argparse.Namespace, instance: Job) -> list[str]:
    """One row: as many seeds as threads, the best of them."""
    path, units, seed, best = instance
    jobs = [
        (path, units, args.solver, args.seconds, seed * args.threads + k, k)
        for k in range(args.threads)
    ]
    runs = list(pool.map(solved, jobs))
    sound = [(profit, -to_best) for profit, to_best in runs if profit is not None]
    profit, to_best = max(sound, default=(0, 0.0))
    return [
        path.stem,
        str(units),
        str(seed),
        str(args.threads),
        f"{args.seconds:g}",
        str(profit),
        "" if best is None else f"{best:g}",
        "" if best is None else f"{100 * (best - profit) / best:.3f}",
        f"{-to_best:.2f}",
        "",
        str(len(sound) == len(runs)).lower(),
    ]


def main() -> None:
    """Runs all and writes CSV; the mean gap goes to stderr."""
    args = arguments()
    known = read_known(args.best_known)
    seeds = range(1, args.seeds + 1)
    gaps = []
    with ExitStack() as stack:
        pool = stack.enter_context(ProcessPoolExecutor(args.threads))
        out = stack.enter_context(args.csv.open("w", newline="")) if args.csv else sys.stdout
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for path, units, seed in itertools.product(args.files, args.units, seeds):
            row = run(pool, args, (path, units, seed, known.get(f"{path.stem}|m={units}")))
            gaps += [float(row[COLUMNS.index("gap_percent")])] if row[6] else []
            writer.writerow(row)
            out.flush()
    if gaps:
        print(f"{args.solver}: mean gap {sum(gaps) / len(gaps):.3f} %", file=sys.stderr)


if __name__ == "__main__":
    main()
