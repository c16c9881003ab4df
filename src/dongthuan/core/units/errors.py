"""What goes wrong with units, said in one plain sentence."""

from __future__ import annotations


class UnitError(ValueError):
    """A unit cannot be found, made or changed as asked; nothing was changed."""
