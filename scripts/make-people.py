#!/usr/bin/env python3
"""Makes the four-week scenarios of maps/harbour: the towns with the people who patrol them.

    python3 scripts/make-people.py

Reads maps/harbour/scenario.toml and writes beside it `four-weeks.toml`, `four-weeks-leave.toml`
(a tenth of the people on leave throughout), and the tables they name. The people are invented;
the same seed gives the same files.
"""

import csv
import datetime
import pathlib
import random
import re

PLACE = pathlib.Path(__file__).resolve().parent.parent / "maps" / "harbour"
START = datetime.date(2026, 11, 23)
DAYS = 28

# Tier, people, sworn among them, ranks with their number, hours a week.
TIERS = [
    ("police", 60, 44, [("sergeant", 20)], 40),
    ("station", 14, 7, [("sergeant", 3)], 40),
    ("guards", 24, 0, [("shift-leader", 5)], 40),
]

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚辉玲桂英华玉红梅鹏宇欣怡浩然佳琪子轩"
SURNAMES = "Borg Camilleri Vella Farrugia Zammit Galea Micallef Grech Attard Spiteri Azzopardi Mifsud Caruana Muscat Agius Pace Fenech Schembri Abela Sammut Gauci Debono Bonnici Cassar".split()
NAMES = "Anna Karl Maria Paul Rita Mark Grace Luke Doris Simon Carmen Peter Josette Mario Sandra Ivan Claire Noel Marica Glen Ritianne Dylan Lara Owen".split()

RULES = """
# ---- people: who works when, under which rules --------------------------------------------------

[[ruleset]]
set = "police"
tiers = ["police"]

[[ruleset]]
set = "eu-2003-88"
tiers = ["station"]

[[ruleset]]
set = "cn-labour"
tiers = ["guards"]

[[rule]] # an own figure for everybody
rule = "consecutive-days"
value = 6

[[rule]]
rule = "contract-hours"
value = 8
price = 2

[[rule]]
rule = "quick-returns"
value = 10
tiers = ["guards"]

[[rule]]
rule = "supervisor-per-shift"
ranks = ["sergeant"]
tiers = ["police"]
price = 10

[[rule]]
rule = "fair-nights"
value = 1
price = 5

[[rule]]
rule = "fair-weekends"
value = 1
price = 5

[[rule]]
rule = "fair-hard-beats"
value = 2
price = 3

[[rule]]
rule = "pairs-forbidden" # brothers
people = ["police-04", "police-05"]

[[staffing]]
id = "night-police"
tier = "police"
windows = "22:00-06:00"
least = 4
desired = 8
price = 1
"""


def people(rng):
    rows = []
    for tier, count, sworn, ranks, hours in TIERS:
        titles = [rank for rank, number in ranks for _ in range(number)]
        for k in range(count):
            rank = titles[k] if k < len(titles) else ("constable" if tier != "guards" else "guard")
            grade = "senior" if k < count // 3 else ("novice" if k >= count - count // 8 else "")
            rows.append({
                "id": f"{tier}-{k + 1:02}",
                "name": f"{rng.choice(NAMES)} {rng.choice(SURNAMES)}",
                "name_zh": rng.choice(FAMILY) + rng.choice(GIVEN) + rng.choice(["", rng.choice(GIVEN)]),
                "tier": tier,
                "rank": rank,
                "sworn": "yes" if k < sworn else "no",
                "grade": grade,
                "contract": "full-time",
                "contract_hours": hours,
            })
    return rows


def day(k):
    return (START + datetime.timedelta(days=k)).isoformat()


def requests(rng, rows):
    wishes = []
    for person in rows:
        for _ in range(rng.randrange(3)):
            k = rng.randrange(DAYS)
            wishes.append({"person": person["id"], "date": day(k), "shift": "", "want": "off", "weight": rng.randint(2, 8)})
    return sorted({(w["person"], w["date"]): w for w in wishes}.values(), key=lambda w: (w["person"], w["date"]))


def leave(rng, rows):
    away = []
    for person in rng.sample(rows, 4):
        k = rng.randrange(DAYS - 7)
        away.append({"person": person["id"], "from": day(k), "to": day(k + 6), "kind": "annual leave"})
    return sorted(away, key=lambda a: a["person"])


def tenth(rows):
    """Every tenth, so that each tier is hit in proportion."""
    return [
        {"person": person["id"], "from": day(0), "to": day(DAYS), "kind": "sick leave"}
        for person in rows[4::10]
    ]


def totals(rng, rows):
    return [
        {"person": p["id"], "hours": rng.randrange(152, 169, 4), "nights": rng.randrange(5, 8), "weekends": rng.randrange(1, 4), "hard_beats": 0}
        for p in rows
    ]


def write(name, rows):
    with open(PLACE / name, "w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def scenario(text, name, name_zh, leave_file):
    head = "# The towns round the Grand Harbour with the people who patrol them, four weeks. Made by\n# scripts/make-people.py from scenario.toml; the people are invented.\n"
    text = re.sub(r"\A(#[^\n]*\n)+", head, text)
    text = text.replace('name = "Grand Harbour towns"', f'name = "{name}"', 1)
    text = text.replace('name_zh = "大港城区"', f'name_zh = "{name_zh}"', 1)
    text = text.replace("days = 7", f"days = {DAYS}", 1)
    layers = f'orders = "orders.csv"\npeople = "people.csv"\nrequests = "requests.csv"\ntotals = "totals.csv"\nleave = "{leave_file}"\n'
    text = text.replace('orders = "orders.csv"\n', layers, 1)
    # Two drive a car or walk a beat; where a third fits, one may learn.
    text = text.replace("seats = 3\n", "seats = 3\nmin_crew = 2\n").replace("seats = 4\n", "seats = 4\nmin_crew = 2\n")
    for unit in ["car-mobile", "night-cities"]:
        text = text.replace(f'[[unit]]\nid = "{unit}"\n', f'[[unit]]\nid = "{unit}"\nhard_beat = true\n')
    return text + RULES


def main():
    rng = random.Random(6)
    rows = people(rng)
    write("people.csv", rows)
    write("requests.csv", requests(rng, rows))
    write("leave.csv", leave(rng, rows))
    write("leave-tenth.csv", tenth(rows))
    write("totals.csv", totals(rng, rows))
    text = (PLACE / "scenario.toml").read_text(encoding="utf-8")
    full = scenario(text, "Grand Harbour towns, four weeks", "大港城区四周", "leave.csv")
    (PLACE / "four-weeks.toml").write_text(full, encoding="utf-8")
    few = scenario(text, "Grand Harbour towns, a tenth on leave", "大港城区四周（一成请假）", "leave-tenth.csv")
    (PLACE / "four-weeks-leave.toml").write_text(few, encoding="utf-8")


main()
