"""Nurse rostering (INRC-II, all weeks known) by CP-SAT, in the columns of `roundsman bench`.

The rules are those of Ceschia, Dang, De Causmaecker, Haspeslagh and Schaerf, "The Second
International Nurse Rostering Competition", Annals of Operations Research 274 (2019), with all weeks
solved at once: H1 to H4 are hard, S1 to S7 are charged. Instances are named and found as
`roundsman bench inrc2` does it: `n005w4_0_1-2-3-3` is history 0 and the weeks 1, 2, 3 and 3.

The plain model: a Boolean for each nurse, day, shift and skill she has; a clause for each run that
may be too short or too long, with a Boolean that pays for it; integers for nurses missing, and for
shifts and weekends too few or too many. Values are not the model's: `roundsman bench inrc2
INSTANCE --check CSV` prices every roster from the files.

    python benches/peers/inrc2.py DIR --time 600 --threads 2 --best-known DIR/best-known.csv
    python benches/peers/inrc2.py DIR/n030w4/n030w4_1_6-2-9-1 --time 60 --save out/rosters
"""

import argparse
import itertools
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ortools.sat.python import cp_model

from by_cpsat import Run, options, save, table
from columns import Known, read_known

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
SATURDAY = 5

# Prices of S1 to S7.
SHORT_OF_BEST = 30
SAME_SHIFT = 15
WORK = 30
OFF = 30
REQUEST = 10
HALF_WEEKEND = 30
TOTAL = 20
WEEKEND = 30

# Fewest and most of something.
Limits = tuple[int, int]


@dataclass
class Contract:
    """A row of CONTRACTS."""

    total: Limits
    work: Limits
    off: Limits
    weekends: int
    whole_weekends: bool


@dataclass
class Past:
    """A row of NURSE_HISTORY; `same`, `work` and `off` are days in a row until the first day."""

    total: int
    weekends: int
    last: str
    same: int
    work: int
    off: int


@dataclass
class Nurse:
    """A row of NURSES, with its history."""

    key: str
    contract: Contract
    skills: list[str]
    past: Past


@dataclass
class Problem:
    """The files of an instance, days counted from 0."""

    days: int
    runs: dict[str, Limits]
    not_next: dict[str, list[str]]
    nurses: list[Nurse]
    # Day, shift, skill, fewest, best.
    needs: list[tuple[int, str, str, int, int]]
    # Nurse, day, shift or `Any`.
    requests: list[tuple[str, int, str]]


class Words:
    """The words of a file; brackets, commas and equals signs say nothing that order does not."""

    def __init__(self, file: Path) -> None:
        """Reads the file."""
        self.rest = iter(re.sub(r"[(),=]", " ", file.read_text()).split())

    def word(self) -> str:
        """The next word."""
        return next(self.rest)

    def skip(self, count: int) -> None:
        """Passes over so many."""
        for _ in range(count):
            self.word()

    def number(self) -> int:
        """The next word, a number."""
        return int(self.word())

    def limits(self) -> Limits:
        """Such as `(2,5)`."""
        return self.number(), self.number()

    def words(self) -> list[str]:
        """Their number, then words."""
        return [self.word() for _ in range(self.number())]

    def section(self) -> range:
        """A head such as `NURSES = 30`: as many rows follow."""
        self.skip(1)
        return range(self.number())


def read(folder: Path, name: str) -> Problem:
    """Reads the files of an instance."""
    group, history, weeks = name.rsplit("_", 2)
    past = read_past(folder / f"H0-{group}-{history}.txt")
    text = Words(folder / f"Sc-{group}.txt")
    text.skip(2)
    days = len(DAYS) * len(text.section())
    for _ in text.section():  # Skills: those of nurses and needs will do.
        text.skip(1)
    runs = {text.word(): text.limits() for _ in text.section()}
    text.skip(1)
    not_next = {text.word(): text.words() for _ in runs}
    contracts = {}
    for _ in text.section():
        key, total, work, off = text.word(), text.limits(), text.limits(), text.limits()
        contracts[key] = Contract(total, work, off, text.number(), text.number() == 1)
    nurses = []
    for _ in text.section():
        key = text.word()
        nurses.append(Nurse(key, contracts[text.word()], text.words(), past[key]))
    problem = Problem(days, runs, not_next, nurses, [], [])
    for week, number in enumerate(weeks.split("-")):
        read_week(problem, len(DAYS) * week, folder / f"WD-{group}-{number}.txt")
    if days != len(DAYS) * len(weeks.split("-")):
        sys.exit(f"{name}: the scenario has {days} days")
    return problem


