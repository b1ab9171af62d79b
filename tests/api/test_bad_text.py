"""What citizens type into the one field that matters."""

import pytest

from tests.api.stories import Story
from tests.api.town import Town, body

LONGEST = 5000  # characters: limits.csv, text.max


@pytest.mark.parametrize("text", ["", " ", " \n\t\u3000 ", "\u200b\u200b\ufeff"])
def test_an_empty_text_is_answered_by_what_to_write(town: Town, text: str) -> None:
    refused = town.nobody().post("/v1/cases", body(text=text))
    assert (refused.status, refused.code) == (422, "text_required")
    assert refused.json["title"] == "请写下您的诉求"
    assert refused.fields == {"text": "missing"}


def test_a_text_left_out_is_a_field_that_is_missing(town: Town) -> None:
    refused = town.nobody().post("/v1/cases", {"kind": "help"})
    assert (refused.status, refused.fields) == (422, {"text": "missing"})


def test_5000_characters_are_a_text(town: Town) -> None:
    text = "吵" * LONGEST
    assert Story.filed(town, text=text).seen()["text"] == text


@pytest.mark.parametrize("length", [LONGEST + 1, 100_000])
def test_a_longer_text_is_answered_by_how_long_it_may_be(town: Town, length: int) -> None:
    refused = town.nobody().post("/v1/cases", body(text="吵" * length))
    assert (refused.status, refused.fields) == (422, {"text": "string_too_long"})
    assert refused.json["fields"][0]["message"] == "最多5000个字，请缩短。"


def test_emoji_alone_are_a_text(town: Town) -> None:
    """Nobody is sent away for how they say it: the desk reads it."""
    text = "😡🔊🏗️👨‍👩‍👧‍👦"
    story = Story.filed(town, text=text)
    town.city.lambdas.invoke("dispatch", {"case_id": story.case_id})
    assert (story.seen()["text"], story.seen()["status"]) == (text, "at_desk")


@pytest.mark.parametrize(
    "text",
    [
        "The construction site is too loud at night",
        "寶安區地盤半夜打樁，嘈到瞓唔着",
        "𠮷野家门口漏水\x00",
        "<script>1</script>{unit}%s",
    ],
)
def test_any_words_are_kept_as_they_were_said(town: Town, text: str) -> None:
    story = Story.filed(town, text=text)
    town.city.lambdas.invoke("dispatch", {"case_id": story.case_id})
    assert story.seen()["text"] == text


def test_half_a_character_is_refused(town: Town) -> None:
    """JSON can carry a lone surrogate, UTF-8 cannot."""
    sent = b'{"kind": "help", "text": "\\ud83d"}'
    refused = town.nobody().send("POST", "/v1/cases", sent, {"Content-Type": "application/json"})
    assert (refused.status, refused.code) == (400, "invalid_json")
