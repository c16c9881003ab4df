"""Adds a published ledger up again: recount.py so-cai.csv. It imports nothing of this system."""

import csv
import io
import sys
from pathlib import Path


def recount(text: str) -> dict[str, object]:
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    sums = {"given": 0, "used": 0, "parts": {}, "faults": []}
    seen: dict[str, dict[str, str]] = {}
    for row in rows:
        amount = int(row["amount"])
        if row["number"] in seen:
            sums["faults"].append("twice: " + row["number"])
        seen[row["number"]] = row
        if row["reverses"]:
            first = seen.get(row["reverses"].lstrip("'"))
            if first is None or int(first["amount"]) != -amount or first["kind"] != row["kind"]:
                sums["faults"].append("no mirror: " + row["number"])
        if row["kind"] == "receipt":
            sums["given"] += amount
        elif row["kind"] == "expense":
            sums["used"] += amount
            sums["parts"][row["component"]] = sums["parts"].get(row["component"], 0) + amount
    sums["left"] = sums["given"] - sums["used"]
    return sums


if __name__ == "__main__":
    print(recount(Path(sys.argv[1]).read_text("utf-8")))