def read_past(file: Path) -> dict[str, Past]:
    """The history of each nurse."""
    text = Words(file)
    text.skip(4)
    past = {}
    for key in text.rest:
        total, weekends, last = text.number(), text.number(), text.word()
        past[key] = Past(total, weekends, last, text.number(), text.number(), text.number())
    return past


def read_week(problem: Problem, monday: int, file: Path) -> None:
    """Adds needs and requests of the week that begins on that day."""
    text = Words(file)
    text.skip(3)
    while (shift := text.word()) != "SHIFT_OFF_REQUESTS":
        skill = text.word()
        for day in range(monday, monday + len(DAYS)):
            problem.needs.append((day, shift, skill, *text.limits()))
    for _ in range(text.number()):
        nurse, shift, day = text.word(), text.word(), monday + DAYS.index(text.word())
        problem.requests.append((nurse, day, shift))


# Whether a nurse works a shift in a skill on a day.
Seats = dict[tuple[str, int, str, str], cp_model.IntVar]


class Model(cp_model.CpModel):
    """A model of which parts are charged."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.charged: list[cp_model.IntVar] = []
        self.prices: list[int] = []

    def charge(self, price: int, amount: cp_model.IntVar) -> None:
        """Adds to what is minimised."""
        self.charged.append(amount)
        self.prices.append(price)

    def charge_unless(self, price: int, *literals: cp_model.IntVar) -> None:
        """Charges when none of them holds."""
        charged = self.new_bool_var("")
        self.add_bool_or(*literals, charged)
        self.charge(price, charged)

    def charge_above(self, price: int, amount: cp_model.LinearExprT, most: int, top: int) -> None:
        """Charges each of the amount, which is at most `top`, above `most`."""
        above = self.new_int_var(0, max(top - most, 0), "")
        self.add(amount - above <= most)
        self.charge(price, above)

    def charge_runs(
        self, price: int, holds: list[cp_model.IntVar], before: int, limits: Limits
    ) -> None:
        """Charges each day that a run of days is too short or too long.

        A run goes on from `before` days before the first; those are not charged as too many. A run
        that goes on after the last day is not too short.
        """
        least, most = limits
        first = 1 + before
        days = [self.new_constant(0), *[self.new_constant(1)] * before, *holds]
        # Each run charges its days after the most: those with as many of it just before them.
        for day in range(max(first, most + 1), len(days)):
            self.charge_unless(price, *(d.negated() for d in days[day - most : day + 1]))
        for start in range(1, len(days)):
            # `end` is the day after the run, and one of ours: what ended earlier is not charged.
            for end in range(max(start + 1, first), min(start + least, len(days))):
                short = least - (end - start)
                inside = (d.negated() for d in days[start:end])
                self.charge_unless(price * short, days[start - 1], *inside, days[end])


def schedule(model: Model, problem: Problem, nurse: Nurse, seats: Seats) -> None:
    """Adds what concerns a nurse alone: H1, H3, S2 to S7. H4 is that other seats do not exist."""
    days = range(problem.days)
    contract, past = nurse.contract, nurse.past
    works = [model.new_bool_var(f"{nurse.key} works {day}") for day in days]
    has = {
        shift: [model.new_bool_var(f"{nurse.key} {shift} {day}") for day in days]
        for shift in problem.runs
    }
    for day in days:
        model.add_exactly_one(works[day].negated(), *(has[shift][day] for shift in has))
        for shift in has:
            seat = [seats[nurse.key, day, shift, skill] for skill in nurse.skills]
            model.add_exactly_one(has[shift][day].negated(), *seat)
    for shift, banned in problem.not_next.items():
        for day in days[1:]:
            model.add_at_most_one(has[shift][day - 1], *(has[after][day] for after in banned))
        if shift == past.last:
            for after in banned:
                model.add(has[after][0] == 0)
    for shift, limits in problem.runs.items():
        before = past.same if shift == past.last else 0
        model.charge_runs(SAME_SHIFT, has[shift], before, limits)
    model.charge_runs(WORK, works, past.work, contract.work)
    model.charge_runs(OFF, [day.negated() for day in works], past.off, contract.off)
    for key, day, shift in problem.requests:
        if key == nurse.key:
            model.charge(REQUEST, works[day] if shift == "Any" else has[shift][day])
    weekends = []
    for saturday, sunday in zip(works[SATURDAY::7], works[SATURDAY + 1 :: 7], strict=True):
        weekend = model.new_bool_var("")
        model.add_implication(saturday, weekend)
        model.add_implication(sunday, weekend)
        weekends.append(weekend)
        if contract.whole_weekends:
            model.charge_unless(HALF_WEEKEND, saturday, sunday.negated())
            model.charge_unless(HALF_WEEKEND, saturday.negated(), sunday)
    in_all = past.weekends + len(weekends)
    model.charge_above(WEEKEND, past.weekends + sum(weekends), contract.weekends, in_all)
    least, most = contract.total
    total = past.total + sum(works)
    model.charge_above(TOTAL, total, most, past.total + problem.days)
    model.charge_above(TOTAL, -total, -least, 0)


def build(problem: Problem) -> tuple[Model, Seats]:
    """The model of a problem."""
    model = Model()
    seats = {
        (nurse.key, day, shift, skill): model.new_bool_var(f"{nurse.key} {day} {shift} {skill}")
        for nurse in problem.nurses
        for day in range(problem.days)
        for shift in problem.runs
        for skill in nurse.skills
    }
    for nurse in problem.nurses:
        schedule(model, problem, nurse, seats)
    for day, shift, skill, least, best in problem.needs:
        able = (nurse.key for nurse in problem.nurses if skill in nurse.skills)
        there = sum(seats[key, day, shift, skill] for key in able)
        # H2: no more may be missing than lie between the fewest and the best.
        missing = model.new_int_var(0, best - least, f"missing {day} {shift} {skill}")
        model.add(there + missing >= best)
        model.charge(SHORT_OF_BEST, missing)
    model.minimize(cp_model.LinearExpr.weighted_sum(model.charged, model.prices))
    return model, seats


def instances(path: Path, known: Known) -> Iterator[tuple[Path, str]]:
    """Folders and names of the instances that a path means."""
    if not path.is_dir():
        yield path.parent, path.name
        return
    for scenario in sorted(path.rglob("Sc-*.txt")):
        group = scenario.stem.removeprefix("Sc-")
        names = [name for name in known if name.rsplit("_", 2)[0] == group]
        for name in sorted(names):
            yield scenario.parent, name
        if not names:
            text = Words(scenario)
            text.skip(2)
            yield scenario.parent, f"{group}_0_{'-'.join(map(str, text.section()))}"


def price(roundsman: str, instance: Path, roster: Path) -> int | None:
    """What our checker says that a roster costs; `None` when it breaks a rule."""
    command = [roundsman, "bench", "inrc2", str(instance), "--check", str(roster), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    finding = json.loads(done.stdout)
    for violation in finding["violations"]:
        print(f"{roster}: {violation}", file=sys.stderr)
    return round(finding["value"]) if finding["valid"] else None


def rows(args: argparse.Namespace, folder: Path) -> Iterator[list[object]]:
    """One row for each run; its time includes reading and building the model."""
    known = read_known(args.best_known)
    paths = [found for path in args.files for found in instances(path, known)]
    for (where, name), seed in itertools.product(paths, range(1, args.seeds + 1)):
        run = Run(args, seed)
        problem = read(where, name)
        model, seats = build(problem)
        value = None
        if run.solve(model):
            roster = folder / f"{name}-seed{seed}.csv"
            cells = (cell for cell, seat in seats.items() if run.solver.boolean_value(seat))
            save(roster, ["person", "day", "shift", "skill"], cells)
            value = price(args.roundsman, where / name, roster)
            # The model may charge too much for a roster not proven best, but never too little.
            charged = round(run.solver.objective_value)
            least = charged if run.status == cp_model.OPTIMAL else 0
            if value is None or not least <= value <= charged:
                sys.exit(f"{name}: the model charges {charged}, the checker says {value}")
        valid = "" if value is None else "true"
        yield run.row(name, len(problem.nurses), known.get(name), value, valid)


def main() -> None:
    """Runs all and writes CSV."""
    parser = options(__doc__, "folders of groups, or names of instances in them")
    # Its runs are clauses that may be broken at a price: without them bounds stay near 0.
    parser.set_defaults(linearization=2)
    parser.add_argument("--roundsman", default="target/release/roundsman", help="the program")
    args = parser.parse_args()
    if shutil.which(args.roundsman) is None:
        parser.error(f"{args.roundsman} is not there: build it, or name it with --roundsman")
    with tempfile.TemporaryDirectory() as nowhere:
        table(rows(args, args.save or Path(nowhere)))


if __name__ == "__main__":
    main()
