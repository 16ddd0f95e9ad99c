#!/usr/bin/env python3
"""Draws the curves of docs/benchmarks.md, "Scale", from the figures measured there.

    scripts/scale-curves.py

Reads docs/img/scale.csv (`picture,curve,x,y`) and writes docs/img/scale-PICTURE.svg for each
picture. The same figures give the same files, byte for byte.
"""

import csv
import math
from pathlib import Path

IMG = Path(__file__).resolve().parent.parent / "docs" / "img"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 64, 150, 24, 52
COLOURS = ["#1f5f8b", "#b5532a", "#4a7a3a", "#7a4a8a"]
# Title of each axis, and whether it is logarithmic.
AXES = {
    "time": (("processor time for everything, s", True), ("risk protected, %", False)),
    "growth": (("how many times the base", True), ("processor seconds", True)),
}


def main():
    pictures = {}
    with open(IMG / "scale.csv", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            curves = pictures.setdefault(row["picture"], {})
            curves.setdefault(row["curve"], []).append((float(row["x"]), float(row["y"])))
    for name, curves in pictures.items():
        (IMG / f"scale-{name}.svg").write_text(draw(curves, *AXES[name]), "utf-8")


def draw(curves, x_axis, y_axis):
    points = [p for curve in curves.values() for p in curve]
    x = Scale([p[0] for p in points], x_axis[1], LEFT, WIDTH - RIGHT)
    y = Scale([p[1] for p in points], y_axis[1], HEIGHT - BOTTOM, TOP)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for value in x.marks:
        at = x(value)
        out.append(line([(at, TOP), (at, HEIGHT - BOTTOM)], "#ddd"))
        out.append(text(at, HEIGHT - BOTTOM + 18, f"{value:g}", "middle"))
    for value in y.marks:
        at = y(value)
        out.append(line([(LEFT, at), (WIDTH - RIGHT, at)], "#ddd"))
        out.append(text(LEFT - 8, at + 4, f"{value:g}", "end"))
    out.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x_axis[0], "middle"))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    out.append(f'<g transform="rotate(-90 16 {middle:g})">{text(16, middle, y_axis[0], "middle")}</g>')
    ends = {}
    for (name, curve), colour in zip(curves.items(), COLOURS):
        places = [(x(a), y(b)) for a, b in curve]
        out.append(line(places, colour, 2))
        out += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in places]
        # Names stand at the ends of their curves, one below another.
        at = places[-1][1] + 4
        while any(abs(at - other) < 14 for other in ends):
            at += 2
        ends[at] = name
        out.append(text(WIDTH - RIGHT + 10, at, name, "start", colour))
    return "\n".join(out) + "\n</svg>\n"


class Scale:
    """From values to places between two edges."""

    def __init__(self, values, logarithmic, first, last):
        self.of = math.log2 if logarithmic else float
        low, high = min(values), max(values)
        if logarithmic:
            self.marks = [2.0**k for k in range(math.floor(math.log2(low)), math.ceil(math.log2(high)) + 1)]
        else:
            step = next(s for s in (0.5, 1, 2, 5, 10, 20) if (high - low) / s <= 6)
            self.marks = [step * k for k in range(math.floor(low / step), math.ceil(high / step) + 1)]
        low, high = self.of(self.marks[0]), self.of(self.marks[-1])
        self.first, self.per = first, (last - first) / ((high - low) or 1)
        self.low = low

    def __call__(self, value):
        return self.first + (self.of(value) - self.low) * self.per


def line(points, colour, width=1):
    places = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
    return f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def text(x, y, words, anchor, colour="#333"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


if __name__ == "__main__":
    main()
