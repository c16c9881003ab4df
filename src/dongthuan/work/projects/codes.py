"""Codes that a dossier chooses from; those of OC4IDS 0.9.5 keep the standard's own names."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkType(models.TextChoices):
    """OC4IDS projectType: what is done."""

    CONSTRUCTION = "construction", _("new construction")
    MAINTENANCE = "maintenance", _("maintenance")
    REHABILITATION = "rehabilitation", _("repair and upgrading")
    EXPANSION = "expansion", _("enlargement")
    REPLACEMENT = "replacement", _("replacement")


class Sector(models.TextChoices):
    """OC4IDS projectSector, as far as a commune builds."""

    ROAD = "transport.road", _("roads")
    TRANSPORT = "transport", _("other transport")
    WATER = "waterAndWaste", _("water and waste")
    ENERGY = "energy", _("electricity and lighting")
    EDUCATION = "education", _("schools")
    HEALTH = "health", _("health stations")
    ECONOMY = "economy", _("markets and economy")
    CULTURE = "cultureSportsAndRecreation", _("culture and sports")
    HOUSING = "socialHousing", _("housing")
    GOVERNANCE = "governance", _("public offices")


class Source(models.TextChoices):
    """Where the money comes from."""

    STATE = "state", _("state budget")
    PEOPLE = "people", _("contributions of the people")
    SPONSOR = "sponsor", _("sponsors")
    OTHER = "other", _("other sources")


class LinkRole(models.TextChoices):
    """What another matter is to the project."""

    DECISION = "decision", _("decision of the people that carries it")
    CONSULTATION = "consultation", _("consultation on it")
    SUPERVISION = "supervision", _("supervision of it")
    DISCLOSURE = "disclosure", _("disclosure of it")
    OTHER = "other", _("belongs to it")


class DocumentType(models.TextChoices):
    """OC4IDS documentType, as far as a commune has such papers."""

    PLAN = "projectPlan", _("plan of the project")
    NEEDS = "needsAssessment", _("assessment of need")
    FEASIBILITY = "feasibilityStudy", _("feasibility study or technical report")
    DESIGN = "technicalSpecifications", _("design")
    ENVIRONMENT = "environmentalImpact", _("environmental impact")
    RESETTLEMENT = "landAndSettlementImpact", _("land and resettlement")
    BUDGET = "budgetApproval", _("approval of the budget")
    CONTRACT = "contractSigned", _("contract")
    PROGRESS = "physicalProgressReport", _("progress report")
    PAYMENT = "financialProgressReport", _("financial report")
    HANDOVER = "completionCertificate", _("acceptance and handover")
    SETTLEMENT = "finalAudit", _("settlement of the capital")
    OTHER = "projectEvaluation", _("evaluation and other")
