"""Why two programs give different lengths for a pair of points.

Looks at the two ways, node by node, and asks OSRM again without what seems to lie between them:
a cause counts only when that makes the times equal.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import by_osrm
import by_roundsman
from extract import Extract, Place, metres

EQUAL = 0.002
"""Times that differ by less are the same: each program rounds every piece of road its own way."""

AGREE = 0.005
"""Lengths that differ by less agree,"""

NEAR = 1.0
"""or by so many metres: we put what is within half a metre of a node on the node."""


@dataclass(frozen=True)
class Cause:
    """Why, and where on the map."""

    why: str
    node: int | None = None


def agree(ours: float, theirs: float) -> bool:
    """Whether lengths are the same for our purposes."""
    return abs(theirs - ours) <= max(AGREE * ours, NEAR)


def turns_round(nodes: Sequence[int]) -> list[int]:
    """Places in a way at which it turns round, put-in nodes left aside."""
    inner = range(1, len(nodes) - 1)
    return [i for i in inner if nodes[i - 1] == nodes[i + 1] and nodes[i] >= 0]


def retraced(nodes: Sequence[int], i: int) -> int:
    """How many steps before the turn at `i` are driven back after it."""
    k = 1
    while i - k > 0 and i + k + 1 < len(nodes) and nodes[i - k - 1] == nodes[i + k + 1]:
        k += 1
    return k


@dataclass(frozen=True)
class Judge:
    """Finds causes."""

    extract: Extract
    classes: set[str]
    """Classes of road that count as roads."""
    scale: float
    """OSRM's times over ours where nothing is wrong: it measures on an ellipsoid, we on a sphere."""
    ask: Callable[[list[Place]], float]
    """OSRM's time by way of some stops."""

    def cause(
        self,
        ends: tuple[Place, Place],
        ours: by_roundsman.Route | None,
        theirs: by_osrm.Route | None,
    ) -> Cause:
        """The cause for one pair."""
        if ours is None or theirs is None:
            return Cause("only one of the two finds a way")
        if self.same(theirs.seconds, ours):
            return Cause("two ways take equally long")
        for i in turns_round(ours.nodes):
            # With stops there, OSRM may turn where we do. The second one, a little after, keeps
            # it from making use of the first in any other way.
            later = ours.nodes[i + retraced(ours.nodes, i) + 1 :]
            after = next((n for n in later if n >= 0), ours.nodes[i])
            stops = [self.extract.places[n] for n in (ours.nodes[i], after)]
            if self.same(self.ask([ends[0], *stops, ends[1]]), ours):
                return self.turned(ours.nodes, i)
        if ours.nodes[0] >= 0 or ours.nodes[-1] >= 0:
            ahead = [self.ahead(ends[0], ours.nodes), self.ahead(ends[1], ours.nodes[::-1])]
            if self.same(self.ask(ahead), ours, slack=0.5):
                return Cause("we put an end on a node within 0.5 m, OSRM on another road there")
        faster = "OSRM" if theirs.seconds < ours.seconds * self.scale else "we"
        return Cause(f"not known; faster: {faster}")

    def same(self, theirs: float, ours: by_roundsman.Route, slack: float = 0.0) -> bool:
        """Whether times are the same for our purposes."""
        return abs(theirs / self.scale - ours.seconds) <= EQUAL * ours.seconds + slack

    def ahead(self, end: Place, nodes: Sequence[int]) -> Place:
        """An end of a way that we put on a node, moved a metre along the way; else as it is."""
        after = next((n for n in nodes[1:] if n >= 0), None)
        if nodes[0] < 0 or after is None:
            return end
        a, b = self.extract.places[nodes[0]], self.extract.places[after]
        share = min(0.5, 1 / max(metres(a, b), 0.1))
        return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share

    def turned(self, nodes: Sequence[int], i: int) -> Cause:
        """What to call a turn that OSRM does not make."""
        restricted = self.is_restricted(nodes[i - retraced(nodes, i)])
        behind = "behind a turn restriction" if restricted else "elsewhere"
        if "barrier" in self.extract.node_tags.get(nodes[i], {}):
            where = "before a gate"
        elif self.roads_at(nodes[i]) > 2:
            where = "at a crossing"
        else:
            where = "in mid-street"
        return Cause(f"we turn round {where} {behind}", nodes[i])

    def roads_at(self, node: int) -> int:
        """How many pieces of road meet at a node."""
        pieces = [ways for ends, ways in self.extract.ways_of.items() if node in ends]
        is_road = [
            any(self.extract.ways[w].tags["highway"] in self.classes for w in ways)
            for ways in pieces
        ]
        return sum(is_road)

    def is_restricted(self, node: int) -> bool:
        """Whether a turn restriction passes a node."""
        for restriction in self.extract.restrictions.values():
            for kind, ref in restriction.members.get("via", []):
                way = self.extract.ways.get(ref)
                if ref == node if kind == "n" else way is not None and node in way.nodes:
                    return True
        return False
