"""What the peers by OR-Tools CP-SAT share: options, a run, and its row."""

import argparse
import csv
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from ortools.sat.python import cp_model

from columns import COLUMNS


def options(about: str | None, files: str) -> argparse.ArgumentParser:
    """The command line; `files` says what may be named."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=about, formatter_class=raw)
    parser.add_argument("files", nargs="+", type=Path, help=files)
    parser.add_argument("--time", type=float, default=30.0, help="seconds for each run")
    parser.add_argument("--threads", type=int, default=1, help="workers of the solver")
    parser.add_argument("--seeds", type=int, default=1, help="runs of each file, seeds 1 to N")
    parser.add_argument(
        "--linearization",
        type=int,
        choices=[1, 2],
        default=1,
        help="2: clauses are in linear relaxations too, not as CP-SAT does unasked",
    )
    parser.add_argument("--best-known", type=Path, help="CSV with instance and best_known")
    parser.add_argument("--save", type=Path, help="folder for the rosters found")
    return parser


def linearize(solver: cp_model.CpSolver) -> None:
    """Has clauses in linear relaxations too: runs are clauses, and without them bounds stay near 0.

    The level is for a single worker and for neighbourhoods. Whole problems are searched by workers
    with levels of their own; of two threads the only one would leave clauses out, so the worker
    that has them in is put before it.
    """
    solver.parameters.linearization_level = 2
    solver.parameters.extra_subsolvers.append("max_lp")


class Run(cp_model.CpSolverSolutionCallback):
    """A run. Its clock starts when it is made, so make it before reading the file."""

    def __init__(self, args: argparse.Namespace, seed: int) -> None:
        """Starts now."""
        super().__init__()
        self.start = time.monotonic()
        self.seconds = 0.0
        self.seconds_to_best = 0.0
        self.args = args
        self.seed = seed
        self.status = cp_model.UNKNOWN
        self.solver = cp_model.CpSolver()
        if args.linearization == 2:
            linearize(self.solver)

    def on_solution_callback(self) -> None:
        """A better one."""
        self.seconds_to_best = time.monotonic() - self.start

    def solve(self, model: cp_model.CpModel) -> bool:
        """Solves in what is left of the time; whether there is a solution."""
        left = self.args.time - (time.monotonic() - self.start)
        self.solver.parameters.max_time_in_seconds = max(left, 1.0)
        self.solver.parameters.num_workers = self.args.threads
        self.solver.parameters.random_seed = self.seed
        self.status = self.solver.solve(model, self)
        self.seconds = time.monotonic() - self.start
        if self.status not in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
            print(self.solver.status_name(self.status), file=sys.stderr)
        return self.status in (cp_model.OPTIMAL, cp_model.FEASIBLE)

    def row(
        self, name: str, units: int, known: float | None, value: int | None, valid: str = ""
    ) -> list[object]:
        """A row of the table."""
        gap = "" if value is None or not known else f"{100 * (value - known) / known:.3f}"
        solved = self.status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        bound = round(self.solver.best_objective_bound) if solved else ""
        head = [name, units, self.seed, self.args.threads, f"{self.seconds:.2f}"]
        tail = [gap, f"{self.seconds_to_best:.2f}", bound, valid]
        return [*head, "" if value is None else value, known or "", *tail]


def save(file: Path, columns: list[str], cells: Iterable[tuple[object, ...]]) -> None:
    """Writes a roster as `roundsman bench FORMAT --check CSV` reads it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(cells)


def table(rows: Iterable[list[object]]) -> None:
    """Prints each row as it comes."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(row)
        sys.stdout.flush()
