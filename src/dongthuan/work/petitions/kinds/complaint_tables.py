"""The law's lists for complaints: grounds, criteria, forms. Each names its article."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LAW = "Luật Khiếu nại 2011"
# The amendment is in force since 1 July 2026: said, for a step may have been taken before.
D124 = "Nghị định 124/2020/NĐ-CP (từ 01/7/2026 sửa đổi bởi Nghị định 155/2026/NĐ-CP)"
ART_11A = "Điều 11a Luật Khiếu nại (Luật 136/2025/QH15)"

# Điều 11 Luật Khiếu nại 2011: these nine and no other.
REFUSAL_GROUNDS = (
    ("internal", _("1. internal, directing or normative act, or state secret (Art. 11.1)")),
    ("no_interest", _("2. does not touch the complainant's own rights (Art. 11.2)")),
    ("no_capacity", _("3. no full capacity and no lawful representative (Art. 11.3)")),
    ("representative", _("4. the representative is not lawful (Art. 11.4)")),
    ("unsigned", _("5. no signature or fingerprint (Art. 11.5)")),
    ("time_barred", _("6. the time limit has passed without good reason (Art. 11.6)")),
    ("second_decided", _("7. a second decision has been issued (Art. 11.7)")),
    ("not_continued", _("8. not continued within 30 days after termination (Art. 11.8)")),
    ("court", _("9. accepted or decided by a court (Art. 11.9)")),
)

# Khoản 1 Điều 3a Nghị định 124/2020/NĐ-CP, bổ sung bởi Điều 2 Nghị định 155/2026/NĐ-CP.
CRITERIA = (
    ("places", _("a) one content to be verified in two or more places")),
    ("contents", _("b) two or more contents to be verified")),
    ("people", _("c) several complainants, or rights of many people touched")),
    ("abroad", _("d) complainant abroad or foreign, or facts or checks abroad")),
    ("bodies", _("đ) within the responsibility of several bodies")),
    ("opinions", _("e) the bodies concerned still differ in opinion")),
    ("evidence", _("g) conflicting evidence that needs time or expert opinion")),
)

# Điểm a, b khoản 1 Điều 11a Luật Khiếu nại.
SUSPENSION_GROUNDS = (
    ("force_majeure", _("force majeure (Art. 11a.1.a)")),
    ("obstacle", _("objective obstacle (Art. 11a.1.a)")),
    ("related_decision", _("waiting for the result of a related matter (Art. 11a.1.b)")),
)

# Khoản 3 Điều 28a Nghị định 124/2020/NĐ-CP: "including but not limited to".
CAUSES = (
    ("disaster", _("a) natural disaster, epidemic, war, enemy action")),
    ("absence", _("b) accident, illness, duty or study far away")),
    ("seized", _("c) the file is held or sealed by a competent body")),
    ("other", _("another cause, shown by evidence")),
)

# Khoản 2 Điều 11a Luật Khiếu nại; điểm b exists since 1 July 2026.
TERMINATION_GROUNDS = (
    ("withdrawn", _("the complaint was withdrawn in full (Art. 10, Art. 11a.2.a)")),
    ("no_successor", _("the complainant died or ended without successor (Art. 11a.2.b)")),
)

RECIPIENTS = (
    ("complainant", _("the complainant")),
    ("representative", _("the representative of the complainant")),
    ("respondent", _("the person or body complained of")),
    ("concerned", _("people with rights and duties in the matter")),
    ("superior", _("the direct superior")),
    ("first", _("who settled the first complaint")),
    ("forwarder", _("the body that forwarded the complaint")),
    ("inspectorate", _("the state inspectorate of the same level")),
    ("bodies", _("bodies and organisations concerned")),
)

# Điều 31.2.h, Điều 40.2.h, Điều 54.1.h Luật Khiếu nại 2011.
MEASURES = (
    ("keep", _("keep the decision or act complained of")),
    ("amend", _("amend or supplement it")),
    ("annul_part", _("annul it in part")),
    ("annul", _("annul it whole")),
    ("end", _("end the act complained of")),
)

# Khoản 2 Điều 41 Luật Khiếu nại 2011.
PUBLICATION_FORMS = (
    ("meeting", _("announced at a meeting where the respondent works")),
    ("posting", _("posted at the office or the place of reception")),
    ("media", _("through the mass media or the web page")),
)

PRESENCE = (
    ("present", _("the complainant took part")),
    ("absent_excused", _("absent with good reason (Art. 28a)")),
    ("absent_unexcused", _("invited and absent without good reason (Art. 30.6)")),
)
