"""OSRM, asked what our command line is asked: by the same rules, from the same extract."""

import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import osrm

from costs import Cost, cost_of
from extract import Place

HERE = Path(__file__).parent
PROFILES = HERE.parent.parent / "src/roads/profiles"
PROGRAMS = Path(osrm.__file__).parent / "bin"
STEPS = {"MLD": ["partition", "customize"], "CH": ["contract"]}


def lua(value: Any) -> str:
    """A value of TOML as Lua writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return "{ " + ", ".join(map(lua, value)) + " }"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"[{lua(k)}] = {lua(v)}" for k, v in value.items()) + " }"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def profile(name: str) -> dict[str, Any]:
    """A built-in profile of ours."""
    return tomllib.loads((PROFILES / f"{name}.toml").read_text())


def write_profile(name: str, file: Path) -> None:
    """Our profile as one for OSRM, at the pace of a patrol."""
    own = profile(name)
    own["factor"] = own["patrol_factor"]
    for key in ("maxspeed_sets", "no_stop"):
        own[key] = {word: True for word in own[key]}
    own["closed_if"] = dict(pair.split("=", 1) for pair in own["closed_if"])
    rules = (HERE / "osrm_car.lua").read_text()
    file.write_text(f"local P = {lua(own)}\n{rules}")


@dataclass(frozen=True)
class Built:
    """An extract made ready by OSRM."""

    base: Path
    algorithm: str
    read: Cost
    prepare: Cost


def build(pbf: Path, rules: Path, folder: Path, algorithm: str, threads: int) -> Built:
    """Runs OSRM's own programs, one after the other."""
    base = folder / f"{algorithm.lower()}.osrm"
    common = ["--threads", str(threads)]
    read = run("extract", str(pbf), "--profile", str(rules), "--output", str(base), *common)
    prepare = Cost()
    for step in STEPS[algorithm]:
        prepare += run(step, str(base), *common)
    return Built(base, algorithm, read, prepare)


def run(program: str, *args: str) -> Cost:
    """Runs one of OSRM's programs to its end."""
    command = [str(PROGRAMS / f"osrm-{program}"), *args]
    with cost_of(children=True) as cost:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return cost


@dataclass(frozen=True)
class Route:
    """A way that OSRM takes."""

    seconds: float
    metres: float
    nodes: list[int]
    """The map's ids, those before the start and after the end included."""
    off: tuple[float, float]
    """How far the ends are from the points asked, metres."""


class Engine:
    """OSRM with an extract in memory."""

    def __init__(self, built: Built) -> None:
        with cost_of() as self.load:
            self.osrm = osrm.OSRM(
                algorithm=built.algorithm,
                storage_config=str(built.base),
                max_locations_distance_table=-1,
                max_locations_viaroute=-1,
                use_shared_memory=False,
                verbosity="NONE",
            )

    def table(self, places: list[Place], kinds: list[str]) -> tuple[Cost, Any]:
        """The answer to a table of these kinds (`duration`, `distance`), and what it cost."""
        asked = osrm.TableParameters(coordinates=places, annotations=kinds, generate_hints=False)
        with cost_of() as cost:
            answer = self.osrm.Table(asked)
        return cost, answer

    def route(self, start: Place, end: Place) -> Route | None:
        """The fastest way."""
        asked = osrm.RouteParameters(
            coordinates=[start, end],
            annotations=["nodes"],
            overview="false",
            generate_hints=False,
        )
        try:
            answer = self.osrm.Route(asked)
        except RuntimeError:
            return None
        route = answer["routes"][0]
        nodes = route["legs"][0]["annotation"]["nodes"]
        first, last = answer["waypoints"]
        return Route(
            float(route["weight"]),
            float(route["distance"]),
            [int(n) for n in nodes],
            (float(first["distance"]), float(last["distance"])),
        )


def rows(table: Any) -> np.ndarray:
    """A table of OSRM's as an array; what cannot be reached is not a number."""
    return np.array([[np.nan if x is None else x for x in row] for row in table], dtype=float)
