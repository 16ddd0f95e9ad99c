"""The columns of `roundsman bench`, and its table of best-known values."""

import csv
from pathlib import Path

COLUMNS = [
    "instance",
    "units",
    "seed",
    "threads",
    "seconds",
    "value",
    "best_known",
    "gap_percent",
    "seconds_to_best",
    "bound",
    "valid",
]

# Best-known values by instance; `None` where the table has the instance without a value.
Known = dict[str, float | None]


def read_known(file: Path | None) -> Known:
    """Reads a table of best-known values."""
    if file is None:
        return {}
    with file.open(newline="") as table:
        rows = [(row["instance"], row["best_known"]) for row in csv.DictReader(table)]
    return {name: float(value) if value else None for name, value in rows}
