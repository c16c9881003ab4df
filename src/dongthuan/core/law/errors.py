"""What the law room refuses, in one plain sentence each."""

from __future__ import annotations


class RuleError(ValueError):
    """A question the rulebook or the clock refuses: Vietnamese `vi`, English `en`."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi = vi
        self.en = en

    def __reduce__(self) -> tuple[type[RuleError], tuple[str, str]]:
        # A worker process must be able to hand the error back.
        return type(self), (self.vi, self.en)


class RulebookError(RuleError):
    """A data file that must not be used; the sentence names the file and the key."""
