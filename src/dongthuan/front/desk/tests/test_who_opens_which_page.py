"""The table of the desk: every address, every person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.corpus import some_of

from dongthuan.core import clock
from dongthuan.core.law import shipped_rulebook
from dongthuan.core.matters.models import Duty, Paper
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.tests.conftest import rows_kept
from dongthuan.front.desk.urls import urlpatterns
from dongthuan.work.consultations.models import Consultation
from dongthuan.work.consultations.tests.conftest import open_today
from dongthuan.work.consultations.tests.statements import statements_in
from dongthuan.work.decisions.tests.village_paths import Story
from dongthuan.work.disclosure.services import disclosure_create, plan_create
from dongthuan.work.emulation.services import customary_days, cycle_open, model_register
from dongthuan.work.emulation.tests.conftest import registration
from dongthuan.work.news.services import article_draft
from dongthuan.work.projects.money import cost_add, payment_add
from dongthuan.work.projects.obstacles import obstacle_create
from dongthuan.work.projects.services import project_create
from dongthuan.work.receptions.services import regular_open
from dongthuan.work.receptions.visits import visit_arrive
from dongthuan.work.rulebook.models import RuleDraft
from dongthuan.work.rulebook.services import draft_create
from dongthuan.work.rulebook.tables import typed_of
from dongthuan.work.satisfaction.services import desk_add

OWN = {"intake", "handler", "handler2", "head", "sealed"}
OFFICIALS = OWN | {
    "front", "dvan", "admin", "other_intake", "other_head", "inspector", "province", "board",
    "village_head", "village_front", "other_village_head",
}  # fmt: skip
EVERYBODY = sorted(OFFICIALS | {"account", "nobody"})
REGISTERING = OWN | {"other_intake", "other_head", "province"}
INNER = OWN | {"inspector"}
VILLAGES = {"village_head", "village_front", "other_village_head"}
OF_THE_VILLAGE = OWN | {"village_head", "village_front"}
HEADS = {"head", "other_head"}
KEEPING = {"handler", "handler2", "head", "sealed"}  # of the ledger of contributions
VILLAGE_HEADS = {"village_head", "other_village_head"}
COLLECTING = KEEPING | {"village_head"}
RECOMMENDING = {"front", "dvan", "board"}
ISSUING = OWN | {"front", "dvan", "other_intake", "other_head", "province"}
LEADING = {"head", "other_head", "front", "dvan", "inspector"}
SEEING = {"front", "dvan", "board", "village_head", "village_front"}

# In whose body there is a head that holds dialogues.
HOLDING = REGISTERING | {"front", "dvan"}

D = "/ban-lam-viec/"
CD = f"{D}chi-dao/"
DRAFTING = KEEPING | {"dvan", "front", "other_head", "province"}  # coordination plans

D = "/ban-lam-viec/"
PH = f"{D}phoi-hop/"
R = f"{D}tiep-dan/"
CK = f"{D}cong-khai/"
LY = f"{D}lay-y-kien/"
NOBODYS = "00000000-0000-4000-8000-000000000000"
DG = f"{D}dong-gop/"
DN = f"{D}diem-nong/"
DVK = f"{D}dan-van-kheo/"
MOVED = {"front", "dvan", "inspector"}  # who sees the movement of the ward
FIRST_GROUP = {"village_head", "village_front"}
# What GET answers to officials: those named get 200, the others the second value.
PAGES: dict[str, tuple[str, set[str], int]] = {
    "list": (D, OFFICIALS, 0),
    "export": (f"{D}xuat/", OFFICIALS, 0),
    "register": (f"{D}vao-so/", REGISTERING, 302),
    "matter": (D + "vu-viec/{code}/", INNER, 404),
    "clock": (D + "vu-viec/{code}/thoi-han/{duty}/", INNER, 404),
    "paper": (D + "vu-viec/{code}/giay-to/{paper}/", INNER, 404),
    "step": (D + "vu-viec/{code}/register/", OWN, 404),
    "denunciation": (f"{D}to-cao/", REGISTERING, 302),
    "vault_keys": (f"{D}kho-kin/", OFFICIALS, 0),
    "vault_openings": (f"{D}kho-kin/so-mo/", {"head", "other_head", "inspector"}, 404),
    "vault": (D + "kho-kin/{code}/", set(), 404),  # of a matter that is not sealed
    "counter_receipt": (D + "vao-so/bien-nhan/{code}/", {"handler"}, 404),
    "alike": (D + "vu-viec/{code}/giong-nhau/", INNER, 404),
    "separate": (D + "vu-viec/{code}/tach-ra/", INNER, 404),
    "signers": (D + "vu-viec/{code}/nguoi-ky/", INNER, 404),
    "rate": (D + "vu-viec/{code}/danh-gia/{letter}/", OWN, 404),
    "reopen_ask": (D + "vu-viec/{code}/chua-xong/{letter}/", OWN, 404),
    "transfers": (f"{D}chuyen-don/", OFFICIALS, 0),
    "hand_over": (f"{D}ban-giao/", HEADS, 403),
    "hand_over_minutes": (f"{D}ban-giao/bien-ban.pdf?tu=1&so=1", set(), 404),
    "levels": (f"{D}muc-phuc-vu/", HEADS, 403),
    "decision": (D + "vu-viec/{code}/quyet-dinh.pdf", set(), 404),  # of what is no complaint
    "receptions": (R, OFFICIALS, 0),
    "reception_plan": (f"{R}ke-hoach/", OFFICIALS, 0),
    "reception_new": (f"{R}them/", OFFICIALS, 0),
    "reception_ledger": (f"{R}so/", OFFICIALS, 0),
    "reception_heads": (f"{R}tuan-thu/", OFFICIALS, 0),
    "reception_schedule": (f"{R}lich.pdf", REGISTERING, 404),
    "reception": (R + "{reception}/", INNER | {"front", "dvan"}, 404),
    "reception_conclude": (R + "{reception}/ket-luan/", OWN, 404),
    "reception_promise": (R + "{reception}/cam-ket/", OWN, 404),
    "reception_paper": (R + "{reception}/bien-ban.pdf", OWN, 404),
    "visit": (R + "luot/{visit}/", OWN, 404),
    "visit_refuse": (R + "luot/{visit}/tu-choi/", OWN, 404),
    "visit_receipt": (R + "luot/{visit}/bien-nhan.pdf", set(), 404),  # nothing was handed over
    "refusal_notice": (R + "tu-choi/{code}/thong-bao.pdf", set(), 404),  # of no refusal
    "rules": (D + "quy-dinh/", OFFICIALS, 0),
    "rule": (D + "quy-dinh/kn.accept/", OFFICIALS, 0),
    "rule_drafts": (D + "quy-dinh/du-thao/", OFFICIALS, 0),
    "rule_draft": (D + "quy-dinh/du-thao/{draft}/", OFFICIALS - {"admin"}, 404),
    "rule_draft_new": (D + "quy-dinh/kn.accept/phien-ban-moi/", {"inspector"}, 403),
    "rule_draft_edit": (D + "quy-dinh/du-thao/{draft}/sua/", {"inspector"}, 403),
    # the villages' affairs
    "village_matters": (f"{D}quyet-dinh/cua-thon/", OFFICIALS, 0),
    "initiative_new": (f"{D}quyet-dinh/sang-kien/moi/", OFFICIALS, 0),
    "convention_new": (f"{D}quyet-dinh/huong-uoc/moi/", OFFICIALS, 0),
    "election_new": (f"{D}quyet-dinh/bau-cu/moi/", OFFICIALS, 0),
    "initiative_supports": (
        D + "quyet-dinh/sang-kien/{initiative}/dong-thuan/",
        OF_THE_VILLAGE,
        404,
    ),
    "convention_draft": (D + "quyet-dinh/huong-uoc/{convention}/du-thao/", OF_THE_VILLAGE, 404),
    "convention_text": (D + "quyet-dinh/huong-uoc/{convention}/toan-van.pdf", OF_THE_VILLAGE, 404),
    "election_minutes": (D + "quyet-dinh/bau-cu/{election}/bien-ban.pdf", OF_THE_VILLAGE, 404),
    "election_candidates": (D + "quyet-dinh/bau-cu/{election}/ung-cu/", OF_THE_VILLAGE, 404),
    "satisfaction": (D + "hai-long/", OFFICIALS, 0),
    "satisfaction_poster": (D + "hai-long/{counter}/ma.pdf", OWN, 404),
    "satisfaction_paper": (D + "hai-long/{counter}/nhap-giay/", OWN, 404),
    # -- disclosure
    "disclosures": (CK, OFFICIALS, 0),
    "disclosure_new": (f"{CK}them/", OFFICIALS, 0),
    "disclosure_matrix": (f"{CK}ma-tran/", OFFICIALS, 0),
    "disclosure_register": (f"{CK}so/", OFFICIALS, 0),
    "disclosure_places": (f"{CK}noi/", OFFICIALS, 0),
    "disclosure_plans": (f"{CK}ke-hoach/", OFFICIALS, 0),
    "disclosure_plan": (CK + "ke-hoach/{plan}/", INNER | {"front", "dvan"}, 404),
    "info_request": (f"{CK}yeu-cau/", OFFICIALS, 0),
    "disclosure": (CK + "{disclosure}/", INNER | {"front", "dvan"} | VILLAGES, 404),
    "disclosure_content": (CK + "{disclosure}/noi-dung/", OWN, 404),
    "disclosure_preview": (CK + "{disclosure}/xem-truoc/", OWN, 404),
    "disclosure_post": (CK + "{disclosure}/niem-yet/", OWN, 404),
    "consultations": (LY, OFFICIALS, 0),
    "consultation_new": (f"{LY}them/", OFFICIALS, 0),
    "consultation": (LY + "{asked}/", INNER | {"front", "dvan"} | VILLAGES, 404),
    "consultation_text": (LY + "{asked}/noi-dung/", OWN, 404),
    "consultation_questions": (LY + "{asked}/phieu-hoi/", OWN, 404),
    "consultation_codes": (LY + "{asked}/ma/", OWN, 404),
    "consultation_paper": (LY + "{asked}/phieu-giay/", OWN | VILLAGES, 404),
    "consultation_import": (LY + "{asked}/phieu-giay/nhap/", OWN | VILLAGES, 404),
    "consultation_template": (LY + "{asked}/phieu-giay/mau.xlsx", OWN | VILLAGES, 404),
    "consultation_opinions": (LY + "{asked}/y-kien/", OWN, 404),
    "consultation_hold": (LY + "{asked}/y-kien/{opinion}/giu/", OWN, 404),
    "consultation_cluster": (LY + "{asked}/nhom/{cluster}/", OWN, 404),
    "consultation_tally": (LY + "{asked}/kiem-phieu/", OWN, 404),
    "consultation_addressee": (LY + "{asked}/doi-tuong/", OWN, 404),
    "consultation_hearing": (LY + "{asked}/doi-tuong/{addressee}/", OWN, 404),
    "consultation_plan": (LY + "{asked}/ke-hoach.pdf", OWN, 404),
    "consultation_synthesis": (LY + "{asked}/tong-hop.pdf", OWN, 404),
    "statements": (LY + "{asked}/y-kien-ngan/", OWN, 404),
    "statement_new": (LY + "{asked}/y-kien-ngan/them/", OWN, 404),
    "statement_paper": (LY + "{asked}/y-kien-ngan/phieu-giay/", OWN | VILLAGES, 404),
    "statement": (LY + "{asked}/y-kien-ngan/{statement}/", OWN, 404),
    # Decisions of the people; votes are named by numbers that nobody has.
    "decisions": (f"{D}quyet-dinh/", OFFICIALS, 0),
    "decision_new": (f"{D}quyet-dinh/de-xuat/", OFFICIALS, 0),
    "people_decision": (D + "quyet-dinh/viec/{code}/", set(), 404),
    "people_decision_paper": (D + "quyet-dinh/viec/{code}/van-ban.pdf", set(), 404),
    "vote": (f"{D}quyet-dinh/bieu-quyet/{NOBODYS}/", set(), 404),
    "vote_manner": (f"{D}quyet-dinh/bieu-quyet/{NOBODYS}/cach-thuc/", set(), 404),
    "vote_roll": (f"{D}quyet-dinh/bieu-quyet/{NOBODYS}/danh-sach/1/", set(), 404),
    "vote_cluster": (f"{D}quyet-dinh/bieu-quyet/{NOBODYS}/danh-sach/1/cum/", set(), 404),
    "vote_station": (f"{D}quyet-dinh/bieu-quyet/{NOBODYS}/diem/1/", set(), 404),
    "vote_tally": (f"{D}quyet-dinh/bieu-quyet/{NOBODYS}/diem/1/kiem-phieu/", set(), 404),
    "household_villages": (f"{D}ho-gia-dinh/", OFFICIALS, 0),
    "households": (f"{D}ho-gia-dinh/21439-t01/", OWN | {"village_head"}, 404),
    "household_add": (f"{D}ho-gia-dinh/21439-t01/them/", OWN | {"village_head"}, 404),
    "household_import": (f"{D}ho-gia-dinh/21439-t01/nhap/", OWN | {"village_head"}, 404),
    "household": (f"{D}ho-gia-dinh/ho/1/", set(), 404),
    # Supervision; {code} is here of what is no board, no inspection, no finding, no gathering.
    "supervision": (f"{D}giam-sat/", OFFICIALS, 0),
    "board_new": (f"{D}giam-sat/ban/them/", {"front"}, 404),
    "board": (D + "giam-sat/ban/{code}/", set(), 404),
    "member_new": (D + "giam-sat/ban/{code}/thanh-vien/", set(), 404),
    "leaf_new": (D + "giam-sat/ban/{code}/van-ban/", set(), 404),
    "inspection_new": (D + "giam-sat/ban/{code}/cuoc-moi/", set(), 404),
    "hints": (D + "giam-sat/ban/{code}/thong-tin/", set(), 404),
    "member_leave": (D + "giam-sat/thanh-vien/0/thoi/", set(), 404),
    "hint": (D + "giam-sat/thong-tin/0/", set(), 404),
    "inspection": (D + "giam-sat/cuoc/{code}/", set(), 404),
    "visit_new": (D + "giam-sat/cuoc/{code}/chuyen/", set(), 404),
    "finding_new": (D + "giam-sat/cuoc/{code}/phat-hien/", set(), 404),
    "plan_paper": (D + "giam-sat/cuoc/{code}/ke-hoach.pdf", set(), 404),
    "visit_paper": (D + "giam-sat/chuyen/0/bien-ban.pdf", set(), 404),
    "visit_photo": (D + "giam-sat/chuyen/0/anh/{letter}/", set(), 404),
    "finding_rewrite": (D + "giam-sat/kien-nghi/{code}/sua/", set(), 404),
    "finding_paper": (D + "giam-sat/kien-nghi/{code}.pdf", set(), 404),
    "gatherings": (f"{D}giam-sat/hoi-nghi/", OFFICIALS, 0),
    "gathering": (D + "giam-sat/hoi-nghi/{code}/", set(), 404),
    "point_new": (D + "giam-sat/hoi-nghi/{code}/y-kien/", set(), 404),
    "point_reply": (D + "giam-sat/y-kien/0/tra-loi/", set(), 404),
    # contributions: `campaign` is open, `voucher` is its first receipt
    "campaigns": (DG, OFFICIALS, 0),
    "campaign_new": (f"{DG}them/", KEEPING | VILLAGE_HEADS | {"other_head", "province"}, 404),
    "labour_rates": (f"{DG}ngay-cong/", OFFICIALS, 0),
    "voucher": (DG + "chung-tu/{voucher}/", INNER | SEEING, 404),
    "voucher_reverse": (DG + "chung-tu/{voucher}/dao/", COLLECTING, 404),
    "voucher_paper": (DG + "chung-tu/{voucher}/bien-nhan.pdf", OWN | {"village_head"}, 404),
    "campaign": (DG + "{campaign}/", INNER | SEEING, 404),
    "campaign_flags": (DG + "{campaign}/kiem-tra/", INNER | SEEING, 404),
    "campaign_receipt": (DG + "{campaign}/thu/", COLLECTING, 404),
    "campaign_many": (DG + "{campaign}/thu-nhieu/", COLLECTING, 404),
    "campaign_sheet": (DG + "{campaign}/nhap/", COLLECTING, 404),
    "campaign_blank": (DG + "{campaign}/mau.xlsx", COLLECTING, 404),
    "campaign_paper": (DG + "{campaign}/danh-sach.pdf", COLLECTING, 404),
    "campaign_expense": (DG + "{campaign}/chi/", COLLECTING, 404),
    "campaign_move": (DG + "{campaign}/chuyen-quy/", COLLECTING, 404),
    "campaign_exempt": (DG + "{campaign}/mien/", COLLECTING, 404),
    # projects
    "projects": (f"{D}du-an/", OFFICIALS, 0),
    "project_new": (f"{D}du-an/them/", OFFICIALS, 0),
    "project": (D + "du-an/{project}/", INNER | {"front", "dvan", "board"}, 404),
    "project_edit": (D + "du-an/{project}/sua/", OWN - {"intake"}, 404),
    "project_add": (D + "du-an/{project}/vuong-mac/", OWN | {"front", "dvan", "board"}, 404),
    "project_reverse": (D + "du-an/{project}/dao/{payment}/", OWN - {"intake"}, 404),
    "obstacle_assign": (D + "du-an/vuong-mac/{obstacle}/giao/", OWN - {"intake"}, 404),
    # dialogues; {code} is here of what is none, and nobody has asked
    "dialogues": (f"{D}doi-thoai/", OFFICIALS, 0),
    "dialogue_new": (f"{D}doi-thoai/them/", HOLDING, 404),
    "dialogue_heads": (f"{D}doi-thoai/tan-suat/", OFFICIALS, 0),
    "dialogue": (D + "doi-thoai/{code}/", set(), 404),
    "dialogue_invite": (D + "doi-thoai/{code}/moi/", set(), 404),
    "dialogue_invited": (D + "doi-thoai/{code}/da-gui/", set(), 404),
    "question_new": (D + "doi-thoai/{code}/ghi-cau-hoi/", set(), 404),
    "question_open": (f"{D}doi-thoai/cau-hoi/0/doc/", set(), 404),
    "question_join": (f"{D}doi-thoai/cau-hoi/0/gop/", set(), 404),
    "question_end": (f"{D}doi-thoai/cau-hoi/0/ket-qua/", set(), 404),
    "dialogue_paper": (D + "doi-thoai/{code}/bien-ban.pdf", set(), 404),
    # Hot spots; {code} is here of what is none. Who may open one: core/law/data/hotspots.toml.
    "hotspots": (DN, OFFICIALS, 0),
    "hotspot_new": (
        f"{DN}mo/",
        OWN | VILLAGES | {"front", "dvan", "other_intake", "other_head", "inspector"},
        404,
    ),
    "hotspot_report": (f"{DN}bao-cao/0.pdf", set(), 404),
    "hotspot_concern": (f"{DN}dieu-hoi/0/", set(), 404),
    "hotspot_opinion": (f"{DN}y-kien-tinh/0/", set(), 404),
    "hotspot_notice_edit": (f"{DN}thong-bao/0/sua/", set(), 404),
    "hotspot_part": (f"{DN}thong-bao/0/them/", set(), 404),
    "hotspot_withdraw": (f"{DN}thong-bao/0/go/", set(), 404),
    "hotspot": (DN + "{code}/", set(), 404),
    "hotspot_matters": (DN + "{code}/vu-viec/", set(), 404),
    "hotspot_seats": (DN + "{code}/thanh-vien/", set(), 404),
    "hotspot_group": (DN + "{code}/to-cong-tac/", set(), 404),
    "hotspot_plan": (DN + "{code}/ke-hoach/", set(), 404),
    "hotspot_visit": (DN + "{code}/tiep-xuc/", set(), 404),
    "hotspot_incident": (DN + "{code}/su-viec/", set(), 404),
    "hotspot_talk": (DN + "{code}/doi-thoai/", set(), 404),
    "hotspot_measure": (DN + "{code}/bien-phap/", set(), 404),
    "hotspot_ask": (DN + "{code}/xin-y-kien/", set(), 404),
    "hotspot_notice": (DN + "{code}/thong-bao/", set(), 404),
    "hotspot_story": (DN + "{code}/dien-bien/", set(), 404),
    "hotspot_story_paper": (DN + "{code}/dien-bien.pdf", set(), 404),
    # recommendations of bodies
    "recommendations": (f"{D}kien-nghi/", OFFICIALS, 0),
    "recommendation_new": (f"{D}kien-nghi/moi/", RECOMMENDING, 404),
    "recommendations_send": (f"{D}kien-nghi/gui/", set(), 404),
    "recommendations_import": (f"{D}kien-nghi/nhap/", RECOMMENDING, 404),
    "recommendations_blank": (f"{D}kien-nghi/nhap/mau.xlsx", RECOMMENDING, 404),
    "recommendations_board": (f"{D}kien-nghi/bang-diem/", OFFICIALS, 0),
    "recommendations_csv": (f"{D}kien-nghi/bang-diem.csv", OFFICIALS, 0),
    "recommendation_edit": (D + "kien-nghi/{code}/sua/", set(), 404),
    "criticisms": (f"{D}kien-nghi/phan-bien/", OFFICIALS, 0),
    "criticism_new": (f"{D}kien-nghi/phan-bien/moi/", REGISTERING, 404),
    "criticism_points": (D + "kien-nghi/phan-bien/{code}/", set(), 404),
    "hearings": (f"{D}kien-nghi/nghe/", OFFICIALS, 0),
    "hearing": (D + "kien-nghi/nghe/{code}/", set(), 404),
    "hearing_promise": (D + "kien-nghi/nghe/{code}/cam-ket/", set(), 404),
    # directives and notes; {code} is here of what is neither
    "directives": (CD, OFFICIALS, 0),
    "directive_new": (f"{CD}them/", ISSUING, 404),
    "directive_import": (f"{CD}nhap/", ISSUING, 404),
    "directive_template": (f"{CD}mau.xlsx", OFFICIALS, 0),
    "directive_register": (f"{CD}so.csv", OFFICIALS, 0),
    "directive_orders": (f"{CD}viec/", OFFICIALS, 0),
    "directive": (CD + "{code}/", set(), 404),
    "directive_edit": (CD + "{code}/sua/", set(), 404),
    "notes": (f"{D}trao-doi/", OFFICIALS, 0),
    "note_new": (f"{D}trao-doi/them/", ISSUING, 404),
    "information_note": (D + "trao-doi/{code}/", set(), 404),
    "situations": (f"{D}tinh-hinh/", OFFICIALS, 0),
    "situation_new": (f"{D}tinh-hinh/them/", ISSUING, 404),
    "situation": (D + "tinh-hinh/{code}/", set(), 404),
    "situation_write": (D + "tinh-hinh/{code}/sua/", set(), 404),
    "situation_section": (D + "tinh-hinh/{code}/muc/", set(), 404),
    "situation_adopt": (D + "tinh-hinh/{code}/thong-qua/", set(), 404),
    "situation_paper": (D + "tinh-hinh/{code}/bao-cao.pdf", set(), 404),
    # Coordination plans; {code} is here of what is no plan, and the numbers nobody has.
    "coord_plans": (PH, OFFICIALS, 0),
    "coord_new": (f"{PH}them/", DRAFTING, 404),
    "coord_years": (f"{PH}nhieu-nam/", OFFICIALS, 0),
    "coord_paper_year": (f"{PH}nhieu-nam/them/", DRAFTING, 404),
    "coord_years_paper": (f"{PH}nhieu-nam/bao-cao.pdf", DRAFTING, 404),
    "coord_clause": (f"{PH}muc/0/", set(), 404),
    "coord_clause_edit": (f"{PH}muc/0/sua/", set(), 404),
    "coord_comment": (f"{PH}muc/0/gop-y/", set(), 404),
    "coord_comment_answer": (f"{PH}gop-y/0/", set(), 404),
    "coord_line_edit": (f"{PH}dong/0/sua/", set(), 404),
    "coord_task": (PH + "nhiem-vu/{code}/", set(), 404),
    "coord_promise": (PH + "cam-ket/{code}/", set(), 404),
    "coord_review": (PH + "bao-cao/{code}/", set(), 404),
    "coord_review_text": (PH + "bao-cao/{code}/danh-gia/", set(), 404),
    "coord_review_sign": (PH + "bao-cao/{code}/ky/", set(), 404),
    "coord_review_paper": (PH + "bao-cao/{code}/bao-cao.pdf", set(), 404),
    "coord_plan": (PH + "{code}/", set(), 404),
    "coord_paper": (PH + "{code}/ke-hoach.pdf", set(), 404),
    "coord_sign": (PH + "{code}/ky/", set(), 404),
    "coord_head": (PH + "{code}/dau/", set(), 404),
    "coord_ground": (PH + "{code}/can-cu/", set(), 404),
    "coord_clause_new": (PH + "{code}/muc/3/", set(), 404),
    "coord_line": (PH + "{code}/nhiem-vu/", set(), 404),
    "coord_inspection": (PH + "{code}/kiem-tra/", set(), 404),
    "coord_carry": (PH + "{code}/chuyen-tiep/", set(), 404),
    "coord_hand_over": (PH + "{code}/ban-giao/", set(), 404),
    # The movement “Dân vận khéo”: {model} is of the first village, {cycle} its year.
    "emulation": (DVK, OFFICIALS, 0),
    "emulation_year_new": (f"{DVK}nam/mo/", {"front", "dvan"}, 404),
    "emulation_year": (DVK + "nam/{cycle}/", MOVED, 404),
    "emulation_juror_new": (DVK + "nam/{cycle}/hoi-dong/", {"dvan"}, 404),
    "emulation_minutes": (DVK + "nam/{cycle}/bien-ban.pdf", set(), 404),
    "emulation_register": (f"{DVK}dang-ky/", OFFICIALS, 0),
    "emulation_model": (DVK + "mo-hinh/{model}/", MOVED | FIRST_GROUP, 404),
    "emulation_edit": (DVK + "mo-hinh/{model}/sua/", FIRST_GROUP, 404),
    "emulation_figures": (DVK + "mo-hinh/{model}/so-lieu/", set(), 404),
    "emulation_picture": (DVK + "mo-hinh/{model}/anh/", FIRST_GROUP, 404),
    "emulation_score": (DVK + "mo-hinh/{model}/cham-diem/", set(), 404),
    "emulation_conflict": (DVK + "mo-hinh/{model}/xung-dot/", set(), 404),
    "emulation_paper": (DVK + "mo-hinh/{model}/dang-ky.pdf", MOVED | FIRST_GROUP, 404),
    "emulation_certificate": (DVK + "mo-hinh/{model}/cong-nhan.pdf", set(), 404),
    # News: {article} is a draft of the People's Committee.
    "news": (f"{D}tin/", OFFICIALS, 0),
    "article_new": (f"{D}tin/them/", REGISTERING | {"front", "dvan"}, 404),
    "article": (D + "tin/{article}/", INNER, 404),
    "article_edit": (D + "tin/{article}/sua/", OWN, 404),
    "article_correct": (D + "tin/{article}/dinh-chinh/", set(), 404),
    "article_picture": (D + "tin/{article}/anh/", OWN, 404),
    "article_link": (D + "tin/{article}/lien-quan/", OWN, 404),
    # the leadership page
    "leadership": (f"{D}lanh-dao/", LEADING, 403),
    "leadership_number": (f"{D}lanh-dao/so/?so=late", LEADING, 403),
    "leadership_dragging": (f"{D}lanh-dao/keo-dai/", LEADING, 403),
    "leadership_docx": (f"{D}lanh-dao/bao-cao.docx", LEADING, 403),
    "leadership_pdf": (f"{D}lanh-dao/bao-cao.pdf", LEADING, 403),
}
POSTED = {
    "assign_many", "filter_save", "filter_remove", "assign", "note", "renew", "vault_message",
    "vault_add_files", "vault_file", "vault_readers", "level_end", "rule_draft_act",
    "reception_regular", "visit_absent", "reception_arrive", "reception_call",
    "support_end", "initiative_codes", "convention_comment", "candidate_end",
    "satisfaction_end", "satisfaction_slips",
    "disclosure_places_make", "disclosure_place_close", "disclosure_plan_row_delete",
    "disclosure_judge", "disclosure_take_down", "disclosure_check",
    "vote_act", "vote_codes", "vote_tick", "household_end",
    "member_seat", "gatherings_open",
    "campaign_exempt_end",
    "project_acknowledge",
    "dialogue_yearly", "question_part",
    "hotspot_approve", "hotspot_approve_part",
    "recommendations_write", "hearings_open",
    "directive_serve", "note_lead", "situation_merge",
    "coord_clause_drop", "coord_ground_drop", "coord_line_drop", "coord_amendment",
    "coord_review_new",
    "emulation_juror_end", "emulation_consent_end", "article_picture_remove",
    "review_new",
}  # fmt: skip


def answer_for(page: str, name: str) -> int:
    _address, allowed, otherwise = PAGES[page]
    if name == "nobody":
        return 302
    if name == "account":
        return 403
    if page == "step" and name == "inspector":
        return 302  # sees the matter, may not act on it, and is told so there
    if page in ("reception_conclude", "reception_promise") and name in OWN:
        return 302  # it is not over yet, and the session's page says so
    if page == "household_villages" and name in ("village_head", "other_village_head"):
        return 302  # who keeps one register goes straight to it
    if page == "rule_draft_edit" and name == "admin":
        return 404  # to whom no draft exists
    if page == "recommendations_send" and name in RECOMMENDING:
        return 302  # no draft was chosen, and the list says so
    return 200 if name in allowed else otherwise


def asking(page: str) -> set[str]:
    """In turn a third of those for whom a page is made, and half of those to whom it is refused.

    `make soak` asks for each page as everybody.
    """
    turn = list(PAGES).index(page)
    opened = [name for name in EVERYBODY if answer_for(page, name) == 200]
    refused = [name for name in EVERYBODY if name not in opened]
    some = some_of(opened, turn, of=max(1, len(opened) // 3))
    return {*some, *some_of(refused, turn, of=2)}


ASKING = {page: asking(page) for page in PAGES}


@pytest.fixture
def matter(people: Any, submit: Any) -> Any:
    """Registered by `handler` at the counter, with a scan."""
    from dongthuan.core.papers.services import attachment_store

    paper = attachment_store(upload=SimpleUploadedFile("don.jpg", picture()))
    return submit(acting=people.handler, channel="counter", attachments=[paper]).matter


def draft_made(people: Any) -> RuleDraft:
    """A draft of the inspector of the province."""
    entry = shipped_rulebook().entry("kn.accept")
    typed = typed_of(entry) | {"valid_from": clock.today() + dt.timedelta(days=9)}
    return draft_create(acting=people.inspector, key="kn.accept", typed=typed, reason="thử")


def counter_made(people: Any) -> int:
    """A desk that people rate, of the ward."""
    unit = Unit.objects.get(code="21439-ubnd")
    return desk_add(acting=people.intake, unit=unit, name="Quầy 1").pk


def received(people: Any) -> dict[str, Any]:
    """Today's regular session of the ward, somebody at the window."""
    unit = Unit.objects.get(code="21439-ubnd")
    session = regular_open(acting=people.intake, unit=unit, venue="Trụ sở UBND")
    visit = visit_arrive(acting=people.intake, reception_id=session.pk)
    return {"reception": session.code, "visit": visit.pk}


