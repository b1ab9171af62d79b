"""Errors and timelines in the caller's language."""

import pytest

from tests.api.stories import Story
from tests.api.town import Town, body

LONG, EMPTY = {"text": "吵" * 5001}, {"text": ""}


@pytest.mark.parametrize(
    ("wish", "title"),
    [
        ("zh-Hans", "请写下您的诉求"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "请写下您的诉求"),
        ("zh", "请写下您的诉求"),
        ("zh-Hant", "請寫下您的訴求"),
        ("zh-HK", "請寫下您的訴求"),
        ("zh-TW,zh;q=0.9", "請寫下您的訴求"),
        ("yue", "請寫下您的訴求"),
        ("en-GB,en;q=0.9", "Please say what is wrong"),
        ("fr-FR, en;q=0.5", "Please say what is wrong"),
        ("EN", "Please say what is wrong"),
        ("fr", "请写下您的诉求"),
        ("*", "请写下您的诉求"),
        (";;,,", "请写下您的诉求"),
        ("", "请写下您的诉求"),
    ],
)
def test_an_error_is_told_in_the_language_that_is_wished(town: Town, wish: str, title: str) -> None:
    assert town.nobody().with_(Accept_Language=wish).post("/v1/cases", body(**EMPTY)).json["title"] == title


def test_without_a_wish_it_is_simplified_chinese(town: Town) -> None:
    assert town.nobody().post("/v1/cases", body(**EMPTY)).json["title"] == "请写下您的诉求"


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        ("zh-Hans", "最多5000个字，请缩短。"),
        ("zh-Hant", "最多5000個字，請縮短。"),
        ("en", "Use at most 5000 characters."),
    ],
)
def test_each_field_too(town: Town, lang: str, message: str) -> None:
    refused = town.nobody().with_(Accept_Language=lang).post("/v1/cases", body(**LONG))
    assert refused.json["fields"][0]["message"] == message


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_what_is_refused_before_it_is_read_too(town: Town, lang: str) -> None:
    sent = town.nobody().with_(Accept_Language=lang, Content_Type="application/json").send("POST", "/v1/cases", b"{")
    titles = {"zh-Hans": "不是有效的 JSON", "zh-Hant": "不是有效的 JSON", "en": "Not valid JSON"}
    assert sent.json["title"] == titles[lang]


@pytest.mark.parametrize(("lang", "word"), [("zh-Hans", "签收"), ("zh-Hant", "簽收"), ("en", "signed")])
def test_the_timeline_too(story: Story, lang: str, word: str) -> None:
    story.dispatched().acknowledged()
    text = story.citizen.with_(Accept_Language=lang).get(story.path).json["timeline"][-1]["text"]
    assert word in text.lower() or "accept" in text.lower()


def test_a_reason_for_not_accepting_too(story: Story) -> None:
    unit = story.dispatched().town.unit()
    story.act(unit, "complete", result="not_accepted", answer="见说明", reason_code="private_matter")
    said = story.citizen.with_(Accept_Language="en").get(story.path).json["timeline"][-1]["said"]
    assert said == {"answer": "见说明", "reason": "a dispute between private parties; mediation or the court can help"}


def test_every_refusal_says_what_to_do_next(story: Story) -> None:
    for reply in (
        story.says("rating", dict.fromkeys(("speed", "effect", "experience", "feedback", "overall"), 5)),
        story.town.nobody().get(story.path),
        story.citizen.get("/v1/cases/abc"),
        story.act(story.town.unit(), "acknowledge"),
    ):
        assert set(reply.json) >= {"type", "status", "code", "title", "detail"}
        assert reply.json["status"] == reply.status
        assert reply.header("Content-Type") == "application/problem+json"
        assert len(reply.json["detail"]) > len("请重试")
        assert "{" not in reply.json["detail"]
