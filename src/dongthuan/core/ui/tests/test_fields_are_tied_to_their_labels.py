from __future__ import annotations

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django.utils.datastructures import MultiValueDict


class Letter(forms.Form):
    name = forms.CharField(label="Họ và tên")
    phone = forms.CharField(label="Điện thoại", required=False, help_text="Để gửi mã")
    answer = forms.ChoiceField(
        label="Trả lời", choices=[("a", "Giấy"), ("b", "Tin nhắn")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Tôi chịu trách nhiệm")
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Đơn trùng với đơn đã gửi")


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_a_question_has_a_label_and_says_whether_it_is_required() -> None:
    html = render("{% field form.name %}", form=Letter())
    assert '<label for="id_name">Họ và tên <span class="mark">(required)</span></label>' in html
    assert 'id="id_name"' in html


def test_a_hint_is_read_with_its_question() -> None:
    html = render("{% field form.phone %}", form=Letter())
    assert '<p class="hint" id="id_phone_helptext">Để gửi mã</p>' in html
    assert 'aria-describedby="id_phone_helptext"' in html
    assert "(optional)" in html


def test_a_hint_of_the_page_is_read_too() -> None:
    html = render("{% field form.name hint='Như trong căn cước' %}", form=Letter({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "Như trong căn cước" in html


def test_an_error_is_read_with_its_question() -> None:
    html = render("{% field form.name %}", form=Letter({}))
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.index("id_name_error") < html.index("<input")


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = render("{% field form.answer %}", form=Letter({}))
    assert '<fieldset class="field has-error" id="id_answer_group"' in html
    assert 'aria-describedby="id_answer_error"' in html
    assert "<legend>Trả lời" in html


def test_a_single_tick_has_its_label_beside_it() -> None:
    html = render("{% field form.agree %}", form=Letter())
    assert html.index('type="checkbox"') < html.index('<label for="id_agree">')


def test_a_hidden_field_stays_hidden() -> None:
    assert render("{% field form.key %}", form=Letter()).startswith('<input type="hidden"')


def test_the_summary_links_to_the_first_control_of_each_wrong_field() -> None:
    html = render("{% error_summary form %}", form=Letter({"phone": "0905"}))
    assert '<a href="#id_name">' in html
    assert '<a href="#id_answer_0">' in html
    assert "#id_phone" not in html
    assert "<li>Đơn trùng với đơn đã gửi</li>" in html


def test_a_form_without_faults_has_no_summary() -> None:
    assert render("{% error_summary form %}", form=Letter()) == ""
    assert render("{% error_summary missing %}") == ""


def test_what_the_sender_typed_is_escaped() -> None:
    form = Letter({"answer": "<script>"})
    html = render("{% error_summary form %}{% field form.answer %}", form=form)
    assert "<script>" not in html


class Picture(forms.Form):
    name = forms.CharField()
    photo = forms.FileField(required=False)


@pytest.mark.parametrize("chosen", [True, False])
def test_a_refused_form_says_to_choose_the_files_again_that_were_chosen(chosen: bool) -> None:
    files = MultiValueDict({"photo": [SimpleUploadedFile("anh.jpg", b"x")]} if chosen else {})
    html = render("{% error_summary form %}", form=Picture({}, files))
    assert ("Please choose your files again." in html) is chosen


def test_files_beside_a_refused_form_are_to_be_chosen_again_too() -> None:
    sent = RequestFactory().post("/", {"papers": SimpleUploadedFile("don.txt", b"x")})
    html = render("{% error_summary form %}", form=Letter({}), request=sent)
    assert "Please choose your files again." in html
