"""受理: a case from each kind of citizen, and what is answered."""

from tests.api.stories import Story
from tests.api.town import NAME, PHONE, TEXT, Town, body


def test_a_case_is_filed_with_one_sentence(town: Town) -> None:
    reply = town.nobody().post("/v1/cases", {"kind": "complaint", "text": TEXT})
    assert reply.status == 201
    assert set(reply.json) == {"case_id", "tracking_code", "status"}
    assert reply.json["status"] == "submitted"
    assert reply.json["case_id"].startswith("20260305-")


def test_what_was_filed_can_be_read_at_once(town: Town) -> None:
    seen = Story.filed(town).seen()
    assert (seen["text"], seen["status"], seen["version"], seen["round"]) == (TEXT, "submitted", 1, 1)
    assert seen["place"]["district"] == {"code": "440304", "name": "福田区"}
    assert seen["place"]["address"] == "莲花路1号"
    assert [step["event"] for step in seen["timeline"]] == ["CaseSubmitted"]
    assert seen["allowed_actions"] == ["supplement", "withdraw"]


def test_kinds_are_the_four_of_the_city(town: Town) -> None:
    for kind in ("inquiry", "complaint", "suggestion", "help"):
        assert Story.filed(town, kind=kind).seen()["kind"] == kind


def test_a_case_without_contact_is_filed(town: Town) -> None:
    view = town.dispatcher().get(Story.filed(town, contact=None).work_path).json
    assert (view["contact"], view["anonymous"]) == (None, False)


def test_an_anonymous_case_keeps_nothing_of_its_citizen(town: Town) -> None:
    story = Story.filed(town, town.citizen(), anonymous=True)
    view = town.dispatcher().get(story.work_path).json
    assert (view["contact"], view["anonymous"]) == (None, True)
    assert story.citizen.get(story.path).status == 200
    assert town.citizen().get(story.path).status == 404, "an anonymous case belongs to no account"
    assert town.citizen().get("/v1/cases").json["cases"] == []


def test_a_confidential_case_shows_its_contact_to_nobody_at_work(town: Town) -> None:
    story = Story.filed(town, confidential=True)
    view = town.dispatcher().get(story.work_path)
    assert (view.json["contact"], view.json["confidential"]) == (None, True)
    assert NAME[0] + "**" not in view.answer.body.decode()


def test_a_citizen_with_an_account_finds_the_case_among_their_own(town: Town) -> None:
    story = Story.filed(town, town.citizen())
    assert [case["case_id"] for case in town.citizen().get("/v1/cases").json["cases"]] == [story.case_id]
    assert town.citizen().get(story.path).status == 200


def test_a_phone_typed_by_somebody_opens_no_account(town: Town) -> None:
    """Whoever knows a number must not see what its owner filed."""
    story = Story.filed(town, town.citizen("owner"), contact={"phone": PHONE})
    Story.filed(town, town.citizen("stranger"), contact={"phone": PHONE})
    assert town.citizen("stranger").get(story.path).status == 404
    assert len(town.citizen("stranger").get("/v1/cases").json["cases"]) == 1


def test_somebody_at_work_files_for_the_phone_that_is_given(town: Town) -> None:
    assert town.unit().post("/v1/cases", body()).status == 201


def test_a_token_that_does_not_hold_files_nothing(town: Town) -> None:
    reply = town.holding("not.a.token").post("/v1/cases", body())
    assert (reply.status, reply.code) == (401, "unauthenticated")


def test_a_theme_of_the_catalogue_is_taken_and_others_are_named(town: Town) -> None:
    assert town.nobody().post("/v1/cases", body(theme="noise")).status == 201
    refused = town.nobody().post("/v1/cases", body(theme="weather"))
    assert (refused.status, refused.fields) == (422, {"theme": "enum"})
    assert "noise" in refused.json["fields"][0]["message"]


def test_two_cases_have_two_numbers_and_two_codes(town: Town) -> None:
    one, other = Story.filed(town), Story.filed(town)
    assert one.case_id != other.case_id
    assert one.code != other.code


def test_an_account_that_gives_its_phone_later_is_told_from_then_on(town: Town) -> None:
    citizen = town.citizen()
    Story.filed(town, citizen, contact=None)
    Story.filed(town, citizen, contact={"phone": "13900139000"})
    silent = Story.filed(town, citizen, contact=None).dispatched()
    town.city.drain()
    told = [m for m in town.city.messages.newest(silent.case_id) if m["kind"] == "sms"]
    assert [m["to"] for m in told] == ["+8613900139000"]
