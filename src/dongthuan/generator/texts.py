"""Invented petitions: a small grammar of Vietnamese sentences. Dữ liệu minh họa, no real person.

A text is four to nine sentences chosen by topic and kind; with numbers, months and places filled
in, two texts are rarely alike, and near-copies are made on purpose (`nearly`).
"""

from __future__ import annotations

from random import Random

from dongthuan.core.text import fold
from dongthuan.generator.names import GIVEN, MIDDLES, SURNAMES, VILLAGES
from dongthuan.generator.sentences import ANSWERS, BEFORE, CLOSINGS, COMPLAINED, OPENINGS, SINCE
from dongthuan.generator.topics import SHORT, TOPICS


def first_lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


class Writer:
    """Composes names, places, texts, titles and answers from one source of chance."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def name(self) -> str:
        choice = self.rng.choice
        sex = "f" if self.rng.random() < 0.45 else "m"
        return f"{choice(SURNAMES)} {choice(MIDDLES[sex])} {choice(GIVEN[sex])}"

    def village(self) -> str:
        if self.rng.random() < 0.25:
            return f"tổ dân phố {int(self.rng.random() * 12) + 1}"
        return f"thôn {self.rng.choice(VILLAGES)}"

    def text(self, *, kind: str, topic: str, area: str, place: str, name: str, year: int) -> str:
        rng = self.rng
        choice, chance = rng.choice, rng.random
        parts = TOPICS[topic]
        sentences = [choice(OPENINGS)]
        if kind == "complaint":
            sentences.append(choice(COMPLAINED))
        first, second = rng.sample(parts["what"], 2)
        detail, further = rng.sample(parts["more"], 2)
        sentences += (f"{first}.", detail)
        if chance() < 0.75:
            sentences.append(choice(SINCE))
        if chance() < 0.5:
            sentences.append(further)
        if chance() < 0.7:
            sentences.append(choice(parts["harm"]))
        if chance() < 0.3:
            sentences.append(f"Ngoài ra, {first_lower(second)}.")
        if chance() < 0.6:
            sentences.append(choice(BEFORE))
        sentences += (choice(parts["ask"]), choice(CLOSINGS))
        return self._filled(sentences, area=area, place=place, name=name, year=year)

    def answer(self, *, area: str, year: int) -> str:
        return self._filled(
            self.rng.sample(ANSWERS, 2 + int(self.rng.random() * 3)),
            area=area, place="", name="", year=year,
        )  # fmt: skip

    def title(self, *, topic: str, place: str) -> str:
        return f"{self.rng.choice(SHORT[topic])} tại {place}"

    def public(self, *, topic: str, area: str, year: int) -> str:
        """What an official makes of a text for the public: no name, no number of anybody."""
        parts, choice = TOPICS[topic], self.rng.choice
        return self._filled(
            (choice(parts["what"]) + ".", choice(parts["harm"]), choice(parts["ask"])),
            area=area, place="khu dân cư", name="", year=year,
        )  # fmt: skip

    def nearly(self, text: str) -> str:
        """A near-copy, as people send them: a sentence more, less or moved, or without marks."""
        rng = self.rng
        sentences = text.split(". ")
        dice = rng.random()
        if dice < 0.15:
            return fold(text)
        if dice < 0.5 and len(sentences) > 4:
            del sentences[1 + int(rng.random() * (len(sentences) - 2))]
        elif dice < 0.75:
            sentences.insert(-1, rng.choice(BEFORE).partition("{")[0].rstrip(". ") or "Xin cảm ơn")
        else:
            sentences[1:3] = sentences[1:3][::-1]
        return ". ".join(sentences)

    def _filled(
        self, sentences: tuple[str, ...] | list[str], *, area: str, place: str, name: str, year: int
    ) -> str:
        chance = self.rng.random
        text = " ".join(sentence for sentence in sentences if sentence)
        return text.format(
            area=area, place=place, name=name,
            n=int(chance() * 340) + 11, m=int(chance() * 22) + 2,
            years=int(chance() * 30) + 4, months=int(chance() * 14) + 2,
            weeks=int(chance() * 7) + 2, times=int(chance() * 4) + 2,
            day=int(chance() * 28) + 1, month=int(chance() * 12) + 1,
            year=year - int(chance() * 3), quarter=int(chance() * 4) + 1,
        ).strip()  # fmt: skip
