"""Forms of the movement at the desk: a year, a seat, a registration, figures, points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.models import Position
from dongthuan.front.desk.forms import PlaceField
from dongthuan.work.emulation.models import EmulationYear, Field, Juror, Output, Sort
from dongthuan.work.emulation.scoring import Criterion
from dongthuan.work.emulation.services import MOST_OUTPUTS, Promised, Registration

CHOOSE = _("— choose —")


def day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


def lines(label: Any, help_text: Any = "") -> CleanCharField:
    return CleanCharField(
        label=label, max_length=3000, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class YearForm(forms.Form):
    """A year of the movement: at which body, its three days."""

    lead = PlaceField(label=_("Body in charge"), queryset=None, empty_label=None)
    year = forms.IntegerField(label=_("Year"), min_value=2009, max_value=2100)
    register_until = day(_("Registration until"))
    midyear_until = day(_("Mid-year check until"))
    appraise_until = day(_("Appraisal until"))

    def __init__(self, *args: Any, leads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads  # type: ignore[attr-defined]


class PositionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Position) -> str:
        return f"{obj.title} – {obj.unit.short_name}"


class JurorForm(forms.Form):
    position = PositionField(label=_("Position"), queryset=None, empty_label=CHOOSE)
    seat = forms.ChoiceField(label=_("Seat"), choices=Juror.Seat.choices, initial="member")

    def __init__(self, *args: Any, positions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].queryset = positions  # type: ignore[attr-defined]


class YearField(forms.ModelChoiceField):
    def label_from_instance(self, obj: EmulationYear) -> str:
        return f"{obj.year} – {obj.unit.short_name}"


class ModelForm(forms.Form):
    """The ten fields of a registration; rows of outputs below them."""

    name = CleanCharField(label=_("Name of the model"), max_length=200)
    field = forms.ChoiceField(label=_("Field"), choices=[("", CHOOSE), *Field.choices])
    sort = forms.ChoiceField(
        label=_("Whose model"), choices=Sort.choices, widget=forms.RadioSelect, initial="collective"
    )
    situation = lines(_("Situation and reason"))
    goal = lines(_("Goal and criteria"))
    content = lines(_("What is done, and how"))
    beneficiaries = lines(_("Where, and who benefits"))
    forces = lines(
        _("Who takes part, and in which role"),
        _("A model of a residential area is led by its Party cell and does not repeat a movement "
          "of the Front or an organisation."),
    )  # fmt: skip
    resources = lines(_("Resources: money, facilities, labour, what people give"))
    timeline = lines(_("Timeline of the work"))
    replication = lines(_("How it lasts and can be copied"))
    person_name = CleanCharField(
        label=_("Name of the person"), max_length=120, required=False,
        help_text=_("Only for an individual's model, only if that person wants it. Nothing else "
                    "of the person is written down; points are given to the work."),
    )  # fmt: skip
    consents = forms.BooleanField(
        label=_("This person has consented in writing that the name is published"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_OUTPUTS + 1):
            needed = n == 1
            self.fields[f"what{n}"] = CleanCharField(
                label=_("Output %(n)d: what can be counted") % {"n": n}, max_length=200,
                required=needed,
            )  # fmt: skip
            self.fields[f"measure{n}"] = CleanCharField(
                label=_("Output %(n)d: measure") % {"n": n}, max_length=30, required=needed
            )
            self.fields[f"target{n}"] = forms.IntegerField(
                label=_("Output %(n)d: how many") % {"n": n}, min_value=0, max_value=10**15 - 1,
                required=needed,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for n in range(2, MOST_OUTPUTS + 1):
            parts = [data.get(f"{part}{n}") for part in ("what", "measure", "target")]
            some = [part not in (None, "") for part in parts]
            if any(some) and not all(some) and not self.errors.get(f"target{n}"):
                self.add_error(
                    f"what{n}", _("Give what it is, its measure and how many, or none of them.")
                )
        return data

    def registration(self) -> Registration:
        data = self.cleaned_data
        outputs = tuple(
            Promised(what=data[f"what{n}"], measure=data[f"measure{n}"], target=data[f"target{n}"])
            for n in range(1, MOST_OUTPUTS + 1)
            if data.get(f"what{n}")
        )
        names = (
            "name", "field", "sort", "situation", "goal", "content", "beneficiaries", "forces",
            "resources", "timeline", "replication", "person_name", "consents",
        )  # fmt: skip
        return Registration(outputs=outputs, **{name: data[name] for name in names})


class RegisterForm(ModelForm):
    """A registration with its year and its body before the ten fields."""

    cycle = YearField(label=_("Year"), queryset=None, empty_label=None)
    registrant = PlaceField(label=_("Who registers"), queryset=None, empty_label=CHOOSE)
    field_order = ("cycle", "registrant")

    def __init__(self, *args: Any, cycles: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"].queryset = cycles  # type: ignore[attr-defined]
        self.fields["registrant"].queryset = bodies  # type: ignore[attr-defined]


class FiguresForm(forms.Form):
    """What each output has reached."""

    def __init__(self, *args: Any, outputs: Sequence[Output], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for output in outputs:
            self.fields[f"o{output.pk}"] = forms.IntegerField(
                label=output.what, min_value=0, max_value=10**15 - 1, required=False,
                initial=output.achieved,
                help_text=_("promised: %(n)s %(measure)s")
                % {"n": output.target, "measure": output.measure},
            )  # fmt: skip

    def achieved(self) -> dict[int, int]:
        return {int(k[1:]): v for k, v in self.cleaned_data.items() if v is not None}


class PictureForm(forms.Form):
    """A photograph and its words; also for articles."""

    picture = forms.FileField(
        label=_("Photograph"), widget=forms.ClearableFileInput(attrs={"accept": "image/*"})
    )
    alt = CleanCharField(
        label=_("What it shows, for those who do not see it"), max_length=300,
        help_text=_("Say what is done, not who people are."),
    )  # fmt: skip


class ScoreForm(forms.Form):
    """Whole points for each criterion."""

    def __init__(self, *args: Any, scale: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in scale:
            self.fields[f"c{one.key}"] = forms.IntegerField(
                label=one.name, min_value=0, max_value=one.most,
                help_text=_("at most %(n)d points") % {"n": one.most},
            )  # fmt: skip

    def points(self) -> dict[str, int]:
        return {name[1:]: value for name, value in self.cleaned_data.items()}


class ConflictForm(forms.Form):
    ground = CleanCharField(
        label=_("Which interest it is"), max_length=300,
        help_text=_("For example: I am of the body whose model this is."),
    )  # fmt: skip
