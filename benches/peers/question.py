"""The question as `roundsman export instance` writes it."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

# No way leads there. Small enough that sums of many stay integers of 64 bits.
NEVER = 10_000_000

Span = tuple[int, int]


@dataclass(frozen=True)
class Break:
    """A break of a duty."""

    length: int
    earliest: int
    latest: int
    at_base: bool


@dataclass(frozen=True)
class Unit:
    """A team."""

    key: str
    tier: str
    profile: int
    base: int
    targets: frozenset[str]


@dataclass(frozen=True)
class Duty:
    """A unit on a shift on a day."""

    unit: int
    shift: str
    day: int
    span: Span
    route: Span
    breaks: tuple[Break, ...]


@dataclass(frozen=True)
class Target:
    """A site or a segment, with the spots at which it is visited."""

    key: str
    standard: int | None
    hard: int
    effect: tuple[tuple[int, int], ...]
    risk: tuple[tuple[int, int], ...]
    windows: tuple[Span, ...]
    authority: dict[str, int]
    # End of the last visit before the horizon and its authority.
    last_visit: tuple[int, int] | None
    spots: tuple[int, ...]


@dataclass(frozen=True)
class Order:
    """Visits demanded beside the standards."""

    key: str
    targets: tuple[str, ...]
    count: int
    periods: tuple[Span, ...]
    windows: tuple[Span, ...]
    spacing: int
    dwell: int
    units: frozenset[int]
    points: float
    hard: int


@dataclass(frozen=True)
class Question:
    """A whole question."""

    scenario: str
    start: str
    horizon: int
    order_point: float
    spot_target: tuple[str | None, ...]
    spot_reverse: tuple[bool, ...]
    travel: tuple[np.ndarray, ...]
    visits: tuple[np.ndarray, ...]
    targets: dict[str, Target]
    orders: tuple[Order, ...]
    units: tuple[Unit, ...]
    duties: tuple[Duty, ...]

    @cached_property
    def shortest_visit(self) -> np.ndarray:
        """Least length of a visit at each spot over all profiles."""
        shortest: np.ndarray = np.min(np.stack(self.visits), axis=0)
        return shortest


def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    """Stretches of time."""
    return tuple((a, b) for a, b in pairs)


def numbers(values: Any) -> np.ndarray:
    """A table with `NEVER` where the file says null."""
    table = np.array(values, dtype=float)
    whole: np.ndarray = np.where(np.isnan(table), NEVER, table).astype(np.int64)
    return whole


def read(path: Path) -> Question:
    """Reads an exported instance."""
    data = json.loads(path.read_text(encoding="utf-8"))
    if data["version"] != 1:
        raise SystemExit(f"{path}: version {data['version']} is not understood")
    spots = data["spots"]
    unit_of = {unit["id"]: i for i, unit in enumerate(data["units"])}
    return Question(
        scenario=data["scenario"],
        start=data["start"],
        horizon=data["horizon"],
        order_point=data["order_point"],
        spot_target=tuple(spot.get("target") for spot in spots),
        spot_reverse=tuple(spot.get("reverse", False) for spot in spots),
        travel=tuple(numbers(profile["seconds"]) for profile in data["profiles"]),
        visits=tuple(numbers(profile["visits"]) for profile in data["profiles"]),
        targets={t["id"]: target(t, spots) for t in data["targets"]},
        orders=tuple(order(o, unit_of) for o in data["orders"]),
        units=tuple(unit(u) for u in data["units"]),
        duties=tuple(duty(d, unit_of) for d in data["duties"]),
    )


def target(data: dict[str, Any], spots: list[dict[str, Any]]) -> Target:
    """A target of the file."""
    return Target(
        key=data["id"],
        standard=data.get("standard"),
        hard=data["hard"],
        effect=spans(data["effect"]),
        risk=spans(data["risk"]),
        windows=spans(data["windows"]),
        authority=data["authority"],
        last_visit=tuple(data["last_visit"]) if data.get("last_visit") else None,
        spots=tuple(i for i, s in enumerate(spots) if s.get("target") == data["id"]),
    )


def order(data: dict[str, Any], unit_of: dict[str, int]) -> Order:
    """An order of the file."""
    return Order(
        key=data["id"],
        targets=tuple(data["targets"]),
        count=data["count"],
        periods=spans(data["periods"]),
        windows=spans(data["windows"]),
        spacing=data["spacing"],
        dwell=data["dwell"],
        units=frozenset(unit_of[u] for u in data["units"]),
        points=data["points"],
        hard=data["hard"],
    )


def unit(data: dict[str, Any]) -> Unit:
    """A unit of the file."""
    targets = frozenset(data["targets"])
    return Unit(data["id"], data["tier"], data["profile"], data["base"], targets)


def duty(data: dict[str, Any], unit_of: dict[str, int]) -> Duty:
    """A duty of the file."""
    return Duty(
        unit=unit_of[data["unit"]],
        shift=data["shift"],
        day=data["day"],
        span=tuple(data["span"]),
        route=tuple(data["route"]),
        breaks=tuple(Break(**b) for b in data["breaks"]),
    )
