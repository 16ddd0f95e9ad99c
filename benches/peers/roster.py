"""Shift scheduling (Curtois and Qu) by OR-Tools CP-SAT, in the columns of `roundsman bench`.

The plain model: a Boolean for each person, day and shift, linear constraints for totals and
runs, integers for people missing and people too many. Rosters go to `--save DIR` as the tables
that `roundsman bench shift-scheduling FILE --check CSV` prices.
"""

import argparse
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ortools.sat.python import cp_model

from by_cpsat import Run, options, save, table
from columns import read_known


@dataclass
class Person:
    """A row of SECTION_STAFF."""

    key: str
    most: dict[str, int]
    minutes: tuple[int, int]
    work: tuple[int, int]
    rest: int
    weekends: int


@dataclass
class Problem:
    """A file as it is."""

    days: int = 0
    minutes: dict[str, int] = field(default_factory=dict)
    not_next: dict[str, list[str]] = field(default_factory=dict)
    staff: list[Person] = field(default_factory=list)
    leave: set[tuple[str, int]] = field(default_factory=set)
    # Person, day, shift, weight; wanted or not.
    requests: list[tuple[str, int, str, int, bool]] = field(default_factory=list)
    # Day, shift, wanted, weight of each missing, weight of each too many.
    cover: list[tuple[int, str, int, int, int]] = field(default_factory=list)


def person(cells: list[str]) -> Person:
    """A row of SECTION_STAFF."""
    most = dict(limit.split("=") for limit in cells[1].split("|") if limit)
    longest, shortest, run, least, rest, weekends = map(int, cells[2:8])
    return Person(
        key=cells[0],
        most={shift: int(n) for shift, n in most.items()},
        minutes=(shortest, longest),
        work=(least, run),
        rest=rest,
        weekends=weekends,
    )


def read(path: Path) -> Problem:
    """Reads a file of the family."""
    problem = Problem()
    section = ""
    for raw in path.read_text().splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("SECTION_"):
            section = line
            continue
        cells = line.split(",")
        match section:
            case "SECTION_HORIZON":
                problem.days = int(line)
            case "SECTION_SHIFTS":
                problem.minutes[cells[0]] = int(cells[1])
                problem.not_next[cells[0]] = [s for s in cells[2].split("|") if s]
            case "SECTION_STAFF":
                problem.staff.append(person(cells))
            case "SECTION_DAYS_OFF":
                problem.leave |= {(cells[0], int(day)) for day in cells[1:]}
            case "SECTION_SHIFT_ON_REQUESTS" | "SECTION_SHIFT_OFF_REQUESTS":
                wanted = section == "SECTION_SHIFT_ON_REQUESTS"
                request = (cells[0], int(cells[1]), cells[2], int(cells[3]), wanted)
                problem.requests.append(request)
            case "SECTION_COVER":
                problem.cover.append((int(cells[0]), cells[1], *map(int, cells[2:5])))
    return problem


# Whether a person has a shift on a day.
Seats = dict[tuple[str, int, str], cp_model.IntVar]


def schedule(model: cp_model.CpModel, problem: Problem, who: Person, seats: Seats) -> None:
    """Adds the hard rules of a person."""
    days = range(problem.days)
    shifts = list(problem.minutes)
    works = [model.new_bool_var(f"{who.key} works {day}") for day in days]
    for day in days:
        model.add(sum(seats[who.key, day, shift] for shift in shifts) == works[day])
        if (who.key, day) in problem.leave:
            model.add(works[day] == 0)
    for day, shift in itertools.product(days[:-1], shifts):
        for after in problem.not_next[shift]:
            pair = (seats[who.key, day, shift], seats[who.key, day + 1, after])
            model.add_at_most_one(pair)
    for shift, most in who.most.items():
        model.add(sum(seats[who.key, day, shift] for day in days) <= most)
    worked = sum(
        minutes * seats[who.key, day, shift]
        for shift, minutes in problem.minutes.items()
        for day in days
    )
    model.add_linear_constraint(worked, *who.minutes)
    least, most = who.work
    for day in days[: -most or None]:
        model.add(sum(works[day : day + most + 1]) <= most)
    # A run that touches either end of the time may be as short as it likes.
    for length in range(1, least):
        for day in days[: -length - 1]:
            inside = [works[k].negated() for k in range(day + 1, day + length + 1)]
            model.add_bool_or(works[day], *inside, works[day + length + 1])
    for length in range(1, who.rest):
        for day in days[: -length - 1]:
            inside = works[day + 1 : day + length + 1]
            ends = (works[day].negated(), works[day + length + 1].negated())
            model.add_bool_or(*ends, *inside)
    weekends = []
    for saturday in range(5, problem.days, 7):
        weekend = model.new_bool_var(f"{who.key} weekend {saturday}")
        for day in works[saturday : saturday + 2]:
            model.add_implication(day, weekend)
        weekends.append(weekend)
    model.add(sum(weekends) <= who.weekends)


def build(problem: Problem) -> tuple[cp_model.CpModel, Seats]:
    """The model of a problem."""
    model = cp_model.CpModel()
    seats = {
        (who.key, day, shift): model.new_bool_var(f"{who.key} {day} {shift}")
        for who in problem.staff
        for day in range(problem.days)
        for shift in problem.minutes
    }
    for who in problem.staff:
        schedule(model, problem, who, seats)
    costs = []
    for key, day, shift, weight, wanted in problem.requests:
        seat = seats[key, day, shift]
        costs.append(weight * (1 - seat if wanted else seat))
    for day, shift, wanted, under, over in problem.cover:
        missing = model.new_int_var(0, wanted, f"missing {day} {shift}")
        beyond = model.new_int_var(0, len(problem.staff), f"beyond {day} {shift}")
        there = sum(seats[who.key, day, shift] for who in problem.staff)
        model.add(there + missing - beyond == wanted)
        costs += [under * missing, over * beyond]
    model.minimize(sum(costs))
    return model, seats


def price(problem: Problem, taken: set[tuple[str, int, str]]) -> int:
    """What a roster costs: the integers of a solution may miss and exceed at once."""
    cost = 0
    for key, day, shift, weight, wanted in problem.requests:
        cost += weight * (((key, day, shift) in taken) != wanted)
    for day, shift, wanted, under, over in problem.cover:
        there = sum((who.key, day, shift) in taken for who in problem.staff)
        cost += under * max(wanted - there, 0) + over * max(there - wanted, 0)
    return cost


def rows(args: argparse.Namespace) -> Iterator[list[object]]:
    """One row for each run; its time includes reading and building the model."""
    known = read_known(args.best_known)
    for path, seed in itertools.product(args.files, range(1, args.seeds + 1)):
        run = Run(args, seed)
        problem = read(path)
        model, seats = build(problem)
        value = None
        if run.solve(model):
            taken = [cell for cell, seat in seats.items() if run.solver.boolean_value(seat)]
            value = price(problem, set(taken))
            if args.save:
                file = args.save / f"{path.stem}-seed{seed}.csv"
                save(file, ["person", "day", "shift"], taken)
        yield run.row(path.stem, len(problem.staff), known.get(path.stem), value)


if __name__ == "__main__":
    table(rows(options(__doc__, "files of the family").parse_args()))