def disclosed(people: Any) -> dict[str, Any]:
    """A plan of the ward and something that it must disclose."""
    unit = Unit.objects.get(code="21439-ubnd")
    made = disclosure_create(
        acting=people.handler, unit=unit, item="14", title="Thông báo lịch cấp nước",
        symbol="5/TB-UBND", decided_on=clock.today(),
    )  # fmt: skip
    year = clock.today().year
    return {
        "disclosure": made.code,
        "plan": plan_create(acting=people.head, unit=unit, year=year).code,
    }


def asked(people: Any) -> dict[str, Any]:
    """A hearing of the ward open today, with an opinion, a group and an addressee."""
    found = open_today(people)
    matter = Consultation.objects.get(code=found["asked"])
    return found | {"statement": statements_in(people, matter, 1)[0].pk}


def of_a_village(people: Any, asked_for: str) -> dict[str, str]:
    """An initiative, a convention and an election of the ward's first group, if asked for."""
    made = {}
    for kind in ("initiative", "convention", "election"):
        if f"{{{kind}}}" in asked_for:
            story = Story(people, Unit.objects.get(code="21439-t01"))
            story.now = clock.now()
            made[kind] = getattr(story, kind)().matter.code
    return made


def collected(giving: Any) -> dict[str, Any]:
    """A campaign of the first residential group that is collecting, with one receipt."""
    campaign = giving.opened()
    return {"campaign": campaign.code, "voucher": giving.receive(campaign, giving.cash(0))[0].pk}


