"""One case as those see it who work on it."""

import pytest

from tests.api.stories import Story
from tests.api.town import FUTIAN, NAME, NANSHAN, OTHER_UNIT, PHONE, TEXT, Town


def test_the_unit_reads_words_place_and_masked_contact(story: Story) -> None:
    reply = story.dispatched().town.unit().get(story.work_path)
    view = reply.json
    assert (view["text"], view["place"]["address"], view["channel"]) == (TEXT, "莲花路1号", "mini")
    assert view["contact"] == {"phone": "+86138****8000", "name": "王**"}
    assert view["allowed_actions"] == ["acknowledge", "contact", "complete"]
    assert PHONE not in reply.answer.body.decode()
    assert NAME not in reply.answer.body.decode()


def test_the_desk_reads_why_and_what_else_it_could_be(town: Town) -> None:
    story = Story.filed(town, text="楼下烧烤店油烟噪音都很大，垃圾也没人收", place={"district": FUTIAN})
    town.city.lambdas.invoke("dispatch", {"case_id": story.case_id})
    view = town.dispatcher(district=FUTIAN).get(story.work_path).json
    assert 1 <= len(view["candidates"]) <= 5
    assert all(set(found) == {"item_code", "name", "unit", "score"} for found in view["candidates"])
    assert view["evidence"]
    assert view["release"]


def test_a_dispatch_by_hand_is_told_as_such(story: Story) -> None:
    view = story.dispatched().town.unit().get(story.work_path).json
    assert (view["rule"], view["confidence"]) == ("manual", 1.0)


def test_the_unit_reads_what_everybody_wrote(story: Story) -> None:
    story.supervised()
    story.act(story.town.supervisor(), "supervise", instruction="今晚现场复测")
    timeline = story.town.unit().get(story.work_path).json["timeline"]
    assert timeline[-1]["said"] == {"instruction": "今晚现场复测"}
    assert "instruction" not in story.seen()["timeline"][-1]["said"], "it is for the unit"


@pytest.mark.parametrize(
    ("role", "claims", "status"),
    [
        ("unit_staff", {"unit": OTHER_UNIT}, 404),
        ("unit_lead", {"unit": OTHER_UNIT}, 404),
        ("dispatcher", {"district": NANSHAN}, 404),
        ("supervisor", {"district": NANSHAN}, 404),
        ("dispatcher", {"district": FUTIAN}, 200),
        ("supervisor", {"district": FUTIAN}, 200),
        ("supervisor", {}, 200),
        ("citizen", {}, 404),
        ("auditor", {}, 404),
        ("operator", {}, 404),
        ("catalogue_publisher", {}, 404),
    ],
)
def test_who_sees_a_case(story: Story, role: str, claims: dict[str, str], status: int) -> None:
    """What is outside somebody's scope does not exist for them."""
    assert story.dispatched().town.at_work(role, **claims).get(story.work_path).status == status


def test_a_mistyped_number_and_an_unknown_case(town: Town) -> None:
    assert town.unit().get("/v1/work/cases/20260305-12345678-Z").code == "bad_case_number"


def test_a_confidential_case_is_read_without_its_contact(town: Town) -> None:
    story = Story.filed(town, confidential=True).dispatched()
    for reader in (town.unit(), town.dispatcher(), town.supervisor()):
        body = reader.get(story.work_path).answer.body.decode()
        assert not any(piece in body for piece in ("8000", "王", "masked"))
