"""What an SMS and a unit message say."""

from dataclasses import replace

import pytest

from suban.app.notice_texts import NoticeTexts, day_text
from suban.app.plan_notices import Planner
from suban.domain.case import Case
from suban.domain.notices import Notice
from tests.factories import (
    CITIZEN,
    DOUBT,
    closed_by_rating,
    completed,
    dispatched,
    last,
    rolled_back,
    rules,
    stored,
    submitted,
)
from tests.tiny_city import city
from tests.unit.city import at

TEXTS = NoticeTexts(city(), rules().limits, "https://sb.cn")


def notice(case: Case, template: str, audience: str = "citizen") -> Notice:
    planned = Planner(city().routes, city().duty, rules().work)(last(case), case)
    return next(n for n in planned if (n.template, n.audience) == (template, audience))


def sms(case: Case, template: str) -> str:
    return TEXTS.sms(notice(case, template), stored(case))


def test_an_sms_says_what_changed_who_has_it_by_when_and_how_to_look() -> None:
    case_id = dispatched().case_id
    assert sms(dispatched(), "dispatched") == (
        f"【速办】您的诉求{case_id}已交ENV-1办理，最晚12月14日答复您。看进度：https://sb.cn/{case_id}"
    )


@pytest.mark.parametrize(("lang", "begins"), [("zh-Hans", "【速办】"), ("zh-Hant", "【速辦】"), ("en", "Suban: ")])
def test_an_sms_is_in_the_citizens_language(lang: str, begins: str) -> None:
    assert sms(dispatched(lang=lang), "dispatched").startswith(begins)


def test_a_language_that_nobody_wrote_texts_for_gets_simplified_chinese() -> None:
    assert sms(dispatched(lang="fr"), "dispatched") == sms(dispatched(), "dispatched")


def test_an_invitation_says_until_when_to_rate() -> None:
    assert "12月9日" in sms(completed(), "invitation")


def test_a_rollback_says_the_new_date_and_not_the_old_one() -> None:
    text = sms(rolled_back(), "rolled_back")
    assert ("12月8日" in text, "12月14日" in text) == (True, False)


def test_a_closed_case_says_until_when_it_can_be_reopened() -> None:
    assert "12月3日" in sms(closed_by_rating(), "closed")


def test_a_message_tells_the_facts_of_its_event_and_not_of_a_later_one() -> None:
    first, later = notice(dispatched(), "dispatched"), stored(rolled_back())
    assert "12月14日" in TEXTS.sms(first, later)


@pytest.mark.parametrize("template", sorted(city().sms))
@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_every_template_can_be_filled(template: str, lang: str) -> None:
    filled = TEXTS.sms(replace(notice(dispatched(), "dispatched"), template=template), dispatched(lang=lang))
    assert "{" not in filled


@pytest.mark.parametrize(
    ("moment", "lang", "text"),
    [
        ("2026-12-14 23:59:59", "zh-Hans", "12月14日"),
        ("2026-12-14 23:59:59", "en", "14 Dec"),
        ("2026-11-24 10:05:00", "zh-Hant", "11月24日10:05"),
        ("2026-11-24 09:00:00", "en", "24 Nov 09:00"),
    ],
)
def test_an_hour_is_told_only_where_the_limit_is_not_the_end_of_a_day(moment: str, lang: str, text: str) -> None:
    assert day_text(at(moment), lang) == text


def test_a_unit_message_holds_codes_ids_and_times_and_nobodys_words() -> None:
    case = dispatched()
    assert TEXTS.unit_message(notice(case, "dispatched", "unit"), stored(case)) == {
        "schema": "unit-message.v1", "event_id": f"{case.case_id}#000002#dispatched#ENV-1", "event": "CaseDispatched",
        "audience": "unit", "recipient": "ENV-1", "at": "2026-11-23T10:01:00+08:00", "case_id": case.case_id,
        "case_version": 2, "status": "dispatched", "round": 1, "kind": "complaint", "urgent": False, "overdue": False,
        "unit": "ENV-1", "item": {"code": "03-01-001", "name": "夜间超时施工噪声"}, "district": "440301",
        "street": "440301001", "due_at": "2026-12-14T23:59:59+08:00",
    }  # fmt: skip


def test_a_unit_message_leaves_out_what_is_not_known() -> None:
    sent = submitted(district=None, street=None).send_to_desk(
        replace(DOUBT, district=None, street=None), CITIZEN, at("2026-11-23 10:01:00"), rules()
    )
    message = TEXTS.unit_message(notice(sent, "sent_to_desk", "desk"), stored(sent))
    assert not {"unit", "item", "district", "street"} & set(message)


@pytest.mark.parametrize(
    ("unit", "topic"), [("ENV-1", "440301"), ("LIGHT", "city"), ("SUP-440302", "440302"), ("GONE", "city")]
)
def test_each_recipient_has_a_topic(unit: str, topic: str) -> None:
    assert TEXTS.topic(unit) == topic
