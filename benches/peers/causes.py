"""Why two programs give different lengths for a pair of points.

Looks at the two ways, node by node, and at what the map says there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import by_osrm
import by_roundsman
from extract import Extract

EQUAL = 0.002
"""Times that differ by less are the same: each program rounds every piece of road its own way."""

AGREE = 0.005
"""Lengths that differ by less agree."""


@dataclass(frozen=True)
class Cause:
    """Why, and where on the map."""

    why: str
    node: int | None = None


def agree(ours: float, theirs: float) -> bool:
    """Whether lengths are the same for our purposes."""
    return abs(theirs - ours) <= max(AGREE * ours, 0.5)


def turns_round(nodes: Sequence[int]) -> list[int]:
    """Places in a way at which it turns round, put-in nodes left aside."""
    inner = range(1, len(nodes) - 1)
    return [i for i in inner if nodes[i - 1] == nodes[i + 1] and nodes[i] >= 0]


def roads_at(extract: Extract, classes: set[str], node: int) -> int:
    """How many pieces of road of these classes meet at a node."""
    pieces = [ways for ends, ways in extract.ways_of.items() if node in ends]
    return sum(any(extract.ways[w].tags["highway"] in classes for w in ways) for ways in pieces)


def is_restricted(extract: Extract, node: int) -> bool:
    """Whether a turn restriction passes a node."""
    for restriction in extract.restrictions.values():
        for kind, ref in restriction.members.get("via", []):
            if ref == node if kind == "n" else node in extract.ways[ref].nodes:
                return True
    return False


def of(
    extract: Extract,
    classes: set[str],
    ours: by_roundsman.Route | None,
    theirs: by_osrm.Route | None,
    seconds_over: Callable[[list[int]], float],
) -> Cause:
    """The cause for one pair.

    `seconds_over` asks OSRM again, with stops where it may turn: where we turn round, and a
    little after. When that makes its way as fast as ours, turning there is all that lies
    between the two.
    """
    if ours is None or theirs is None:
        return Cause("only one of the two finds a way")
    ratio = theirs.seconds / max(ours.seconds, 1e-3) - 1
    if abs(ratio) <= EQUAL:
        return Cause("two ways take equally long")
    if ratio > 0:
        for i in turns_round(ours.nodes):
            back = retraced(ours.nodes, i)
            after = next(n for n in [*ours.nodes[i + back + 1 :], ours.nodes[i]] if n >= 0)
            if abs(seconds_over([ours.nodes[i], after]) / ours.seconds - 1) <= EQUAL:
                return turned(extract, classes, ours.nodes, i)
    if max(theirs.off) > 1:
        return Cause("OSRM puts an end on another road")
    for mine, other in ((ours.nodes, theirs.nodes), (ours.nodes[::-1], theirs.nodes[::-1])):
        next_node = next((n for n in mine[1:] if n >= 0), mine[0])
        if mine[0] >= 0 and next_node not in other[:3]:
            why = "we put an end on the node it is within 0.5 m of, OSRM on a one-way road there"
            return Cause(why, mine[0])
    if ratio < 0:
        return Cause("OSRM is faster: it does what we may not")
    return Cause("we are faster: we do what OSRM may not")


def retraced(nodes: Sequence[int], i: int) -> int:
    """How many steps before the turn at `i` are driven back after it."""
    k = 1
    while i - k > 0 and i + k + 1 < len(nodes) and nodes[i - k - 1] == nodes[i + k + 1]:
        k += 1
    return k


def turned(extract: Extract, classes: set[str], nodes: Sequence[int], i: int) -> Cause:
    """What to call a turn that OSRM does not make."""
    start = nodes[i - retraced(nodes, i)]
    behind = "behind a turn restriction" if is_restricted(extract, start) else "elsewhere"
    if "barrier" in extract.node_tags.get(nodes[i], {}):
        where = "before a gate"
    elif roads_at(extract, classes, nodes[i]) > 2:
        where = "at a crossing"
    else:
        where = "in mid-street"
    return Cause(f"we turn round {where} {behind}", nodes[i])
