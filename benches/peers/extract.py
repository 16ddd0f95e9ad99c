"""What an OpenStreetMap extract holds, read apart from both programs that are compared."""

import itertools
import math
import random
from dataclasses import dataclass, field
from pathlib import Path

import osmium

Place = tuple[float, float]
EARTH = 6_371_008.8


@dataclass(frozen=True)
class Way:
    """A road as the map has it."""

    nodes: list[int]
    tags: dict[str, str]


@dataclass(frozen=True)
class Restriction:
    """A turn restriction: its tags, and its members by role."""

    tags: dict[str, str]
    members: dict[str, list[tuple[str, int]]]


@dataclass
class Extract:
    """Roads, the places of their nodes, tags of nodes, turn restrictions."""

    ways: dict[int, Way] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    node_tags: dict[int, dict[str, str]] = field(default_factory=dict)
    restrictions: dict[int, Restriction] = field(default_factory=dict)
    ways_of: dict[frozenset[int], list[int]] = field(default_factory=dict)

    def way_between(self, a: int, b: int) -> int | None:
        """The first way on which two nodes are neighbours."""
        return next(iter(self.ways_of.get(frozenset((a, b)), [])), None)

    def draw(self, count: int, classes: set[str], seed: int) -> list[Place]:
        """Points anywhere on roads of these classes, each metre as likely as any other.

        Six decimals, since OSRM keeps no more.
        """
        chance = random.Random(seed)
        pieces = [
            (self.places[a], self.places[b])
            for _, way in sorted(self.ways.items())
            if way.tags["highway"] in classes
            for a, b in itertools.pairwise(way.nodes)
        ]
        lengths = [metres(a, b) for a, b in pieces]
        drawn: list[Place] = []
        for a, b in chance.choices(pieces, lengths, k=count):
            share = chance.random()
            x, y = (round(p + (q - p) * share, 6) for p, q in zip(a, b, strict=True))
            drawn.append((x, y))
        return drawn


def metres(a: Place, b: Place) -> float:
    """Between two places, on a sphere."""
    (ax, ay), (bx, by) = (map(math.radians, p) for p in (a, b))
    rise = math.sin((by - ay) / 2) ** 2
    rise += math.cos(ay) * math.cos(by) * math.sin((bx - ax) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(rise))


def read(file: Path) -> Extract:
    """Reads the roads of an extract."""
    found = Extract()
    objects = osmium.FileProcessor(str(file)).with_locations()
    for o in objects.with_filter(osmium.filter.EmptyTagFilter()):
        tags = dict(o.tags)
        if isinstance(o, osmium.osm.Node):
            found.node_tags[o.id] = tags
        elif isinstance(o, osmium.osm.Way) and "highway" in tags:
            nodes = [n for n in o.nodes if n.location.valid()]
            found.places.update((n.ref, (n.lon, n.lat)) for n in nodes)
            refs = [n.ref for n in nodes]
            found.ways[o.id] = Way(refs, tags)
            for a, b in itertools.pairwise(refs):
                found.ways_of.setdefault(frozenset((a, b)), []).append(o.id)
        elif isinstance(o, osmium.osm.Relation) and tags.get("type", "").startswith("restriction"):
            members: dict[str, list[tuple[str, int]]] = {}
            for m in o.members:
                members.setdefault(m.role, []).append((m.type, m.ref))
            found.restrictions[o.id] = Restriction(tags, members)
    return found
