"""Lists of the law as data: conditions, criteria, grounds, measures, figures; with articles.

Luật Tố cáo số 25/2018/QH14; Nghị định 31/2019/NĐ-CP; Nghị định 156/2026/NĐ-CP.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SEALED_TITLE = "Đơn tố cáo"

INTAKE = ("received", "registered", "examined", "again")
SETTLING = ("accepted", "verifying", "reported", "suspended")
OUTCOMES = (
    "refused", "transferred", "unprocessed", "inspecting", "inspected", "terminated", "upheld",
    "concluded",
)  # fmt: skip

# Khoản 1 Điều 29, a, b, d; c (competence) is asked by itself.
CONDITIONS_29 = {
    "form": _("a) made as Article 23 says: date, name, address, contact, act, signature"),
    "capacity": _("b) the denouncer has full capacity, or is lawfully represented"),
    "basis": _("d) there is a basis to determine who violated the law and how"),
}
REFUSALS = {
    "form": _("a) not made as Article 23 says"),
    "capacity": _("b) no full capacity and no lawful representative"),
    "basis": _("d) no basis to determine who violated the law and how"),
    "complaint": _("out of a settled complaint, without information that shows a violation"),
}
# Khoản 3 Điều 24 and khoản 1 Điều 25.
UNPROCESSED = {
    "many_bodies": _("not in competence, sent to the competent body as well"),
    "guided_before": _("already guided, and sent here again"),
    "unidentified": _("the denouncer is not established, and nothing can be checked"),
}
# Khoản 2 Điều 25.
CHECKABLE = {
    "clear": _("it says clearly who violated the law"),
    "evidence": _("there are concrete documents and evidence of the violation"),
    "basis": _("there is a basis to check and verify"),
}
# Khoản 2 Điều 3 Nghị định 31/2019/NĐ-CP.
CRITERIA = {
    "places": _("a) one content, to be verified in two or more places"),
    "contents": _("b) two or more contents to be verified"),
    "many_people": _("c) many denouncers of one content, or many people's rights are touched"),
    "foreign": _("d) a foreign element"),
    "many_bodies": _("đ) several bodies' responsibility for management is touched"),
    "opinions": _("e) the bodies concerned still differ"),
    "contradiction": _("g) evidence contradicts itself and needs time or expert bodies"),
}
# Khoản 1 Điều 34.
SUSPENSIONS = {
    "other_result": _("a) the result of another body or of a related case is awaited"),
    "expertise": _("b) an additional or repeated expertise is awaited"),
}
# Điểm b, c khoản 3 Điều 34; a (withdrawal) is a step of its own.
TERMINATIONS = {
    "dead": _("b) the denounced person has died and the content concerns only that person"),
    "settled": _("c) settled by a court or by a decision in force"),
}
# Khoản 4 Điều 4 Nghị định 31/2019/NĐ-CP as amended by Điều 1 Nghị định 156/2026/NĐ-CP.
GOES_ON = {
    "violation": _("a) the act denounced shows signs of a violation"),
    "coerced": _("b) withdrawn under threat, coercion or bribery"),
    "slander": _("c) the denouncer used it to slander, insult or harm"),
}
WITHDRAWAL_FORMS = {
    "form02": _("written withdrawal (form 02)"),
    "form03": _("minutes of the withdrawal (form 03)"),
}
# Khoản 3 Điều 37; b of khoản 2 stands last.
AGAIN_GROUNDS = {
    "inaccurate": _("a) verification or conclusion inaccurate or not objective"),
    "omitted": _("b) important information or evidence left out"),
    "misapplied": _("c) the law was applied wrongly"),
    "competence": _("the earlier settlement was outside its competence"),
}
# Khoản 5 Điều 38; Điều 5 Nghị định 31/2019/NĐ-CP.
TAKE_OVER = {
    "procedure": _("1a) procedure violated, so that conclusion or file was falsified"),
    "article37": _("1b) a ground of Article 37.3"),
    "kin": _("2a) the denounced is kin of the settler or verifier"),
    "kin_content": _("2b) the content touches kin of the settler or verifier"),
    "interest": _("2c) the settler or verifier has a direct interest"),
}
# Điều 36.
HANDLING = {
    "restored": _("1a) no violation: rights and lawful interests restored"),
    "false_denouncer": _("1a) who deliberately denounced falsely is dealt with"),
    "own": _("1b) measures of this authority"),
    "recommended": _("1b) measures recommended to the competent body"),
    "prosecution": _("2) file handed to the investigation body or the procuracy"),
}
SENT_TO = {
    "denounced": _("the denounced person"),
    "manager": _("the body that manages the denounced person"),
    "denouncer": _("the denouncer (notice)"),
    "concerned": _("bodies and persons concerned"),
}
# Khoản 2 Điều 40; Điều 6 Nghị định 31/2019/NĐ-CP.
POSTING = {
    "meeting": _("a) announced at a meeting where the denounced person works"),
    "posted": _("b) posted at the office or the place of reception"),
    "portal": _("c) on the portal or the internal network"),
    "media": _("d) in the mass media"),
}
FOR_15_DAYS = ("posted", "portal")
# Điều 49.
AUTHORITIES = {
    "police": _("the police (Article 49.3)"),
    "personnel": _("the body that manages officials or labour (Article 49.4)"),
    "union": _("People's Committee, trade union or another body (Article 49.5)"),
}
MEASURES = {
    "56.1": _("56.1 name, address, handwriting kept secret in use"),
    "56.2": _("56.2 left out of papers given to verifiers, kept as classified"),
    "56.3": _("56.3 time, place and way of meeting that keep the secret"),
    "56.5": _("56.5 others asked to keep the secret"),
    "57.1a": _("57.1a discipline or another decision suspended or annulled"),
    "57.1b": _("57.1b position, income and interests restored"),
    "57.1c": _("57.1c other work given, with consent"),
    "57.2a": _("57.2a employer told to stop and to restore"),
    "58.1": _("58.1 brought to a safe place"),
    "58.2": _("58.2 forces and means to protect"),
    "58.3": _("58.3 harm prevented and dealt with"),
    "58.4": _("58.4 the harmer told to stop"),
    "other": _("another measure the law provides"),
}
# Khoản 2 Điều 54 Luật Tố cáo; the last from Luật 136/2025/QH15.
PROTECTION_ENDS = {
    "concluded": _("the conclusion or the decision to terminate was made"),
    "no_ground": _("the ground no longer exists"),
    "asked": _("the protected person asked in writing"),
    "obligations": _("the protected person deliberately broke the obligations"),
}

# Letters by which the record cites a criterion or ground, in any language of the pages.
CRITERION = dict(zip(CRITERIA, "abcdđeg", strict=True))
SUSPENSION = dict(zip(SUSPENSIONS, "ab", strict=True))

# Columns of forms 03/KQGQ and 04/KQGQ of TT 01/2024/TT-TTCP; since 30 Sep 2025 the forms are
# 04/GQTC and 05/KQTH (TT 06/2025/TT-TTCP), whose columns were not read. Million đồng; m².
FIGURES = {
    "state_money": _("to be recovered for the State: money (million đồng)"),
    "state_land": _("to be recovered for the State: land (m²)"),
    "org_money": _("to be returned to organisations: money (million đồng)"),
    "org_land": _("to be returned to organisations: land (m²)"),
    "people_money": _("to be returned to individuals: money (million đồng)"),
    "people_land": _("to be returned to individuals: land (m²)"),
    "orgs": _("organisations whose rights were restored"),
    "people": _("individuals whose rights were restored"),
    "discipline": _("persons to be disciplined"),
    "discipline_officials": _("of them officials"),
    "investigation": _("cases to the investigation body"),
    "investigation_people": _("persons in them"),
    "investigation_officials": _("of them officials"),
}
