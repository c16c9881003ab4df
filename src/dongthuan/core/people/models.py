"""Who acts and who asks: accounts, citizens, appointments to positions, API tokens."""

from __future__ import annotations

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from dongthuan.core.units.models import Position, Unit


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser):
    """A person who can sign in. Rights come from appointments, never from the account itself."""

    email = models.EmailField(unique=True)
    phone = models.CharField(max_length=20, blank=True)
    phone_verified = models.BooleanField(default=False)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


class Citizen(models.Model):
    """Someone who turned to an authority, with or without an account.

    Holds what the law asks a petition to carry (name, address) and the ways to answer. The ID
    number is stored encrypted and only where an article asks for it (citizen reception).
    """

    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=800, blank=True, db_collation="C")
    address = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    id_number = models.BinaryField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["phone"], condition=~models.Q(phone=""), name="citizen_phone"),
        ]

    def __str__(self) -> str:
        return f"citizen {self.pk}"


@pghistory.track()
class Appointment(models.Model):
    """A person holds a position for a term, in their own right or acting for another."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="appointments")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="appointments")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    acting = models.BooleanField(default=False)
    document = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="appointment_term_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} @ {self.position_id}"


class ApiToken(models.Model):
    """A secret by which an official's program acts with that official's rights."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    label = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.label


class Bucket(models.Model):
    """How many more attempts a source has; see `throttle`. The key is a hash, never an address."""

    key = models.CharField(max_length=64, unique=True)
    tokens = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="bucket_at")]

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.tokens:.1f}"


class Household(models.Model):
    """A household of a village (hộ gia đình) with whoever speaks for it: one voice in a vote.

    `number` is its number in the village's own list. It ends with `valid_to`, and is never removed:
    rolls and receipts of the past stay readable. Says nothing about the household but where it is
    and who represents it.
    """

    village = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="households")
    number = models.CharField(max_length=20)
    representative = models.CharField(max_length=120)
    name_key = models.CharField(max_length=800, blank=True, db_collation="C")
    address = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["village_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "number"],
                condition=models.Q(valid_to=None),
                name="household_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="household_term_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"household {self.pk}"
