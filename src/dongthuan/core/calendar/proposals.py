"""Years nobody has decided yet: what the `holidays` package expects, never signed off."""

from __future__ import annotations

from importlib import metadata

from dongthuan.core.calendar.files import DayOff, Source, YearFile

LAST_PROPOSAL = 2030


def propose_year(year: int) -> YearFile:
    """The expected holidays of a year; Tết and National Day can still move by decision."""
    # Imported here because loading the package costs half a second, and most processes never
    # look beyond the last yearly file.
    import holidays

    version = metadata.version("holidays")
    vi = holidays.country_holidays("VN", years=year, language="vi", observed=True)
    en = holidays.country_holidays("VN", years=year, language="en_US", observed=True)
    document_vi = f"Dự kiến theo gói holidays {version}"
    document_en = f"Proposal of the holidays package {version}"
    source = Source(
        document_vi,
        document_en,
        "Chờ quyết định lịch nghỉ hằng năm",
        "Awaiting the yearly decision",
        "D",
    )
    days = tuple(
        DayOff(day, "proposal", name, en.get(day, name), document_vi, document_en)
        for day, name in sorted(vi.items())
        if day.year == year
    )
    note = (
        f"Lịch năm {year} là dự kiến, chưa ký duyệt.",
        f"The calendar of {year} is a proposal, not signed off.",
    )
    return YearFile(year, False, (source,), days, (), (note,))
