"""The sliced problem by PyVRP: prize collecting, one profile for each unit."""

from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, VehicleType, solve
from pyvrp.stop import MaxRuntime

from problem import Problem


def routes(problem: Problem, seconds: float, seed: int, _place: int) -> dict[int, list[int]]:
    """Rows of nodes by duty."""
    result = solve(
        data(problem), MaxRuntime(seconds), seed=seed, collect_stats=False, display=False
    )
    return {
        problem.duties[route.vehicle_type()]: [
            problem.bases + activity.idx for activity in route if activity.is_client()
        ]
        for route in result.best.routes()
    }


def data(problem: Problem) -> ProblemData:
    """The problem in PyVRP's own terms."""
    q = problem.q
    groups: list[ClientGroup] = []
    clients = []
    group_of: dict[int, int] = {}
    for r, request in enumerate(problem.requests):
        if len(request.clients) > 1:
            group_of[r] = len(groups)
            groups.append(ClientGroup(required=False))
    for n, (r, client) in enumerate(problem.nodes):
        group = group_of.get(r)
        if group is not None:
            groups[group].add_client(n)
        clients.append(
            Client(
                location=problem.bases + n,
                service_duration=client.service,
                tw_early=client.early,
                tw_late=client.late,
                prize=problem.requests[r].prize,
                required=False,
                group=group,
            )
        )
    vehicles = [
        VehicleType(
            start_depot=q.units[q.duties[d].unit].base,
            end_depot=q.units[q.duties[d].unit].base,
            tw_early=q.duties[d].route[0],
            tw_late=q.duties[d].route[1],
            profile=problem.crews.index(q.duties[d].unit),
        )
        for d in problem.duties
    ]
    return ProblemData(
        locations=[Location(0, 0) for _ in range(problem.bases + len(clients))],
        clients=clients,
        depots=[Depot(location=base) for base in range(problem.bases)],
        vehicle_types=vehicles,
        distance_matrices=[problem.cost[u] for u in problem.crews],
        duration_matrices=[problem.duration[u] for u in problem.crews],
        groups=groups,
    )