def moved(people: Any) -> dict[str, Any]:
    """This year of the movement in the ward, with a model of its first residential group."""
    year = clock.today().year
    cycle = cycle_open(
        acting=people.dvan, lead=Unit.objects.get(code="21439-xdd"), year=year,
        **customary_days(year),
    )  # fmt: skip
    model = model_register(
        acting=people.village_head, cycle=cycle, registration=registration(),
        registrant=Unit.objects.get(code="21439-t01"),
    )  # fmt: skip
    return {"cycle": cycle.code, "model": model.code}


def projected(people: Any) -> dict[str, Any]:
    """A project of the ward with a payment and an obstacle."""
    unit = Unit.objects.get(code="21439-ubnd")
    made = project_create(acting=people.handler, unit=unit, title="Chợ mới", purpose="Dời chợ")
    line = cost_add(acting=people.handler, project=made, name="Nhà", source="state", planned=9)
    paid = payment_add(
        acting=people.handler, project=made, line=line, paid_on=clock.today(), amount=5,
        payee="Công ty", document="1",
    )  # fmt: skip
    obstacle = obstacle_create(acting=people.handler, project=made, what="Cọc", raised_by=unit)
    return {"project": made.code, "payment": paid.pk, "obstacle": obstacle.code}


def test_the_table_names_every_address() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(PAGES) | POSTED


