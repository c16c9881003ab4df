"""Counts a vote again from its published files: python recount_from_published_files.py FOLDER"""

import csv
import json
import operator
import sys
from pathlib import Path

folder = Path(sys.argv[1])
vote, rolls = (json.loads((folder / f"{name}.json").read_text()) for name in ("vote", "rolls"))
keys = [option["key"] for option in vote["options"]]
count = {roll["village"]: dict.fromkeys(keys, 0) for roll in rolls}
for row in csv.DictReader((folder / "ballots.csv").open()):
    count[row["village"]][row["choice"]] += 1
for row in csv.DictReader((folder / "tallies.csv").open()):
    for key in keys:
        count[row["village"]][key] += int(row[key])


def reaches(share, part, whole):
    sign, above, below = share
    return (operator.ge if sign == ">=" else operator.gt)(part * below, whole * above)


for key in keys:
    passed = [reaches(vote["share"], count[r["village"]][key], r["households"]) for r in rolls]
    villages = vote["share_of_villages"]
    carried = reaches(villages, sum(passed), len(passed)) if villages else all(passed)
    total = sum(one[key] for one in count.values())
    print(key, total, "of", sum(r["households"] for r in rolls), "passed" if carried else "not")
