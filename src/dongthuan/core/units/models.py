"""Territories, organs and villages as a tree through time, and the positions in the organs.

Nothing is deleted when the map changes: a unit gets its last day in force, its successors are
linked, and a change of name or type is a dated name. Reports can thus be drawn as it was and as
it is.
"""

from __future__ import annotations

import datetime as dt

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    NATION = "nation", _("Nation")
    PROVINCE = "province", _("Province")
    CITY = "city", _("Centrally-run city")
    DISTRICT = "district", _("District")
    TOWN = "town", _("District-level town")
    COMMUNE = "commune", _("Commune")
    WARD = "ward", _("Ward")
    SPECIAL_ZONE = "special_zone", _("Special zone")
    VILLAGE = "village", _("Village")
    GROUP = "group", _("Residential group")
    PEOPLE_COMMITTEE = "people_committee", _("People's committee")
    PEOPLE_COUNCIL = "people_council", _("People's council")
    PARTY_COMMITTEE = "party_committee", _("Party committee")
    MASS_MOBILISATION = "mass_mobilisation", _("Mass-mobilisation body")
    FRONT = "front", _("Fatherland Front")
    WOMEN = "women", _("Women's Union")
    YOUTH = "youth", _("Youth Union")
    FARMERS = "farmers", _("Farmers' Association")
    VETERANS = "veterans", _("Veterans' Association")
    TRADE_UNION = "trade_union", _("Trade union")
    DEPARTMENT = "department", _("Department")
    INSPECTORATE = "inspectorate", _("Inspectorate")
    BOARD = "board", _("Board")


class Tier(models.TextChoices):
    NATION = "nation", _("National level")
    PROVINCE = "province", _("Provincial level")
    DISTRICT = "district", _("District level")
    COMMUNE = "commune", _("Commune level")
    VILLAGE = "village", _("Village level")
    ORGAN = "organ", _("Organ")


_TIERS = {
    Kind.NATION: Tier.NATION,
    Kind.PROVINCE: Tier.PROVINCE,
    Kind.CITY: Tier.PROVINCE,
    Kind.DISTRICT: Tier.DISTRICT,
    Kind.TOWN: Tier.DISTRICT,
    Kind.COMMUNE: Tier.COMMUNE,
    Kind.WARD: Tier.COMMUNE,
    Kind.SPECIAL_ZONE: Tier.COMMUNE,
    Kind.VILLAGE: Tier.VILLAGE,
    Kind.GROUP: Tier.VILLAGE,
}


def tier_of(kind: str) -> Tier:
    """The level of a kind; whatever is not a territory is an organ."""
    return _TIERS.get(Kind(kind), Tier.ORGAN)


class Evidence(models.TextChoices):
    """How far a date or a link can be trusted."""

    DOCUMENT = "document", _("read in the document itself")
    CATALOGUE = "catalogue", _("from the catalogue of the statistics office")
    REPORTED = "reported", _("reported by others, not read in the document")
    UNVERIFIED = "unverified", _("not verified")
    ILLUSTRATION = "illustration", _("illustration only")


class Role(models.TextChoices):
    INTAKE = "intake", _("Intake officer")
    HANDLER = "handler", _("Handler")
    HEAD = "head", _("Head")
    MASS_MOBILISATION = "mass_mobilisation", _("Mass-mobilisation officer")
    FRONT = "front", _("Front officer")
    PARTNER_HEAD = "partner_head", _("Head of a partner body")
    PARTY = "party", _("Party committee officer")
    COUNCIL = "council", _("Officer of the People's Council")
    INSPECTOR = "inspector", _("Inspector")
    VILLAGE_HEAD = "village_head", _("Village head")
    VILLAGE_FRONT = "village_front", _("Head of the village Front committee")
    BOARD = "board", _("Member of a supervision board")
    ADMIN = "admin", _("System administrator")


def in_force(on: dt.date, prefix: str = "") -> Q:
    """What is in force on a day; both ends belong to the term."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


def _term_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=name
    )


class UnitQuerySet(models.QuerySet["Unit"]):
    def in_force(self, on: dt.date) -> UnitQuerySet:
        return self.filter(in_force(on))

    def within(self, unit: Unit) -> UnitQuerySet:
        """The unit and all below it: one prefix test on an index."""
        return self.filter(path__startswith=unit.path)


@pghistory.track(exclude=["sort_key", "folded"])
class Unit(models.Model):
    """A territory, an organ or a village, with its place in the tree and its term.

    `path` ends with a dot ('vn.51.21439.ubnd.'), so that a prefix never matches half a code.
    `valid_to` is the last day in force. `name` and `kind` are those of today or of the last day;
    earlier ones are in `UnitName`. `folded` is what a search reads (`services.search_text`).
    """

    code = models.SlugField(max_length=60, unique=True)
    official_code = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    tier = models.CharField(max_length=10, choices=Tier)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    sort_key = models.CharField(max_length=1500, db_collation="C", editable=False)
    folded = models.CharField(max_length=330, db_collation="C", editable=False)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=200, db_collation="C")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    evidence = models.CharField(max_length=12, choices=Evidence, default=Evidence.DOCUMENT)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=300, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "code"]
        indexes = [
            models.Index(fields=["tier", "sort_key"], name="unit_tier_sort"),
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="unit_folded_trigram"),
        ]
        constraints = [
            # Not `unique=True`: that would add a second, useless index for LIKE; in the collation
            # "C" the unique index itself answers a prefix test.
            models.UniqueConstraint(fields=["path"], name="unit_path_once"),
            _term_in_order("unit_term_in_order"),
            models.CheckConstraint(condition=Q(path__endswith="."), name="unit_path_ends_with_dot"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the language of the reader."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def subtree(self) -> UnitQuerySet:
        """This unit and all below it, of all times."""
        return Unit.objects.within(self)

    def contains(self, other: Unit) -> bool:
        """Whether `other` is this unit or lies below it."""
        return other.path.startswith(self.path)

    def in_force_on(self, on: dt.date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class UnitName(models.Model):
    """The name and kind of a unit during a term; only units that changed have such rows."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    evidence = models.CharField(max_length=12, choices=Evidence, default=Evidence.DOCUMENT)

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            _term_in_order("unit_name_term_in_order"),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_name_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """`successor` takes over from `predecessor` on a day, wholly or for a share of it."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="succeeded_by")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="succeeds")
    on = models.DateField()
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    document = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    evidence = models.CharField(max_length=12, choices=Evidence, default=Evidence.DOCUMENT)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_of_another"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1),
                name="succession_share_0_to_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id}"


@pghistory.track()
class Position(models.Model):
    """A seat in an organ; rights belong to the seat and pass to whoever is appointed to it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    role = models.CharField(max_length=20, choices=Role)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    code = models.SlugField(max_length=80, unique=True)
    receives_sealed = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [_term_in_order("position_term_in_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """The title in the language of the reader."""
        return self.title_en if self.title_en and get_language() == "en" else self.title


class Population(models.Model):
    """How many people live in a village, by age band and sex, on a day: numbers, never persons.

    `band` is 'from-to' in full years ('18-29', '60-'); `sex` 'm' or 'f'. It is what those who took
    part in a consultation are set beside.
    """

    village = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="population")
    on = models.DateField()
    band = models.CharField(max_length=10)
    sex = models.CharField(max_length=1, choices=[("m", _("male")), ("f", _("female"))])
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "population"
        constraints = [
            models.UniqueConstraint(
                fields=["village", "on", "band", "sex"], name="population_cell_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.on} {self.band}{self.sex}: {self.people}"