# The pages of a room are asked for in one go: what they show is made once for all of them.
ROOMS: dict[str, list[str]] = {}
for _page, _row in PAGES.items():
    ROOMS.setdefault(_row[0].removeprefix(D).partition("/")[0], []).append(_page)


@pytest.mark.parametrize("room", ROOMS)
def test_a_page_opens_for_its_people_only(
    people: Any, matter: Any, desk_of: Callable[[str], Client], room: str, request: Any
) -> None:
    made = made_for(people, matter, request, "".join(PAGES[page][0] for page in ROOMS[room]))
    wrong = []
    for name in EVERYBODY:
        client = desk_of(name)
        for page in (one for one in ROOMS[room] if name in ASKING[one]):
            address = PAGES[page][0].format(**made)
            answer = client.get(address)
            if answer.status_code != answer_for(page, name):
                wrong.append(f"{page} {name}: {answer.status_code}")
            if name == "nobody":
                assert answer["Location"].startswith("/tai-khoan/login/?next=/ban-lam-viec/")
            if answer.status_code in (403, 404):
                assert matter.title not in answer.content.decode()
    assert not wrong, "\n".join(wrong)


def made_for(people: Any, matter: Any, request: Any, asked_for: str) -> dict[str, Any]:
    """What the addresses of a room name; only what one of them asks for is made."""
    made: dict[str, Any] = {
        "code": matter.code,
        "duty": Duty.objects.get(matter=matter).pk,
        "paper": Paper.objects.get(matter=matter).attachment.uuid,
        "letter": matter.submissions.get().uuid,
    }
    made |= of_a_village(people, asked_for)
    if "{draft}" in asked_for:
        made["draft"] = draft_made(people).pk
    if "{counter}" in asked_for:
        made["counter"] = counter_made(people)
    if R in asked_for:
        made |= received(people)
    if CK in asked_for:
        made |= disclosed(people)
    if LY in asked_for:
        made |= asked(people)
    if DG in asked_for:
        made |= collected(request.getfixturevalue("giving"))
    if "du-an/" in asked_for:
        made |= projected(people)
    if DVK in asked_for:
        made |= moved(people)
    if "{article}" in asked_for:
        made["article"] = article_draft(
            acting=people.handler, unit=Unit.objects.get(code="21439-ubnd"), lead="",
            title="Bài đang soạn", body="Nội dung bài viết đang soạn.",
        ).code  # fmt: skip
    return made


