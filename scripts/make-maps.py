#!/usr/bin/env python3
"""Makes the map folders of `maps/` from an OpenStreetMap extract of Malta.

    scripts/make-maps.py MALTA.osm.pbf [PLACE ...]

MALTA.osm.pbf is `tests/fixtures/malta-latest.osm.pbf` of the crate `osm-io` 0.3.0 (Geofabrik,
2024-03-13): `cargo fetch` with that crate in a manifest brings it. PLACE is `bulebel` or
`harbour`; without one, both are made. For each, `scripts/make-maps.PLACE.toml` says which part
of the map to cut out and which of its features are key sites, key segments and zones, by their
ids in OpenStreetMap. Written are `roads.osm.pbf`, `sites.csv`, `segments.geojson` and
`zones.geojson` in `maps/PLACE/`; `scenario.toml`, `orders.csv` and `SOURCE.md` there are kept by
hand.

Needs Python 3.11 or newer and the `osmium` command (Debian: `apt-get install osmium-tool`).
The same input gives the same text files byte for byte; the PBF too with osmium 1.15.
"""

import csv
import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent

EXTRACT_SHA256 = "d106d5270bd92c9c78f5eb1a1458d3f691f52c05d2408493da80137e5a18707d"

# Ways with other highway values (proposed, construction, platform, ...) are no roads to go on.
ROADS = set(
    "motorway motorway_link trunk trunk_link primary primary_link secondary secondary_link "
    "tertiary tertiary_link unclassified residential living_street service track road "
    "pedestrian footway cycleway path steps bridleway".split()
)
# What a router reads. Everything else is left out to keep the file small.
WAY_TAGS = set(
    "highway name oneway junction maxspeed access vehicle motor_vehicle motorcar bicycle foot "
    "service area oneway:bicycle oneway:foot cycleway maxspeed:forward maxspeed:backward".split()
)
NODE_TAGS = set(
    "barrier access vehicle motor_vehicle motorcar bicycle foot entrance locked".split()
)
RELATION_TAGS = set("type except day_on day_off hour_on hour_off".split())


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    extract, places = sys.argv[1], sys.argv[2:]
    if hashlib.sha256(Path(extract).read_bytes()).hexdigest() != EXTRACT_SHA256:
        print(f"note: {extract} is not the extract that maps/ was made from", file=sys.stderr)
    known = sorted(p.name.split(".")[1] for p in HERE.glob("make-maps.*.toml"))
    for place in places or known:
        spec = tomllib.loads((HERE / f"make-maps.{place}.toml").read_text("utf-8"))
        out = HERE.parent / "maps" / place
        out.mkdir(parents=True, exist_ok=True)
        cut = out / "cut.osm.pbf"
        osm = read_cut(extract, spec["box"], cut)
        cut.unlink()
        write_roads(osm, out / "roads.osm.pbf")
        write_sites(osm, spec["sites"], out / "sites.csv")
        write_features(out / "segments.geojson", [segment(osm, s) for s in spec["segment"]])
        write_features(out / "zones.geojson", [zone(osm, z) for z in spec["zone"]])
        print(f"{place}: {(out / 'roads.osm.pbf').stat().st_size} bytes of roads")


# ---- the map ----------------------------------------------------------------------------


def read_cut(extract, box, cut):
    """The part of `extract` inside `box`, ways and restrictions whole, as lists of objects."""
    corners = ",".join(str(x) for x in box)
    osmium("extract", "-b", corners, "-s", "smart", "-S", "types=multipolygon,restriction", extract, "-o", cut)
    text = osmium("cat", cut, "-f", "opl,add_metadata=none")
    osm = {"n": {}, "w": {}, "r": {}}
    for line in text.splitlines():
        kind, fields = line[0], {f[0]: f[1:] for f in line.split(" ")}
        thing = {"tags": read_tags(fields.get("T", ""))}
        if kind == "n":
            thing["at"] = (float(fields["x"]), float(fields["y"]))
        elif kind == "w":
            thing["nodes"] = [int(r[1:]) for r in fields["N"].split(",") if r]
        else:
            thing["members"] = [read_member(m) for m in fields["M"].split(",") if m]
        osm[kind][int(fields[kind])] = thing
    return osm


def read_tags(text):
    pairs = (tag.split("=", 1) for tag in text.split(",") if tag)
    return {unescape(k): unescape(v) for k, v in pairs}


def read_member(text):
    reference, role = text.split("@", 1)
    return reference[0], int(reference[1:]), role


def unescape(text):
    """OPL writes odd characters as %hex%."""
    parts = text.split("%")
    parts[1::2] = [chr(int(code, 16)) for code in parts[1::2]]
    return "".join(parts)


def escape(text):
    return "".join(c if c.isalnum() or c in "-_.:;/'" else f"%{ord(c):x}%" for c in text)


def osmium(*arguments, stdin=None):
    done = subprocess.run(
        ["osmium", *map(str, arguments), "--overwrite"] if "-o" in arguments
        else ["osmium", *map(str, arguments)],
        input=stdin, stdout=subprocess.PIPE, check=True, encoding="utf-8",
    )
    return done.stdout


# ---- the road file ----------------------------------------------------------------------


