"""Today's workaround: standards cut into time slots, each a client with a prize.

A slot of a target is one optional client. Its prize is the risk that a visit in the middle of the
slot protects until the middle of the next, beyond what the last visit before the horizon does. An order is as many optional clients as it wants
visits, each with the targets that could serve it as alternatives. When there are fewer targets
than visits, several requests share a target, each with its own part of the time. A break is a client that only
its crew can reach, with a prize that makes it all but mandatory.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from question import NEVER, Duty, Order, Question, Span, Target

# Prize of a point of protected risk; a second of driving costs 1.
POINT = 10_000
# Points that a minute of a broken promise of weight 1 is worth: more than any few visits.
PROMISE = 20
# Points that a minute of a break is worth.
BREAK = 100


@dataclass(frozen=True)
class Cut:
    """How standards are cut into slots."""

    # Length of a slot, over the standard.
    length: float
    # The part of a slot, around its middle, in which its visit must begin.
    width: float

    def slot(self, target: Target) -> int:
        """Length of a slot of a target that has a standard."""
        return max(60, round((target.standard or 0) * self.length))


@dataclass(frozen=True)
class Client:
    """One way to serve a request."""

    spot: int
    early: int
    late: int
    service: int
    units: frozenset[int]


@dataclass(frozen=True)
class Request:
    """Something worth a prize, served by at most one of its clients."""

    clients: tuple[Client, ...]
    prize: int
    target: Target | None = None
    order: Order | None = None
    period: int = 0
    slot: int = 0
    rule: int | None = None
    duty: int | None = None


@dataclass
class Done:
    """What the windows solved so far have served."""

    cut: Cut
    slots: set[tuple[str, int]] = field(default_factory=set)
    orders: dict[tuple[str, int], int] = field(default_factory=dict)
    ends: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def served(self, request: Request, client: Client, start: int, end: int, q: Question) -> None:
        """Notes a visit that a plan makes from `start` to `end`."""
        key = q.spot_target[client.spot]
        if key is None:
            return
        if request.order is None:
            self.slots.add((key, request.slot))
            return
        if q.targets[key].standard is not None:
            # A visit for an order keeps the standard too.
            self.slots.add((key, start // self.cut.slot(q.targets[key])))
        counted = (request.order.key, request.period)
        self.orders[counted] = self.orders.get(counted, 0) + 1
        self.ends.setdefault((request.order.key, key), []).append(end)


def requests(q: Question, duties: list[int], done: Done) -> list[Request]:
    """All that the duties of a window could serve."""
    span = (
        min(q.duties[d].route[0] for d in duties),
        max(q.duties[d].route[1] for d in duties),
    )
    crews = {q.duties[d].unit for d in duties}
    found = [r for t in q.targets.values() for r in slots(q, t, span, crews, done)]
    found += [r for o in q.orders for r in visits(q, o, span, crews, done)]
    found += [r for d in duties for r in breaks(q, d)]
    return [r for r in found if r.clients]


def slots(
    q: Question, target: Target, span: Span, crews: set[int], done: Done
) -> Iterator[Request]:
    """The slots of a target that are open while the duties last."""
    if target.standard is None or not target.risk:
        return
    length = done.cut.slot(target)
    units = frozenset(u for u in crews if target.key in q.units[u].targets)
    for slot in range(span[0] // length, span[1] // length + 1):
        if (target.key, slot) in done.slots:
            continue
        open_, close = slot * length, min((slot + 1) * length, q.horizon)
        margin = round((close - open_) * (1 - done.cut.width) / 2)
        clients = [
            Client(spot, early, late, service, units)
            for spot in target.spots
            for service in [int(q.shortest_visit[spot])]
            for early, late in starts(
                target.windows, (open_ + margin, close - margin), service, span
            )
            if units and service < NEVER
        ]
        middle = (open_ + close) // 2
        prize = POINT * protected(target, middle, middle + length, q.horizon)
        prize += POINT * PROMISE * target.hard * (close - open_) / 60
        if round(prize) > 0:
            yield Request(tuple(clients), round(prize), target=target, slot=slot)


def starts(windows: tuple[Span, ...], slot: Span, service: int, span: Span) -> Iterator[Span]:
    """Earliest and latest start of a visit in each window that the slot meets."""
    for open_, close in windows:
        early = max(open_, slot[0], span[0])
        late = min(close - service, slot[1] - 1, span[1] - service)
        if early <= late:
            yield early, late


def protected(target: Target, left: int, until: int, horizon: int) -> float:
    """Points that a visit of full authority, over at `left`, adds before `until`.

    What the last visit before the horizon still protects is not added.
    """
    until = min(until, horizon)
    past, authority = target.last_visit or (0, 0)
    changes = {left + age for age, _ in target.effect} | {start for start, _ in target.risk}
    changes |= {past + age for age, _ in target.effect}
    cuts = sorted({left, until} | {c for c in changes if left <= c <= until})
    points = 0.0
    for a, b in pairwise(cuts):
        level = effect(target, a - left) - effect(target, a - past) * authority / 100
        rate = target.risk[bisect_right(target.risk, a, key=lambda piece: piece[0]) - 1][1]
        points += max(0, level) / 100 * rate / 1000 * (b - a) / 3600
    return points


def effect(target: Target, age: int) -> int:
    """Protection in percent at an age of a visit of full authority."""
    return next((level for until, level in target.effect if age < until), 0)


def visits(q: Question, order: Order, span: Span, crews: set[int], done: Done) -> Iterator[Request]:
    """The visits that an order still wants: its targets dealt out over so many requests."""
    units = order.units & crews
    points = order.points * q.order_point + PROMISE * order.hard
    for p, period in enumerate(order.periods):
        wanted = order.count - done.orders.get((order.key, p), 0)
        if wanted <= 0 or not units:
            continue
        hands: list[list[Client]] = [[] for _ in range(wanted)]
        for i, key in enumerate(order.targets):
            clients = list(order_clients(q, order, key, period, span, units, done))
            if i >= wanted:
                hands[i % wanted] += clients
                continue
            own = hands[i :: len(order.targets)]
            for hand, part in zip(own, parts(clients, len(own), order.spacing), strict=False):
                hand += part
        for hand in hands:
            yield Request(tuple(hand), round(points * POINT), order=order, period=p)


def parts(clients: list[Client], count: int, spacing: int) -> Iterator[list[Client]]:
    """Clients of one target dealt out by time: `count` parts, or fewer if no more fit.

    Visits of different parts are at least `spacing` apart, whenever they begin.
    """
    if not clients:
        return
    first, last = min(c.early for c in clients), max(c.late for c in clients)
    apart = max(c.service for c in clients) + spacing
    count = min(count, 1 + (last - first) // apart)
    width = (last - first - (count - 1) * apart) // count
    for early in range(first, first + count * (width + apart), width + apart):
        late = early + width
        within = [replace(c, early=max(c.early, early), late=min(c.late, late)) for c in clients]
        yield [c for c in within if c.early <= c.late]


def order_clients(
    q: Question,
    order: Order,
    key: str,
    period: Span,
    span: Span,
    units: frozenset[int],
    done: Done,
) -> Iterator[Client]:
    """The ways to serve an order at one of its targets in one period."""
    target = q.targets[key]
    # Duties are solved forward in time, so what is wanted now comes after all that is served.
    after = max((e + order.spacing for e in done.ends.get((order.key, key), [])), default=0)
    may = frozenset(u for u in units if key in q.units[u].targets)
    for spot in target.spots if may else ():
        service = max(int(q.shortest_visit[spot]), order.dwell)
        for open_, close in order.windows:
            both = (max(open_, period[0]), min(close, period[1]) - service + 1)
            for early, late in starts(target.windows, both, service, span):
                if max(early, after) <= late:
                    yield Client(spot, max(early, after), late, service, may)


def breaks(q: Question, duty: int) -> Iterator[Request]:
    """The breaks of a duty. One that is taken anywhere has no spot (-1)."""
    who: Duty = q.duties[duty]
    unit = q.units[who.unit]
    for rule, b in enumerate(who.breaks):
        spot = unit.base if b.at_base else -1
        client = Client(spot, b.earliest, b.latest, b.length, frozenset([who.unit]))
        prize = BREAK * POINT * b.length // 60
        yield Request((client,), prize, rule=rule, duty=duty)
