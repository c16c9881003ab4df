from __future__ import annotations

from django.template import engines
from django.utils import translation

ROWS = [
    {"label": "Phường Đức Phổ", "kept": 75, "late": 25},
    {"label": "Xã <Khánh> Cường", "kept": 50, "late": None},
]


def chart(rows: object, arguments: str = "", **context: object) -> str:
    template = engines["django"].from_string("{% bar_chart rows " + arguments + " %}")
    with translation.override("en"):
        return template.render({"rows": rows, **context})


def test_the_numbers_stand_in_the_table() -> None:
    html = chart(ROWS)
    assert '<th scope="row">Phường Đức Phổ</th>' in html
    assert '<td class="num" data-label="On time">75</td>' in html
    assert '<td class="num" data-label="Late">25</td>' in html


def test_a_suppressed_cell_is_a_dash_and_draws_nothing() -> None:
    html = chart(ROWS)
    assert '<td class="num" data-label="Late">–</td>' in html
    second = html.split("Xã &lt;Khánh&gt; Cường")[1].split("</li>")[0]
    assert "fill-late" not in second
    assert 'width="50.000%"' in second


def test_bars_are_stacked_in_per_cent_of_the_longest() -> None:
    with translation.override("vi"):  # whose decimal comma an SVG would not understand
        html = chart(ROWS)
    assert 'class="fill-kept" x="0.000%" width="75.000%"' in html
    assert 'class="fill-late" x="75.000%" width="25.000%"' in html


def test_the_series_can_be_named() -> None:
    html = chart(
        [{"label": "Thôn 1", "yes": 10, "no": 2}],
        "series=names",
        names=[("no", "Không đồng ý"), ("yes", "Đồng ý")],
    )
    assert html.index("Không đồng ý") < html.index("Đồng ý</")


def test_what_comes_from_people_is_escaped() -> None:
    assert "<Khánh>" not in chart(ROWS)


def test_without_rows_there_is_a_sentence() -> None:
    assert "No figures yet." in chart([])


def test_only_zeros_draw_nothing() -> None:
    html = chart([{"label": "Thôn 1", "kept": 0}])
    assert 'class="fill-kept" x=' not in html


def test_two_charts_of_a_page_have_their_own_patterns() -> None:
    template = engines["django"].from_string("{% bar_chart rows %}{% bar_chart rows %}")
    html = template.render({"rows": ROWS})
    assert 'id="chart-1-late"' in html
    assert 'id="chart-2-late"' in html
