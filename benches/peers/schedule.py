"""Rows of clients as stops with exact times: each as early as it can be."""

from dataclasses import dataclass
from typing import Any

from problem import Problem
from question import Question, Span
from slices import Client, Request

Stop = dict[str, Any]


@dataclass(frozen=True)
class Visit:
    """A client at its time."""

    request: Request
    client: Client
    start: int
    end: int


def schedule(problem: Problem, duty: int, nodes: list[int]) -> tuple[list[Visit], int, int]:
    """The visits of a duty, when it is back at base, and how many items did not fit.

    Solver and checker agree on all times but those around breaks taken anywhere. What no longer
    fits is left out, from the latest before the first stop that comes too late.
    """
    items = [problem.nodes[n - problem.bases] for n in nodes]
    row = [(problem.requests[r], client) for r, client in items]
    while True:
        visits, back, late = earliest(problem.q, duty, row)
        if late is None:
            return visits, back, len(items) - len(row)
        droppable = [i for i in range(min(late + 1, len(row))) if row[i][0].rule is None]
        row.pop(droppable[-1] if droppable else late)


def earliest(
    q: Question, duty: int, row: list[tuple[Request, Client]]
) -> tuple[list[Visit], int, int | None]:
    """Earliest times; return to base; the first item that comes too late (the end: their count)."""
    who = q.duties[duty]
    unit = q.units[who.unit]
    travel, shortest = q.travel[unit.profile], q.visits[unit.profile]
    spot, now = unit.base, who.route[0]
    visits: list[Visit] = []
    for i, (request, client) in enumerate(row):
        there = spot if client.spot < 0 else client.spot
        start = max(now if client.spot < 0 else now + int(travel[spot, there]), client.early)
        length = client.service
        if request.rule is None:
            length = max(length, int(shortest[there]))
            late = not inside(q, request, there, start, start + length)
            # Visits for an order keep to their own part of the time, as spacing may hang on it.
            late |= request.order is not None and start > client.late
        else:
            late = start > client.late
        if late:
            return visits, 0, i
        spot, now = there, start + length
        visits.append(Visit(request, client, start, now))
    back = now + int(travel[spot, unit.base])
    return visits, back, None if back <= who.route[1] else len(row)


def inside(q: Question, request: Request, spot: int, start: int, end: int) -> bool:
    """Whether a visit lies in a window of its target, and of its order and period."""
    kinds: list[tuple[Span, ...]] = [q.targets[q.spot_target[spot] or ""].windows]
    if request.order is not None:
        kinds += [request.order.windows, (request.order.periods[request.period],)]
    return all(any(a <= start and end <= b for a, b in windows) for windows in kinds)


def duty_plan(q: Question, duty: int, visits: list[Visit], back: int) -> dict[str, Any]:
    """A duty as plan.json wants it."""
    who = q.duties[duty]
    stops: list[Stop] = [{"kind": "start", "from": who.span[0], "to": who.route[0]}]
    stops += [stop(q, visit) for visit in visits]
    stops.append({"kind": "end", "from": back, "to": who.span[1]})
    key = q.units[who.unit].key
    return {"unit": key, "shift": who.shift, "day": who.day, "stops": stops}


def stop(q: Question, visit: Visit) -> Stop:
    """A visit or a break."""
    times = {"from": visit.start, "to": visit.end}
    if visit.request.rule is not None:
        return {"kind": "break", "rule": visit.request.rule, **times}
    spot = visit.client.spot
    made: Stop = {"kind": "visit", "target": q.spot_target[spot], **times}
    if visit.request.order is not None:
        made["order"] = visit.request.order.key
    if q.spot_reverse[spot]:
        made["reverse"] = True
    return made
