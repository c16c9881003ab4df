"""Sign-in through allauth: codes leave by the outbox, by e-mail or telephone."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dongthuan.core.outbox.services import message_enqueue
from dongthuan.core.people.models import Account
from dongthuan.core.people.services import PersonError, phone_normalise


class LoginForm(AllauthLoginForm):
    """One form for both: an official types a password, a citizen leaves it empty for a code."""

    def _setup_password_field(self) -> None:
        password = self.fields["password"]
        password.required = False
        password.help_text = _("Leave it empty and a code is sent to your address.")


class AccountAdapter(DefaultAccountAdapter):
    """Nothing is sent while a page waits: the message is queued with the data it speaks of."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context | {"email": email})
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
