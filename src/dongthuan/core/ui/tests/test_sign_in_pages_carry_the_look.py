from __future__ import annotations

import pytest
from django.template.loader import get_template


@pytest.mark.parametrize(
    "name",
    [
        "allauth/layouts/base.html",
        "allauth/elements/button.html",
        "allauth/elements/fields.html",
        "mfa/webauthn/authenticator_list.html",
    ],
)
def test_our_template_stands_before_that_of_the_library(name: str) -> None:
    assert "core/ui/templates" in get_template(name).origin.name
