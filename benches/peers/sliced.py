"""Patrol plans by today's workaround, scored by the same checker as our own.

For each solver, slot length and window length: solve, write plan.json, check it, print a row.
README.md tells what is compared and how.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import by_ortools
import by_pyvrp
from problem import Problem, problem
from question import Question, read
from schedule import duty_plan, schedule
from slices import Cut, Done, requests

Solver = Callable[[Problem, float, int, int], dict[int, list[int]]]
SOLVERS: dict[str, Solver] = {"pyvrp": by_pyvrp.routes, "ortools": by_ortools.routes}


def windows(q: Question, hours: float) -> list[list[int]]:
    """Duties by the stretch of so many hours in which they start."""
    buckets: dict[int, list[int]] = {}
    for d, duty in enumerate(q.duties):
        buckets.setdefault(int(duty.span[0] // (hours * 3600)), []).append(d)
    return [duties for _, duties in sorted(buckets.items())]


def make(
    file: Path, solver: str, cut: Cut, hours: float, seconds: float, seed: int, place: int
) -> tuple[dict[str, Any], int]:
    """A plan by one solver: one window after another, equal time for each.

    With it the number of visits and breaks that did not fit once timed exactly.
    """
    q = read(file)
    done = Done(cut)
    dropped = 0
    duties: dict[int, dict[str, Any]] = {}
    rolling = windows(q, hours)
    for window in rolling:
        asked = problem(q, window, requests(q, window, done))
        rows = SOLVERS[solver](asked, seconds / len(rolling), seed, place)
        for d, nodes in sorted(rows.items()):
            visits, back, misfits = schedule(asked, d, nodes)
            dropped += misfits
            for visit in visits:
                done.served(visit.request, visit.client, visit.start, visit.end, q)
            if any(visit.request.rule is None for visit in visits):
                duties[d] = duty_plan(q, d, visits, back)
    plan = {
        "version": 1,
        "scenario": q.scenario,
        "start": q.start,
        "duties": [duties[d] for d in sorted(duties)],
    }
    return plan, dropped


def run(command: list[str]) -> dict[str, Any]:
    """The JSON that `roundsman` prints; exit code 1 means a plan that is not valid."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def check(roundsman: str, scenario: Path, plan: Path) -> dict[str, Any]:
    """The checker's word on a plan."""
    return run([roundsman, "check", str(scenario), str(plan), "--json", "--quiet"])


def rank(verdict: dict[str, Any]) -> tuple[bool, float, float]:
    """Better plans first: valid, then broken promises, then value."""
    return (not verdict["valid"], verdict["broken_promises_total"], -verdict["value"])


def row(name: str, seconds: float, verdict: dict[str, Any], dropped: int = 0) -> str:
    """A line of the table."""
    wanted = verdict["orders_met"] + verdict["orders_missed"]
    cells = [
        name,
        f"{seconds:g}",
        f"{100 * verdict['protected_risk']:.2f}",
        f"{verdict['orders_met']:g} of {wanted:g}",
        f"{verdict['broken_promises_total']:.0f}",
        "yes" if verdict["valid"] else "**no**",
        str(dropped),
    ]
    return f"| {' | '.join(cells)} |"


def peers(args: argparse.Namespace, file: Path, out: Path) -> list[str]:
    """The rows of all peers. Each thread makes a plan with its own seed; the best one counts."""
    rows = []
    places = range(args.threads)
    cuts = [Cut(length, width) for length, width in args.slots]
    for solver, cut, hours in itertools.product(args.solvers, cuts, args.hours):
        jobs = [(file, solver, cut, hours, args.seconds, args.seed + k, k) for k in places]
        with ProcessPoolExecutor(args.threads) as pool:
            plans = list(pool.map(make, *zip(*jobs, strict=True)))
        verdicts = []
        for k, (plan, dropped) in zip(places, plans, strict=True):
            name = f"{solver}-{cut.length:g}-{cut.width:g}-{hours:g}h-{args.seed + k}"
            path = out / f"{name}.plan.json"
            path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
            verdicts.append((check(args.roundsman, args.scenario, path), dropped))
        name = f"{solver}, slots {cut.length:g}:{cut.width:g}, {hours:g} h at a time"
        rows.append(row(name, args.seconds, *min(verdicts, key=lambda v: rank(v[0]))))
        print(rows[-1], flush=True)
    return rows


def ours(args: argparse.Namespace, out: Path) -> list[str]:
    """Our own rows: all of the time is for everything, reading and checking included."""
    verdicts = []
    for seed in range(args.seed, args.seed + args.seeds):
        options = ["--time", f"{args.seconds:g}s", "--threads", str(args.threads)]
        options += ["--seed", str(seed), "-o", str(out / f"roundsman-{seed}"), "--json", "--quiet"]
        verdicts.append(run([args.roundsman, "plan", str(args.scenario), *options]))
    if len(verdicts) == 1:
        return [row("roundsman", args.seconds, verdicts[0])]
    return [
        row(f"roundsman, mean of {args.seeds} seeds", args.seconds, mean(verdicts)),
        row(f"roundsman, worst of {args.seeds} seeds", args.seconds, max(verdicts, key=rank)),
    ]


def mean(verdicts: list[dict[str, Any]]) -> dict[str, Any]:
    """The mean of what a row shows; valid only when all are."""
    shown = ["protected_risk", "orders_met", "orders_missed", "broken_promises_total"]
    means: dict[str, Any] = {k: sum(v[k] for v in verdicts) / len(verdicts) for k in shown}
    return means | {"valid": all(v["valid"] for v in verdicts)}


def slot(text: str) -> tuple[float, float]:
    """Reads `0.75:0.4`."""
    length, _, width = text.partition(":")
    return float(length), float(width or 1)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", type=Path, help="a scenario's folder")
    parser.add_argument("--roundsman", default="target/release/roundsman", help="the program")
    parser.add_argument("--seconds", type=float, default=60, help="for each plan")
    parser.add_argument("--threads", type=int, default=2, help="at the same time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=1, help="runs of ours: mean and worst")
    parser.add_argument("--solvers", nargs="+", choices=SOLVERS, default=list(SOLVERS))
    parser.add_argument(
        "--slots",
        nargs="+",
        type=slot,
        default=[(1, 1), (0.5, 1), (0.75, 0.4), (0.75, 0.2)],
        metavar="LENGTH:WIDTH",
        help="slot length over standard; part of the slot in which its visit must begin",
    )
    parser.add_argument(
        "--hours", nargs="+", type=float, default=[24, 8], help="duties solved together"
    )
    parser.add_argument("--out", type=Path, default=Path("out/peers"), help="folder for plans")
    return parser.parse_args()


def main() -> None:
    """Prints the table."""
    args = arguments()
    out = args.out / args.scenario.name
    out.mkdir(parents=True, exist_ok=True)
    file = out / "instance.json"
    export = [args.roundsman, "export", "instance", str(args.scenario), "--quiet"]
    subprocess.run([*export, "--out", str(file)], check=True)
    print("| plan | seconds | protected risk % | orders met | broken promises | valid | dropped |")
    print("|---|---|---|---|---|---|---|", flush=True)
    print("\n".join(ours(args, out)), flush=True)
    peers(args, file, out)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
