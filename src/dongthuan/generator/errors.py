"""What the generator refuses."""

from __future__ import annotations


class GeneratorError(ValueError):
    """The volume asked for cannot be made; the message is one plain sentence."""
