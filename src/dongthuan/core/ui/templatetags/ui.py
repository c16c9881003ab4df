"""The components of the look as template tags; a builtin of every template.

No tag writes a `style` attribute or a script: the content security policy forbids both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext

register = template.Library()

ICONS = frozenset(  # the ids of static/ui/icons.svg; a test holds the two together
    """
    home send search megaphone vote chat eye bridge people dialogue building news chart book menu
    close check check-circle alert clock calendar pause info lock unlock key user sign-out sun moon
    globe phone mail pin file paperclip download upload print copy edit trash plus minus filter sort
    arrow-left arrow-right chevron-down chevron-right external seal scale flag star inbox list
    history link help keyboard settings bell dot refresh shield briefcase
    """.split()  # noqa: SIM905
)

# tone: (class, icon); the icons differ in shape, so that colour never speaks alone.
TONES: dict[str, tuple[str, str]] = {
    "kept": ("kept", "check-circle"),
    "due": ("due", "clock"),
    "late": ("late", "alert"),
    "active": ("active", "refresh"),
    "waiting": ("waiting", "pause"),
    "info": ("active", "info"),
    "sealed": ("neutral", "lock"),
    "neutral": ("neutral", "dot"),
}
TONE_WORDS = {
    "good": "kept",
    "success": "kept",
    "done": "kept",
    "warning": "due",
    "soon": "due",
    "bad": "late",
    "danger": "late",
    "error": "late",
    "open": "active",
    "paused": "waiting",
}

DUE_SOON_DAYS = 3

SERIES_LABELS = {
    "kept": N_("On time"),
    "late": N_("Late"),
    "due": N_("Due soon"),
    "open": N_("In progress"),
    "active": N_("In progress"),
    "waiting": N_("Paused"),
    "total": N_("Total"),
    "count": N_("Count"),
}
# A series that has no meaning of its own takes the next of these.
SERIES_FILLS = ("kept", "late", "open", "due", "waiting", "other")


# -- marks --------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from the sprite; hidden from screen readers unless it has a label of its own."""
    href = f"{static('ui/icons.svg')}#{name if name in ICONS else 'dot'}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', href
    )


@register.simple_tag
def status_tag(tone: str, text: Any) -> SafeString:
    """A state in words, with an icon and a colour that say the same."""
    css, picture = TONES.get(TONE_WORDS.get(tone, tone), TONES["neutral"])
    return format_html(
        '<span class="tag tag-{}">{}<span>{}</span></span>', css, icon(picture), text
    )


@register.simple_tag
def due_tag(
    date: dt.date | dt.datetime | None, today: dt.date | None = None, done: bool = False
) -> SafeString:
    """How far a deadline is, in calendar days; nothing when there is no deadline.

    `done` says that the duty has been fulfilled: the tag then tells only the date.
    """
    day = _local_day(date)
    if day is None:
        return mark_safe("")
    left = (day - (_local_day(today) or timezone.localdate())).days
    if done:
        tone, words = "kept", _("done")
    elif left < 0:
        tone = "late"
        words = ngettext("%(count)s day overdue", "%(count)s days overdue", -left)
        words %= {"count": vnnumber(-left)}
    elif left == 0:
        tone, words = "due", _("due today")
    else:
        tone = "due" if left <= DUE_SOON_DAYS else "neutral"
        words = ngettext("%(count)s day left", "%(count)s days left", left)
        words %= {"count": vnnumber(left)}
    css, picture = TONES[tone][0], "calendar" if tone == "neutral" else TONES[tone][1]
    return format_html(
        '<time class="tag tag-{}" datetime="{}" title="{}">{}<span>{}</span></time>',
        css,
        day.isoformat(),
        vndate(day),
        icon(picture),
        words,
    )


# -- forms --------------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField, label: str = "", hint: str = "") -> SafeString:
    """One question of a form: label, hint, error and control, tied together for screen readers."""
    if not isinstance(bound, BoundField):
        return mark_safe("")
    if bound.is_hidden:
        return mark_safe(str(bound))
    parts = {
        "label": label or bound.label,
        "mark": _("(required)") if bound.field.required else _("(optional)"),
        "hint": _hint(bound, hint),
        "error": _error(bound),
    }
    if bound.use_fieldset:
        return _fieldset(bound, parts)
    if getattr(bound.field.widget, "input_type", "") == "checkbox":
        return _checkbox(bound, parts)
    return format_html(
        '<div class="field{}"><label for="{}">{} <span class="mark">{}</span></label>{}{}{}</div>',
        _error_class(bound),
        bound.id_for_label,
        parts["label"],
        parts["mark"],
        parts["hint"],
        parts["error"],
        bound.as_widget(attrs=_described(bound, hint)),
    )


