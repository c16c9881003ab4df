"""The vault (kho kín): who denounces, what they wrote and sent, sealed for the designated people.

The one interface of the room and of the doors; see docs/adr/0009 for what it withstands.
"""

from dongthuan.work.denunciations.vault.handles import OpenedFile, file_handle, vault_file_open
from dongthuan.work.denunciations.vault.keys import (
    has_key,
    keyed,
    passphrase_check,
    vault_key_change_passphrase,
    vault_key_create,
    vault_key_replace,
    vault_key_rotate,
)
from dongthuan.work.denunciations.vault.matters import (
    blob_read,
    holders_of,
    recovery_key_new,
    vault_file_add,
    vault_file_seal,
    vault_files_file,
    vault_grant,
    vault_message,
    vault_open_matter,
    vault_read,
    vault_recover,
    vault_revoke,
    vault_rotate_matter,
    vault_seal,
)
from dongthuan.work.denunciations.vault.names import names_in
from dongthuan.work.denunciations.vault.receipts import (
    form_digits,
    form_token,
    receipt_matter,
    secret_plausible,
    thread_handle,
    vault_reply,
    vault_thread,
    vault_thread_again,
)
from dongthuan.work.denunciations.vault.register import (
    Openings,
    grantable,
    may_oversee,
    openings_list,
)
from dongthuan.work.denunciations.vault.shapes import Receipt16, Thread, VaultItem, VaultView

__all__ = [
    "OpenedFile",
    "Openings",
    "Receipt16",
    "Thread",
    "VaultItem",
    "VaultView",
    "blob_read",
    "file_handle",
    "form_digits",
    "form_token",
    "grantable",
    "has_key",
    "holders_of",
    "keyed",
    "may_oversee",
    "names_in",
    "openings_list",
    "passphrase_check",
    "receipt_matter",
    "recovery_key_new",
    "secret_plausible",
    "thread_handle",
    "vault_file_add",
    "vault_file_open",
    "vault_file_seal",
    "vault_files_file",
    "vault_grant",
    "vault_key_change_passphrase",
    "vault_key_create",
    "vault_key_replace",
    "vault_key_rotate",
    "vault_message",
    "vault_open_matter",
    "vault_read",
    "vault_recover",
    "vault_reply",
    "vault_revoke",
    "vault_rotate_matter",
    "vault_seal",
    "vault_thread",
    "vault_thread_again",
]
