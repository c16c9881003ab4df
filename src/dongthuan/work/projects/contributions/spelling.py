"""Amounts in Vietnamese words, as receipts and vouchers write them below the figure."""

from __future__ import annotations

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ")


def amount_in_words(amount: int) -> str:
    """'Năm trăm nghìn đồng' for 500000; from 0 to below 10^18."""
    if amount == 0:
        return "Không đồng"
    groups = []
    rest = amount
    while rest:
        rest, group = divmod(rest, 1000)
        groups.append(group)
    words = []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            first = place == len(groups) - 1
            words += [_three(groups[place], padded=not first), SCALES[place]]
    text = " ".join(word for word in words if word)
    return f"{text[0].upper()}{text[1:]} đồng"


def _three(group: int, *, padded: bool) -> str:
    """A group of three digits; `padded` says its zeros, as behind a larger group."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = []
    if hundreds or padded:
        words += [DIGITS[hundreds], "trăm"]
    if tens == 0 and ones and words:
        words += ["linh", DIGITS[ones]]
    elif tens == 0 and ones:
        words.append(DIGITS[ones])
    elif tens:
        words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
        if ones == 1 and tens > 1:
            words.append("mốt")
        elif ones == 5:
            words.append("lăm")
        elif ones:
            words.append(DIGITS[ones])
    return " ".join(words)