@pytest.mark.parametrize("name", sorted(OFFICIALS - INNER))
def test_outside_the_unit_nothing_is_written(
    matter: Any, desk_of: Callable[[str], Client], name: str
) -> None:
    before = rows_kept()
    answer = desk_of(name).post(f"{D}vu-viec/{matter.code}/ghi-chu/", {"text": "Một ghi chú."})
    assert answer.status_code == 404
    assert rows_kept() == before


def test_the_inspectorate_writes_on_the_files_of_its_area(
    matter: Any, desk_of: Callable[[str], Client]
) -> None:
    path = f"{D}vu-viec/{matter.code}/ghi-chu/"
    assert desk_of("inspector").post(path, {"text": "Đã xem hồ sơ."}).status_code == 302


@pytest.mark.parametrize("name", sorted(OFFICIALS - OWN))
@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("vu-viec/{code}/giao/", {"account": "{handler}"}),
        ("vu-viec/{code}/register/", {"version": "1", "title": "Cống", "topic": "order"}),
        ("giao-viec/", {"matter": "{pk}", "account": "{handler}"}),
    ],
)
def test_outside_the_unit_nothing_can_be_done(
    people: Any,
    matter: Any,
    desk_of: Callable[[str], Client],
    name: str,
    path: str,
    data: dict[str, str],
) -> None:
    names = {"code": matter.code, "pk": matter.pk, "handler": people.accounts["handler"].pk}
    before = rows_kept()
    written = {key: value.format(**names) for key, value in data.items()}
    answer = desk_of(name).post(D + path.format(**names), written)
    assert answer.status_code in (302, 404, 422)
    assert rows_kept() == before
    matter.refresh_from_db()
    assert (matter.state, matter.version, matter.handler_id) == ("received", 1, None)


