from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dongthuan.core.outbox.delivery import message_deliver
from dongthuan.core.outbox.models import Message
from dongthuan.core.people.models import Account
from dongthuan.core.people.services import account_create
from tests.conftest import code_in

LOGIN = "/tai-khoan/login/"
CONFIRM = "/tai-khoan/login/code/confirm/"


@pytest.fixture
def phone(people: Any) -> Account:
    account = account_create(email="dan@vidu.vn", name="Người dân thử")
    account.phone, account.phone_verified = "0912345678", True
    account.save(update_fields=["phone", "phone_verified"])
    return account


@pytest.fixture
def sent(settings: Any, tmp_path: Path) -> Path:
    """A deployment with a program that sends text messages; this one writes them down."""
    program = tmp_path / "sms"
    program.write_text(f"#!/bin/sh\ncat >> {tmp_path}/sent\n")
    program.chmod(0o755)
    settings.SMS_COMMAND = [str(program)]
    settings.ACCOUNT_LOGIN_METHODS = {"email", "phone"}
    settings.ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"]
    return tmp_path / "sent"


@pytest.mark.parametrize("typed", ["0912345678", "+84 912 345 678", "0912.345.678"])
def test_a_code_goes_to_the_telephone_and_opens_the_door(
    phone: Account, sent: Path, browser: Client, typed: str
) -> None:
    asked = browser.post(LOGIN, {"login": typed, "password": ""})
    assert asked.status_code == 302, asked.context["form"].errors
    assert asked["Location"] == CONFIRM
    (message,) = Message.objects.all()
    assert (message.channel, message.recipient) == ("sms", "0912345678")
    message_deliver(message_id=message.pk)
    said = json.loads(sent.read_text())
    assert said["to"] == "0912345678"
    answer = browser.post(CONFIRM, {"code": code_in(said["text"])})
    assert answer["Location"] == "/toi/"
    assert browser.get("/toi/").status_code == 200


def test_the_e_mail_address_still_works(phone: Account, sent: Path, browser: Client) -> None:
    browser.post(LOGIN, {"login": "dan@vidu.vn", "password": ""})
    assert Message.objects.get().channel == "email"


def test_a_number_that_nobody_confirmed_opens_nothing(
    phone: Account, sent: Path, browser: Client
) -> None:
    """Otherwise a number that somebody typed for somebody else would be a key."""
    Account.objects.filter(pk=phone.pk).update(phone_verified=False)
    asked = browser.post(LOGIN, {"login": "0912345678", "password": ""})
    assert asked["Location"] == CONFIRM
    assert not Message.objects.exclude(body__contains="0912345678").filter(body__regex=r"\d{6}")
    browser.post(CONFIRM, {"code": "123456"})
    assert browser.get("/toi/").status_code == 302


def test_what_is_no_number_is_refused_with_one_sentence(
    phone: Account, sent: Path, browser: Client
) -> None:
    answer = browser.post(LOGIN, {"login": "0912", "password": ""})
    assert answer.status_code == 200
    assert sum(len(errors) for errors in answer.context["form"].errors.values()) == 1
    assert not Message.objects.exists()


def test_without_a_program_no_telephone_is_offered(browser: Client, people: Any) -> None:
    answer = browser.post(LOGIN, {"login": "0912345678", "password": ""})
    assert answer.status_code == 200
    assert not Message.objects.exists()


def test_the_setting_of_the_deployment_switches_it_on(tmp_path: Path) -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "from django.conf import settings as s;"
            "print(sorted(s.ACCOUNT_LOGIN_METHODS), s.SMS_COMMAND)",
        ],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "dongthuan.settings",
            "DONGTHUAN_SMS_COMMAND": "/usr/local/bin/sms",
            "DONGTHUAN_HOME": str(tmp_path),
            "DATABASE_URL": "postgres://nobody@/none",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "['email', 'phone'] ['/usr/local/bin/sms']"
