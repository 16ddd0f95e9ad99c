#!/usr/bin/env python3
"""Makes the map folders of `maps/` from an OpenStreetMap extract of Malta.

    scripts/make-maps.py MALTA.osm.pbf [PLACE ...]

MALTA.osm.pbf is `tests/fixtures/malta-latest.osm.pbf` of the crate `osm-io` 0.3.0 (Geofabrik,
2024-03-13): `cargo fetch` with that crate in a manifest brings it. PLACE is `bulebel` or
`harbour`; without one, both are made. For each, `scripts/make-maps.PLACE.toml` says which part
of the map to cut out and which of its features are key sites, key segments and zones. Written
are `roads.osm.pbf`, `sites.csv`, `segments.geojson`, `zones.geojson` and `orders.csv` in
`maps/PLACE/`; `scenario.toml` and `SOURCE.md` there are kept by hand.

Needs Python 3.11 or newer and the `osmium` command (Debian: `apt-get install osmium-tool`).
The same input gives the same text files byte for byte; the PBF too with osmium 1.15.
"""

import csv
import json
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent

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
    known = sorted(p.name.split(".")[1] for p in HERE.glob("make-maps.*.toml"))
    for place in places or known:
        spec = tomllib.loads((HERE / f"make-maps.{place}.toml").read_text("utf-8"))
        out = HERE.parent / "maps" / place
        out.mkdir(parents=True, exist_ok=True)
        cut = out / "cut.osm.pbf"
        osm = read_cut(extract, spec["box"], cut)
        cut.unlink()
        write_roads(osm, out / "roads.osm.pbf")
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


if __name__ == "__main__":
    main()