@pytest.mark.parametrize("name", EVERYBODY)
def test_only_the_office_gives_a_new_secret(
    matter: Any, desk_of: Callable[[str], Client], name: str
) -> None:
    submission = matter.submissions.get()
    before = receipt_secret(submission)
    path = f"{D}vu-viec/{matter.code}/bien-nhan/{submission.uuid}/"
    answer = desk_of(name).post(path)
    submission.refresh_from_db()
    now = receipt_secret(submission)
    if name in OWN:
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert now != before
        assert now in answer.content.decode()
        return
    others = {"nobody": 302, "account": 403, "inspector": 302}
    assert answer.status_code == others.get(name, 404)
    assert now == before


@pytest.mark.parametrize("name", ["nobody", "account"])
@pytest.mark.parametrize(
    "path",
    [
        "vao-so/",
        "giao-viec/",
        "luu-bo-loc/",
        "bo-loc/1/xoa/",
        "vu-viec/x/ghi-chu/",
        "muc-phuc-vu/",
        "ban-giao/",
        "muc-phuc-vu/1/het-hieu-luc/",
        "vu-viec/x/giong-nhau/",
    ],
)
def test_who_is_no_official_posts_nothing(
    matter: Any, desk_of: Callable[[str], Client], name: str, path: str
) -> None:
    before = rows_kept()
    answer = desk_of(name).post(D + path, {"text": "x" * 20, "name": "x"})
    assert answer.status_code == (302 if name == "nobody" else 403)
    assert rows_kept() == before


@pytest.mark.parametrize("path", ["giao-viec/", "luu-bo-loc/", "vu-viec/{code}/ghi-chu/"])
def test_what_changes_something_is_never_a_link(
    matter: Any, desk_of: Callable[[str], Client], path: str
) -> None:
    assert desk_of("intake").get(D + path.format(code=matter.code)).status_code == 405
