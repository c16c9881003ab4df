"""What the law names: the nine items people comment on (Điều 25) and the forms (Điều 26)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Điều 25 Luật 10/2022/QH15, khoản 1 to 9.
ITEMS = (
    ("1", _("1. Draft socio-economic plan, restructuring, settlement, trades of the commune")),
    ("2", _("2. Draft land-use plan and its changes; use of the land fund given to the commune")),
    ("3", _("3. Policy on investment, land, waste, compensation, resettlement of public projects")),
    ("4", _("4. Schemes to create, merge, split, rename administrative units or villages")),
    ("5", _("5. Draft decisions of the People's Committee touching the community's interests")),
    ("6", _("6. Draft tasks and drawings of construction planning")),
    ("7", _("7. Draft regulation on democracy in the commune or in a field")),
    ("8", _("8. Draft decision that lays duties on citizens or ends or limits their rights")),
    ("9", _("9. Other matters by law, by regulation or as the authorities see fit")),
)

# Điểm a to h khoản 1 Điều 26.
FORMS = (
    ("a", _("conference of exchange and dialogue")),
    ("b", _("meeting of the community")),
    ("c", _("ballot of households")),
    ("d", _("suggestion box, hotline")),
    ("đ", _("through the village Front committee and mass organisations")),
    ("e", _("portal of the commune")),
    ("g", _("telecommunications, social networks")),
    ("h", _("dialogue with the citizens addressed (Art. 25.8)")),
)
# Forms whose opinions come in by hand: from minutes, sheets, the box, a call.
BY_HAND = ("a", "b", "c", "d", "đ", "g", "h")
COUNTED = ("a", "b", "c")  # forms that also end in a tally of voices
HEARING_ITEM = "8"
BANDS = ("18-29", "30-44", "45-59", "60-")
SEXES = (("m", _("male")), ("f", _("female")))


def band_choices() -> tuple[tuple[str, str], ...]:
    """Age bands as people read them: '18-29' -> '18–29', '60-' -> '60+'."""
    return tuple((b, f"{b[:-1]}+" if b.endswith("-") else b.replace("-", "–")) for b in BANDS)