def write_roads(osm, path):
    """Highway ways, the nodes they use, barriers on them, and turn restrictions among them."""
    ways = {i: w for i, w in osm["w"].items() if w["tags"].get("highway") in ROADS}
    nodes = {n for w in ways.values() for n in w["nodes"]}
    lines = []
    for i in sorted(nodes & osm["n"].keys()):
        x, y = osm["n"][i]["at"]
        lines.append(f"n{i}{opl_tags(osm['n'][i]['tags'], NODE_TAGS)} x{x:.7f} y{y:.7f}")
    for i, way in sorted(ways.items()):
        refs = ",".join(f"n{n}" for n in way["nodes"])
        lines.append(f"w{i}{opl_tags(way['tags'], WAY_TAGS)} N{refs}")
    for i, relation in sorted(osm["r"].items()):
        here = {"n": nodes, "w": ways.keys()}
        if relation["tags"].get("type", "").startswith("restriction") and all(
            reference in here.get(kind, ()) for kind, reference, _ in relation["members"]
        ):
            refs = ",".join(f"{k}{n}@{role}" for k, n, role in relation["members"])
            lines.append(f"r{i}{opl_tags(relation['tags'], RELATION_TAGS)} M{refs}")
    osmium("cat", "-F", "opl", "-", "-o", path, "-f", "pbf,add_metadata=none",
           "--generator", "make-maps", stdin="\n".join(lines) + "\n")


def opl_tags(tags, wanted):
    """Tags as OPL: those wanted, every conditional one, and the kinds of restriction."""
    kept = sorted(
        (k, v) for k, v in tags.items()
        if k in wanted or k.endswith(":conditional") or k.split(":")[0] == "restriction"
    )
    if not kept or ("barrier" in wanted and "barrier" not in tags):
        return ""
    return " T" + ",".join(f"{escape(k)}={escape(v)}" for k, v in kept)


# ---- the layers -------------------------------------------------------------------------


def write_sites(osm, table, path):
    """The site table of the place, with `osm` turned into a position and names filled in."""
    rows = list(csv.DictReader(table.strip().splitlines()))
    columns = ["id", "name", "name_zh", "kind", "groups", "lon", "lat"]
    columns += [c for c in rows[0] if c not in columns and c != "osm"]
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            reference = row.pop("osm")
            row["lon"], row["lat"] = (f"{x:.5f}" for x in place_of(osm, reference))
            row["name"] = row["name"] or thing_of(osm, reference)["tags"]["name"]
            writer.writerow(row)


def thing_of(osm, reference):
    return osm[reference[0]][int(reference[1:])]


def place_of(osm, reference):
    """A node's position, or the middle of an area."""
    if reference[0] == "n":
        return thing_of(osm, reference)["at"]
    ring = max(rings_of(osm, reference), key=lambda r: abs(area_of(r)))
    middle, double = [0.0, 0.0], 2 * area_of(ring)
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        cross = (ax - ring[0][0]) * (by - ring[0][1]) - (bx - ring[0][0]) * (ay - ring[0][1])
        middle[0] += (ax + bx - 2 * ring[0][0]) * cross
        middle[1] += (ay + by - 2 * ring[0][1]) * cross
    return tuple(ring[0][i] + middle[i] / (3 * double) for i in (0, 1))


def area_of(ring):
    (ox, oy) = ring[0]
    return sum(
        (ax - ox) * (by - oy) - (bx - ox) * (ay - oy) for (ax, ay), (bx, by) in zip(ring, ring[1:])
    ) / 2


def rings_of(osm, reference):
    """The outer rings of a closed way or a multipolygon, as closed lists of positions."""
    thing = thing_of(osm, reference)
    if reference[0] == "w":
        chains = [thing["nodes"]]
    else:
        outer = [i for kind, i, role in thing["members"] if kind == "w" and role == "outer"]
        chains = chains_of([osm["w"][i]["nodes"] for i in outer])
    rings = [[osm["n"][n]["at"] for n in chain] for chain in chains]
    assert all(ring[0] == ring[-1] for ring in rings), f"{reference} is not closed"
    return rings


def chains_of(pieces):
    """Pieces of line joined where they meet, each as long as it gets."""
    chains, pieces = [], [list(p) for p in pieces]
    while pieces:
        chain = pieces.pop(0)
        while chain[0] != chain[-1]:
            piece = next((p for p in pieces if chain[-1] in (p[0], p[-1])), None)
            if piece is None:
                break
            pieces.remove(piece)
            chain += (piece if piece[0] == chain[-1] else piece[::-1])[1:]
        chains.append(chain)
    return chains


def segment(osm, spec):
    """A key segment along the given ways, in the order and direction of the first of them."""
    chain = chains_of([osm["w"][i]["nodes"] for i in spec["ways"]])
    assert len(chain) == 1, f"the ways of {spec['id']} do not join in this order"
    nodes = chain[0]
    first, last = (nodes.index(n) for n in spec.get("between", (nodes[0], nodes[-1])))
    assert first < last, f"{spec['id']} runs against its ways"
    oneway = any(osm["w"][i]["tags"].get("oneway") in ("yes", "-1") for i in spec["ways"])
    properties = {k: v for k, v in spec.items() if k not in ("ways", "between")}
    if oneway:
        properties["both_ways"] = "no"
    line = [osm["n"][n]["at"] for n in nodes[first : last + 1]]
    return properties, {"type": "LineString", "coordinates": line}


def zone(osm, spec):
    """A zone: the outlines of features of the map, or one drawn by hand."""
    rings = [r for reference in spec.get("osm", []) for r in rings_of(osm, reference)]
    if "outline" in spec:
        rings.append(spec["outline"] + spec["outline"][:1])
    properties = {k: v for k, v in spec.items() if k not in ("osm", "outline")}
    return properties, {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}


def write_features(path, features):
    lines = [
        json.dumps({"type": "Feature", "properties": p, "geometry": g}, ensure_ascii=False)
        for p, g in features
    ]
    text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
