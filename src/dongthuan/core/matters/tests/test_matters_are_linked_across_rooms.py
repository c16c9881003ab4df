"""A link tells nothing to those who may not see both ends."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.links import links_of, matter_link
from dongthuan.core.matters.models import Level


def test_both_ends_show_the_link(people: Any, submit: Any) -> None:
    one, two = submit().matter, submit("Đèn đường trước trường học đã tắt một tuần.").matter
    matter_link(acting=people.handler, matter=one, code=two.code, role="about")
    for end in (one, two):
        assert [link.other_id for link in links_of(actor=people.head, matter=end)] == [two.pk]
    with pytest.raises(MatterError, match="liên kết"):
        matter_link(acting=people.handler, matter=one, code=two.code, role="about")


def test_whoever_sees_one_end_only_sees_no_link(people: Any, submit: Any) -> None:
    one, two = submit().matter, submit("Đèn đường trước trường học đã tắt một tuần.").matter
    one.level = Level.PARTNER
    one.save()
    matter_link(acting=people.handler, matter=one, code=two.code, role="about")
    assert links_of(actor=people.front, matter=one) == []


@pytest.mark.parametrize("level", [Level.RESTRICTED, Level.SEALED])
def test_no_link_leads_to_a_closed_matter(people: Any, submit: Any, level: Level) -> None:
    one, two = submit().matter, submit("Đèn đường trước trường học đã tắt một tuần.").matter
    two.level = level
    two.save()
    with pytest.raises(MatterError):
        matter_link(acting=people.head, matter=one, code=two.code, role="about")


def test_the_members_of_one_restricted_matter_read_nothing_of_another(
    people: Any, submit: Any
) -> None:
    """The head sees both; whoever sits in the first would read the code of the second there."""
    one, two = submit().matter, submit("Đèn đường trước trường học đã tắt một tuần.").matter
    for matter in (one, two):
        matter.level = Level.RESTRICTED
        matter.save()
    with pytest.raises(MatterError):
        matter_link(acting=people.head, matter=one, code=two.code, role="about")
