"""The sliced problem by OR-Tools routing: disjunctions with penalties, guided local search."""

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from problem import Problem

FIRST = routing_enums_pb2.FirstSolutionStrategy
# OR-Tools takes no seed; side by side, another first solution makes another run.
STRATEGIES = [
    FIRST.PARALLEL_CHEAPEST_INSERTION,
    FIRST.LOCAL_CHEAPEST_INSERTION,
    FIRST.PATH_CHEAPEST_ARC,
    FIRST.SAVINGS,
]


def parameters(seconds: float, place: int) -> pywrapcp.DefaultRoutingSearchParameters:
    """Guided local search within a time, by the run's place among those side by side."""
    search = pywrapcp.DefaultRoutingSearchParameters()
    search.first_solution_strategy = STRATEGIES[place % len(STRATEGIES)]
    search.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    search.time_limit.FromMilliseconds(round(seconds * 1000))
    return search


def routes(problem: Problem, seconds: float, _seed: int, place: int) -> dict[int, list[int]]:
    """Rows of nodes by duty."""
    q = problem.q
    units = [q.duties[d].unit for d in problem.duties]
    depots = [q.units[u].base for u in units]
    size = problem.bases + len(problem.nodes)
    manager = pywrapcp.RoutingIndexManager(size, len(units), depots, depots)
    model = pywrapcp.RoutingModel(manager)
    service = np.array([0] * problem.bases + [c.service for _, c in problem.nodes])
    transits, costs = {}, {}
    for u in problem.crews:
        table = problem.duration[u] + service[:, None]
        transits[u] = model.RegisterTransitMatrix(table.tolist())
        costs[u] = model.RegisterTransitMatrix(problem.cost[u].tolist())
    for v, u in enumerate(units):
        model.SetArcCostEvaluatorOfVehicle(costs[u], v)
    model.AddDimensionWithVehicleTransits(
        [transits[u] for u in units], q.horizon, q.horizon, False, "time"
    )
    time = model.GetDimensionOrDie("time")
    for v, d in enumerate(problem.duties):
        time.CumulVar(model.Start(v)).SetRange(*q.duties[d].route)
        time.CumulVar(model.End(v)).SetRange(*q.duties[d].route)
    add_clients(problem, manager, model, time, units)
    found = model.SolveWithParameters(parameters(seconds, place))
    if found is None:
        return {}
    return {d: row(manager, model, found, v) for v, d in enumerate(problem.duties)}


def add_clients(
    problem: Problem,
    manager: pywrapcp.RoutingIndexManager,
    model: pywrapcp.RoutingModel,
    time: pywrapcp.RoutingDimension,
    units: list[int],
) -> None:
    """Time windows, allowed vehicles and prizes."""
    q = problem.q
    alternatives: dict[int, list[int]] = {}
    for n, (r, client) in enumerate(problem.nodes, start=problem.bases):
        index = manager.NodeToIndex(n)
        time.CumulVar(index).SetRange(client.early, client.late)
        may = [
            v
            for v, u in enumerate(units)
            if u in client.units
            and q.duties[problem.duties[v]].route[0] <= client.late
            and client.early + client.service <= q.duties[problem.duties[v]].route[1]
        ]
        model.VehicleVar(index).SetValues([-1, *may])
        alternatives.setdefault(r, []).append(index)
    for r, indices in alternatives.items():
        model.AddDisjunction(indices, problem.requests[r].prize, 1)


def row(
    manager: pywrapcp.RoutingIndexManager,
    model: pywrapcp.RoutingModel,
    found: pywrapcp.Assignment,
    vehicle: int,
) -> list[int]:
    """The nodes of a vehicle's route without its ends."""
    nodes = []
    index = found.Value(model.NextVar(model.Start(vehicle)))
    while not model.IsEnd(index):
        nodes.append(manager.IndexToNode(index))
        index = found.Value(model.NextVar(index))
    return nodes
