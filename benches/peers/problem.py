"""Requests of a window as the tables that any routing solver takes."""

from dataclasses import dataclass

import numpy as np

from question import NEVER, Question
from slices import Client, Request


@dataclass(frozen=True)
class Problem:
    """Nodes are the bases first, then the clients; one pair of tables for each unit.

    `duration` leads from the end of service at a node to the start of service at the next;
    `cost` is driving time, and what a visit of a weaker tier lacks of the full prize.
    """

    q: Question
    duties: list[int]
    requests: list[Request]
    nodes: list[tuple[int, Client]]
    bases: int
    crews: list[int]
    duration: dict[int, np.ndarray]
    cost: dict[int, np.ndarray]


def problem(q: Question, duties: list[int], requests: list[Request]) -> Problem:
    """The tables of a window."""
    nodes = [(r, client) for r, request in enumerate(requests) for client in request.clients]
    bases = next(i for i, t in enumerate(q.spot_target) if t is not None)
    crews = sorted({q.duties[d].unit for d in duties})
    tables = {u: unit_tables(q, u, bases, requests, nodes) for u in crews}
    duration = {u: t[0] for u, t in tables.items()}
    cost = {u: t[1] for u, t in tables.items()}
    return Problem(q, duties, requests, nodes, bases, crews, duration, cost)


def unit_tables(
    q: Question, u: int, bases: int, requests: list[Request], nodes: list[tuple[int, Client]]
) -> tuple[np.ndarray, np.ndarray]:
    """Durations and costs of one unit."""
    unit = q.units[u]
    travel, shortest = q.travel[unit.profile], q.visits[unit.profile]
    # A break taken anywhere: no way to it, and on from it as from the base.
    spots = np.array([*range(bases), *(c.spot if c.spot >= 0 else unit.base for _, c in nodes)])
    duration = travel[np.ix_(spots, spots)].copy()
    cost = duration.copy()
    for n, (r, client) in enumerate(nodes, start=bases):
        request = requests[r]
        if client.spot < 0:
            duration[:, n] = cost[:, n] = 0
        if u not in client.units:
            duration[:, n] = cost[:, n] = NEVER
            continue
        if client.spot < 0 or q.spot_target[client.spot] is None:
            continue
        # Walking along a segment takes longer than driving, and service knows no profile.
        duration[:, n] += max(0, int(shortest[client.spot]) - client.service)
        if request.target is not None:
            lacking = 100 - request.target.authority[unit.tier]
            cost[:, n] += request.prize * lacking // 100
    duration = np.minimum(duration, NEVER)
    np.fill_diagonal(duration, 0)
    np.fill_diagonal(cost, 0)
    return duration, cost