@register.simple_tag(takes_context=True)
def error_summary(context: Context, *forms: Any) -> SafeString:
    """All that is wrong, at the top of the page, each line a link to its field."""
    shown = [form for form in forms if isinstance(form, BaseForm) and form.errors]
    if not shown:
        return mark_safe("")
    lines = format_html_join("", "<li>{}</li>", ((line,) for f in shown for line in _lines(f)))
    # What was typed is still there; a browser forgets the files.
    sent = getattr(context.get("request"), "FILES", None) or any(f.files for f in shown)
    files = _("Please choose your files again.") if sent else ""
    return format_html(
        '<div class="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary">'
        '<h2 id="error-summary">{}{}</h2><ul>{}</ul>{}</div>',
        icon("alert"),
        _("Please correct the following"),
        lines,
        format_html("<p>{}</p>", files) if files else "",
    )


def _lines(form: BaseForm) -> Iterable[SafeString | str]:
    yield from map(str, form.non_field_errors())
    for bound in form:
        if bound.is_hidden:
            for message in bound.errors:
                yield f"{bound.label}: {message}"
            continue
        for message in bound.errors:
            yield format_html('<a href="#{}">{}: {}</a>', _anchor(bound), bound.label, message)


def _anchor(bound: BoundField) -> str:
    """The id of the first control: a group of choices has none of its own."""
    if bound.use_fieldset:
        first = next(iter(bound.subwidgets), None)
        return (first and first.id_for_label) or f"{bound.auto_id}_group"
    return bound.id_for_label


def _fieldset(bound: BoundField, parts: Mapping[str, Any]) -> SafeString:
    described = [f"{bound.auto_id}_helptext"] * bool(parts["hint"])
    described += [f"{bound.auto_id}_error"] * bool(bound.errors)
    described_by = (
        format_html(' aria-describedby="{}"', " ".join(described)) if described else mark_safe("")
    )
    return format_html(
        '<fieldset class="field{}" id="{}_group"{}><legend>{} <span class="mark">{}</span></legend>'
        '{}{}<div class="choices">{}</div></fieldset>',
        _error_class(bound),
        bound.auto_id,
        described_by,
        parts["label"],
        parts["mark"],
        parts["hint"],
        parts["error"],
        str(bound),
    )


def _checkbox(bound: BoundField, parts: Mapping[str, Any]) -> SafeString:
    mark = (
        format_html(' <span class="mark">{}</span>', parts["mark"])
        if bound.field.required
        else mark_safe("")
    )
    return format_html(
        '<div class="field field-check{}">{}<div class="check">{}<label for="{}">{}{}</label></div>'
        "{}</div>",
        _error_class(bound),
        parts["error"],
        bound.as_widget(),
        bound.id_for_label,
        parts["label"],
        mark,
        parts["hint"],
    )


def _error_class(bound: BoundField) -> str:
    return " has-error" if bound.errors else ""


def _hint(bound: BoundField, hint: str) -> SafeString:
    text = hint or bound.help_text
    if not text:
        return mark_safe("")
    return format_html('<p class="hint" id="{}_helptext">{}</p>', bound.auto_id, text)


def _error(bound: BoundField) -> SafeString:
    if not bound.errors:
        return mark_safe("")
    return format_html(
        '<p class="error" id="{}_error">{}<span>'
        '<span class="visually-hidden">{}</span> {}</span></p>',
        bound.auto_id,
        icon("alert"),
        _("Error:"),
        " ".join(map(str, bound.errors)),
    )


def _described(bound: BoundField, hint: str) -> dict[str, str | bool]:
    """Django ties help_text and errors itself; a hint given in the template it does not know."""
    if not hint or bound.help_text:
        return {}
    ids = f"{bound.auto_id}_helptext" + (f" {bound.auto_id}_error" if bound.errors else "")
    return {"aria-describedby": ids}


# -- lists --------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Any) -> SafeString:
    """Links to the newer and the older page of a keyset list; nothing when there is one page.

    `page` has `newer` and `older` (attributes or keys): a cursor, put into the address as
    `?newer=…` or `?older=…` beside the filters, or a link of its own that begins with "?" or "/".
    """
    links = [
        (way, _link(context, way, cursor))
        for way in ("newer", "older")
        if (cursor := _get(page, way))
    ]
    if not links:
        return mark_safe("")
    texts = {"newer": _("Newer"), "older": _("Older")}
    items = [
        format_html(
            '<a class="button button-quiet pager-{}" rel="{}" href="{}">{}<span>{}</span></a>',
            way,
            "prev" if way == "newer" else "next",
            href,
            icon("arrow-left" if way == "newer" else "arrow-right"),
            texts[way],
        )
        for way, href in links
    ]
    return format_html(
        '<nav class="pager" aria-label="{}">{}</nav>', _("Pages"), mark_safe("".join(items))
    )


