"""A form made from a step's declaration: the desk shows it, the API feeds it; one check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.kinds import Ask, Step
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import truth
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Account, Appointment
from dongthuan.core.text import clean
from dongthuan.core.units.models import Role, Tier, Unit
from dongthuan.core.units.selectors import UnitError, unit_get

# Who works on matters at all.
WORKING = (Role.HANDLER, Role.HEAD, Role.INTAKE)


class CleanCharField(forms.CharField):
    """Text as it is stored: composed, without control characters."""

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class UnitField(CleanCharField):
    """A unit by its code, or by its whole name within the province of `path`."""

    def __init__(self, *, path: str, **kwargs: Any) -> None:
        attrs = {"list": "receivers", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)
        self.path = path

    def clean(self, value: Any) -> Unit | None:
        said = super().clean(value)
        if not said:
            return None
        named = list(receivers_of(self.path).filter(name__iexact=said)[:2])
        if len(named) == 1:
            return named[0]
        try:
            return unit_get(code=said)
        except UnitError as error:
            raise forms.ValidationError(
                _("Several units have this name; write the code.") if named else str(error)
            ) from None


def receivers_of(path: str) -> QuerySet[Unit]:
    """Units to which a matter may go: the communes of its province and the province itself."""
    province = ".".join(path.split(".")[:2]) + "."
    return Unit.objects.filter(
        path__startswith=province, tier__in=[Tier.COMMUNE, Tier.PROVINCE], valid_to=None
    ).order_by("tier", "sort_key")


class OfficialField(forms.ModelChoiceField):
    """Somebody who holds a working position in the unit of the matter today."""

    def label_from_instance(self, obj: Account) -> str:
        return obj.name or obj.email


def officials_of(matter: Matter, roles: Sequence[str] = WORKING) -> QuerySet[Account]:
    """Accounts that can be given the matter: handlers, intake and heads of its unit and above.

    `roles`: which of these positions they must hold.
    """
    if matter.is_sealed:
        return Account.objects.filter(pk__in=matter.designated)
    paths = [matter.path]
    while paths[-1].count(".") > 2:
        paths.append(paths[-1].rstrip(".").rsplit(".", 1)[0] + ".")
    return _workers(Q(position__unit__path__in=paths), roles).exclude(pk__in=matter.walled_accounts)


def colleagues_of(actor: Actor) -> QuerySet[Account]:
    """Accounts to whom the actor's own units can give matters."""
    within = Q(pk__in=[])
    for scope in actor.scopes_of(Role.HEAD, Role.INTAKE):
        within |= Q(position__unit__path__startswith=scope.unit_path)
    return _workers(within)


def _workers(where: Q, roles: Sequence[str] = WORKING) -> QuerySet[Account]:
    today = clock.today()
    held = Appointment.objects.filter(
        where,
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        valid_from__lte=today,
        position__role__in=roles,
    )
    return Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("name")


class StepForm(forms.Form):
    """The asks of a step as fields. `version` guards against acting on an older state."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, step: Step, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        for ask in step.asks:
            if ask.type != "paper" and (not ask.when or truth(matter, ask.when)):
                self.fields[ask.name] = _field(ask, matter)

    def is_multipart(self) -> bool:
        """A step that takes papers: they are chosen beside the fields."""
        return any(ask.type == "paper" for ask in self.step.asks)

    def answers(self) -> dict[str, Any]:
        """The typed answers without the empty ones."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "version" and value not in (None, "", [])
        }


def _field(ask: Ask, matter: Matter) -> forms.Field:
    common: dict[str, Any] = {
        "label": ask.label,
        "required": ask.required,
        "help_text": ask.help,
    }
    match ask.type:
        case "text":
            return CleanCharField(max_length=ask.max_length, **common)
        case "lines":
            area = forms.Textarea(attrs={"rows": 5})
            return CleanCharField(max_length=ask.max_length, widget=area, **common)
        case "choice":
            return forms.ChoiceField(choices=[("", _("— choose —")), *ask.choices], **common)
        case "choices":
            return forms.MultipleChoiceField(
                choices=ask.choices, widget=forms.CheckboxSelectMultiple, **common
            )
        case "bool":
            return forms.BooleanField(**{**common, "required": False})
        case "secret":
            return forms.CharField(
                max_length=200,
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
                **common,
            )
        case "date" | "future":
            return forms.DateField(
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common
            )
        case "number":
            return forms.IntegerField(min_value=0, max_value=10**9, **common)
        case "money":
            return forms.IntegerField(min_value=0, max_value=10**15, **common)
        case "area":
            return forms.DecimalField(min_value=0, max_digits=14, decimal_places=2, **common)
        case "unit":
            return UnitField(path=matter.path, max_length=200, **common)
        case "official":
            return OfficialField(
                queryset=officials_of(matter, ask.roles or WORKING),
                empty_label=_("— choose —"),
                **common,
            )
    raise ValueError(f"unknown type of ask: {ask.type}")
