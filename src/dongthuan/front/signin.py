"""Sign-in through allauth: codes leave by the outbox, by e-mail or telephone; failures are counted
by axes, second factors kept encrypted."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.views import ActivateTOTPView
from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from dongthuan.core.outbox.services import message_enqueue
from dongthuan.core.people.models import Account
from dongthuan.core.people.services import PersonError, phone_normalise, seal, unseal
from dongthuan.core.people.throttle import client_address


@dataclass(frozen=True)
class Site:
    """What letters call us, instead of the host that a request happened to name."""

    name: str
    domain: str


class LoginForm(AllauthLoginForm):
    """One form for both: an official types a password, a citizen leaves it empty for a code."""

    def _setup_password_field(self) -> None:
        password = self.fields["password"]
        password.required = False
        password.help_text = _("Leave it empty and a code is sent to your address.")

    def clean_login(self) -> str:
        """Numbers are kept in one form, so that is how they are looked for."""
        login = str(super().clean_login())
        by_phone = "phone" in settings.ACCOUNT_LOGIN_METHODS and "@" not in login
        return AccountAdapter().clean_phone(login) if by_phone else login


class AccountAdapter(DefaultAccountAdapter):
    """Nothing is sent while a page waits: the message is queued with the data it speaks of."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        site = Site("Đồng Thuận", settings.PUBLIC_URL)
        said = {"request": self.request, **context, "email": email, "current_site": site}
        message = self.render_mail(template_prefix, email, said)
        message_enqueue(
            channel="email",
            recipient=email,
            subject=str(message.subject),
            body=str(message.body),
            key=f"signin/{secrets.token_hex(12)}",
        )

    def send_verification_code_sms(
        self, user: AbstractBaseUser, phone: str, code: str, **kwargs: Any
    ) -> None:
        message_enqueue(
            channel="sms",
            recipient=phone,
            subject="",
            body=_("Your sign-in code for Đồng Thuận: %(code)s") % {"code": code},
            key=f"signin/{secrets.token_hex(12)}",
        )

    def clean_phone(self, phone: str) -> str:
        try:
            return phone_normalise(phone)
        except PersonError as error:
            raise forms.ValidationError(str(error)) from None

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        return forms.CharField(max_length=20, **kwargs)

    def set_phone(self, user: AbstractBaseUser, phone: str, verified: bool) -> None:
        Account.objects.filter(pk=user.pk).update(phone=phone, phone_verified=verified)

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        row = Account.objects.filter(pk=user.pk).values_list("phone", "phone_verified").first()
        return row if row and row[0] else None

    def set_phone_verified(self, user: AbstractBaseUser, phone: str) -> None:
        Account.objects.filter(pk=user.pk, phone=phone).update(phone_verified=True)

    def get_user_by_phone(self, phone: str) -> Account | None:
        return Account.objects.filter(phone=phone, phone_verified=True).order_by("pk").first()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Officials to their desk, citizens to their submissions."""
        from dongthuan.core.people.actors import actor_for

        official = isinstance(request.user, Account) and actor_for(request.user).is_official
        return "/ban-lam-viec/" if official else "/toi/"

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)


class MfaAdapter(DefaultMFAAdapter):
    """The secrets of second factors are of no use to whoever gets only the database."""

    def encrypt(self, text: str) -> str:
        return seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text.encode())


class ActivateTOTP(ActivateTOTPView):
    """The first code already proves the new factor; nobody is asked for a second one at once."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        return response


def user_display(user: Account) -> str:
    """How letters and pages call the owner of an account."""
    return user.name or user.email


def attempted_account(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """By what axes counts failures: the account that somebody tries to open, unreadable."""
    given = credentials or {}
    posted = request.POST.get("login", "") if request is not None else ""
    name = str(given.get("email") or given.get("phone") or posted).strip().lower()
    return salted_hmac("attempted-account", name, algorithm="sha256").hexdigest()
