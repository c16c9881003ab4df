"""Words for what is done with denunciations and their vault, and for the facts that it leaves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

ACTS = {
    "denunciation.received": gettext_lazy("received"),
    "denunciation.classify": gettext_lazy("found to be a denunciation; taken into the vault"),
    "denunciation.split": gettext_lazy("split; taken into the vault"),
    "denunciation.risen": gettext_lazy("taken to the authority above"),
    "denunciation.taken_over": gettext_lazy("taken over by the authority above"),
    "denunciation.demanded": gettext_lazy("the authority above demands a report"),
    "vault.opened": gettext_lazy("vault opened"),
    "vault.refused": gettext_lazy("vault not opened: wrong passphrase"),
    "vault.file": gettext_lazy("file taken out of the vault"),
    "vault.filed": gettext_lazy("files put into the vault"),
    "vault.message": gettext_lazy("message to the denouncer"),
    "vault.granted": gettext_lazy("vault opened to more officials"),
    "vault.revoked": gettext_lazy("vault closed to officials"),
    "vault.rotated": gettext_lazy("vault locked anew with new keys"),
    "vault.recovered": gettext_lazy("vault opened with the recovery key"),
    "denouncer.reply": gettext_lazy("the denouncer wrote"),
    "denouncer.withdrawal": gettext_lazy("the denouncer withdrew"),
    "denouncer.protection": gettext_lazy("the denouncer asks for protection"),
}

FACTS = {
    "accounts": gettext_lazy("officials"),
    "sealed": gettext_lazy("number in the vault"),
}
