"""The invented recommendations of the demonstration stand in every state."""

from __future__ import annotations

from typing import Any

from dongthuan.demo_recommendations import demo_recommendations_load
from dongthuan.work.recommendations.models import BodyRecommendation, Criticism, Hearing


def test_the_example_has_one_in_each_state(people: Any, browser_of: Any) -> None:
    told = demo_recommendations_load(
        head=people.head, front=people.front, mobilisation=people.dvan, council=people.council,
        board=people.board,
    )  # fmt: skip
    rows = BodyRecommendation.objects.all()
    assert told == rows.count()
    states = set(rows.values_list("state", flat=True))
    assert states == {"confirmed", "sent", "doing", "refused", "drafted"}
    assert set(Criticism.objects.values_list("state", flat=True)) == {"answered", "planned"}
    assert set(Hearing.objects.values_list("state", flat=True)) == {"held", "due"}
    assert all(row.is_demo for row in rows)
    pages = ["/kien-nghi/", "/kien-nghi/?xem=overdue&commune=21439&year=2026",
             "/kien-nghi/bang-diem/", "/kien-nghi/bang-diem/?commune=21439&nam=2026",
             "/kien-nghi/bang-diem.csv", "/kien-nghi/phan-bien/",
             "/kien-nghi/theo-doi.xml"]  # fmt: skip
    pages += [f"/kien-nghi/{r.code}/" for r in rows.exclude(state="drafted")]
    pages += [f"/kien-nghi/phan-bien/{r.code}/" for r in Criticism.objects.all()]
    pages += [f"/kien-nghi/nghe/{r.code}/" for r in Hearing.objects.all()]
    anyone = browser_of("")
    for page in pages:
        assert anyone.get(page).status_code == 200, page
    desk = "/ban-lam-viec/kien-nghi/"
    paths = ["", "?xem=drafts", "?xem=confirm", "bang-diem/", "bang-diem.csv", "phan-bien/",
             "nghe/"]  # fmt: skip
    paths += [f"nghe/{r.code}/" for r in Hearing.objects.all()]
    paths += [f"../vu-viec/{r.code}/" for r in (*rows.exclude(state="drafted"),
                                              *Criticism.objects.all())]  # fmt: skip
    for name in ("front", "head", "party"):
        client = browser_of(name)
        for path in paths:
            address = desk + path if not path.startswith("../") else f"/ban-lam-viec/{path[3:]}"
            assert client.get(address).status_code == 200, (name, path)