def _link(context: Context, way: str, cursor: Any) -> str:
    if str(cursor).startswith(("?", "/")):
        return str(cursor)
    request = context.get("request")
    kept = [
        (name, value)
        for name, values in (request.GET.lists() if request else ())
        for value in values
        if name not in ("newer", "older")
    ]
    return "?" + urlencode([*kept, (way, str(cursor))])


def _get(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


# -- charts -------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def bar_chart(
    context: Context,
    rows: Iterable[Mapping[str, Any]],
    title: str = "",
    series: Mapping[str, str] | Sequence[tuple[str, str]] = (),
) -> SafeString:
    """Stacked bars drawn by the server, with the same numbers in a table beside them.

    `rows`: `{"label": "Phổ Phong", "kept": 40, "late": 3}`; every key but `label` and `url` is a
    series, in the order of the first row, unless `series` names them (key, label). A suppressed
    cell is None: it is drawn as nothing and written as "–".
    """
    data = list(rows)
    if not data:
        return format_html('<p class="empty">{}</p>', _("No figures yet."))
    names = _series(data, series)
    number = (context.render_context.get("charts") or 0) + 1
    context.render_context["charts"] = number
    most = max((sum(_value(row, key) for key, *_rest in names) for row in data), default=0)
    parts = {
        "title": title,
        "names": names,
        "chart": f"chart-{number}",
        "bars": [
            {
                "label": row["label"],
                "url": row.get("url", ""),
                "cells": [(label, vnnumber(row.get(key)) or "–") for key, label, _fill in names],
                "rects": _rects(row, names, most),
                "total": vnnumber(sum(_value(row, key) for key, *_rest in names)),
            }
            for row in data
        ],
    }
    return mark_safe(render_to_string("ui/tags/bar_chart.html", parts))


def _series(
    data: list[Mapping[str, Any]], series: Mapping[str, str] | Sequence[tuple[str, str]]
) -> list[tuple[str, str, str]]:
    """(key, label, fill) of each series."""
    pairs = list(series.items() if isinstance(series, Mapping) else series)
    if not pairs:
        keys = [key for key in data[0] if key not in ("label", "url")]
        pairs = [(key, _(SERIES_LABELS[key]) if key in SERIES_LABELS else key) for key in keys]
    spare = [fill for fill in SERIES_FILLS if fill not in dict(pairs)]
    named = []
    for key, label in pairs:
        fill = key if key in SERIES_FILLS else (spare.pop(0) if spare else "other")
        named.append((key, str(label), fill))
    return named


def _rects(
    row: Mapping[str, Any], names: list[tuple[str, str, str]], most: Decimal | int
) -> list[dict]:
    """Position and width in per cent, written with a point: SVG knows no decimal comma."""
    rects, start = [], Decimal(0)
    for key, label, fill in names:
        width = 100 * _value(row, key) / most if most else Decimal(0)
        if width:
            rects.append({"fill": fill, "label": label, "x": f"{start:.3f}", "w": f"{width:.3f}"})
        start += width
    return rects


def _value(row: Mapping[str, Any], key: str) -> Decimal:
    return max(Decimal(str(row.get(key) or 0)), Decimal(0))


# -- how things are written ---------------------------------------------------------------------


@register.filter
def vndate(value: dt.date | dt.datetime | None) -> str:
    """23/11/2026, as administrative documents write it; the day in Viet Nam for a moment."""
    day = _local_day(value)
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if day else ""


@register.filter
def vndatetime(value: dt.datetime | None) -> str:
    """09:30 ngày 23/11/2026, in Asia/Ho_Chi_Minh."""
    if not isinstance(value, dt.datetime):
        return vndate(value)
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    between = ", " if translation.get_language() == "en" else " ngày "
    return f"{moment.hour:02}:{moment.minute:02}{between}{vndate(moment)}"


@register.filter
def vnnumber(value: float | Decimal | None, places: int | None = None) -> str:
    """1.234.567 and 12,5: a point for thousands, a comma for decimals."""
    if value is None or value == "" or isinstance(value, bool):
        return ""
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return str(value)
    if not number.is_finite():
        return ""
    text = f"{number:,f}" if places is None else f"{number:,.{int(places)}f}"
    return text.translate(str.maketrans(",.", ".,")).replace("-", "−")


@register.filter(is_safe=True)
def paragraphs(value: Any) -> SafeString:
    """What a person typed, escaped: blank lines part paragraphs, line ends stay line ends."""
    return (
        mark_safe(linebreaks(str(value or "").strip(), autoescape=True)) if value else mark_safe("")
    )


def _local_day(value: dt.date | dt.datetime | None) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value if isinstance(value, dt.date) else None
