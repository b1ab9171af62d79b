"""What waits for a unit, a desk, a supervisor: theirs alone, the most urgent first."""

import pytest

from infra.local.kinds import Json
from tests.api.client import Client
from tests.api.stories import Story
from tests.api.town import CITY, FAR_UNIT, FUTIAN, NANSHAN, OTHER_UNIT, TEXT, UNIT, Town

QUEUE = "/v1/work/queue"
URGENT_ITEM = next(code for code, item in CITY["items"].items() if item["urgent"])
NO_PLACE, VAGUE = {"address": "不知道在哪里"}, "有件事想说一下"


def _waiting(client: Client, query: str = "") -> list[str]:
    reply = client.get(QUEUE + query)
    assert reply.status == 200, reply.json
    return [case["case_id"] for case in reply.json["cases"]]


def _at_desk(town: Town, place: Json) -> Story:
    story = Story.filed(town, text=VAGUE, place=place)
    town.city.lambdas.invoke("dispatch", {"case_id": story.case_id})
    assert story.seen()["status"] == "at_desk"
    return story


def test_a_unit_sees_its_own_cases_and_no_others(town: Town) -> None:
    mine, others = Story.filed(town).dispatched(), Story.filed(town).dispatched(OTHER_UNIT)
    assert _waiting(town.unit()) == _waiting(town.unit(UNIT, "unit_staff")) == [mine.case_id]
    assert _waiting(town.unit(OTHER_UNIT)) == [others.case_id]
    assert _waiting(town.unit(FAR_UNIT)) == []


def test_the_most_urgent_comes_first_then_what_is_due_first(town: Town) -> None:
    late = Story.filed(town, kind="complaint").dispatched()
    early = Story.filed(town, kind="inquiry").dispatched()
    urgent = Story.filed(town).dispatched(item=URGENT_ITEM)
    assert _waiting(town.unit()) == [story.case_id for story in (urgent, early, late)]


def test_an_answered_case_waits_no_longer_and_a_rework_waits_again(town: Town) -> None:
    story = Story.filed(town).worked()
    assert _waiting(town.unit()) == []
    story.rated(1)
    assert _waiting(town.unit()) == [story.case_id]


def test_a_queue_is_narrowed_by_status(town: Town) -> None:
    new, signed = Story.filed(town).dispatched(), Story.filed(town).dispatched().acknowledged()
    assert _waiting(town.unit(), "?status=dispatched") == [new.case_id]
    assert _waiting(town.unit(), "?status=acknowledged&kind=handling") == [signed.case_id]


def test_a_districts_desk_sees_what_its_district_is_unsure_of(town: Town) -> None:
    here, nowhere = _at_desk(town, {"district": FUTIAN}), _at_desk(town, NO_PLACE)
    assert _waiting(town.dispatcher(district=FUTIAN)) == [here.case_id]
    assert _waiting(town.dispatcher(district=NANSHAN)) == []
    assert _waiting(town.dispatcher()) == [nowhere.case_id]


def test_supervisors_see_what_is_under_special_supervision_in_their_district(town: Town) -> None:
    story = Story.filed(town).supervised()
    assert _waiting(town.supervisor(district=FUTIAN)) == [story.case_id]
    assert _waiting(town.supervisor(district=NANSHAN)) == []
    assert _waiting(town.unit()) == [story.case_id], "the lead unit keeps it"


def test_pages_of_a_desk_hold_every_case_once(town: Town) -> None:
    """The desk's queue lies in sixteen shards; its pages are one list."""
    filed = {_at_desk(town, {"district": FUTIAN}).case_id for _ in range(23)}
    first = town.dispatcher(district=FUTIAN).get(QUEUE).json
    second = town.dispatcher(district=FUTIAN).get(f"{QUEUE}?cursor={first['cursor']}").json
    pages = [[case["case_id"] for case in page["cases"]] for page in (first, second)]
    assert ([len(page) for page in pages], set(pages[0] + pages[1])) == ([20, 3], filed)
    assert second["cursor"] is None


def test_a_cursor_of_another_units_queue_is_refused(town: Town) -> None:
    for _ in range(20):
        Story.filed(town).dispatched()
    cursor = town.unit().get(QUEUE).json["cursor"]
    assert town.unit(OTHER_UNIT).get(f"{QUEUE}?cursor={cursor}").code == "bad_cursor"


def test_somebody_elses_kind_of_queue_is_refused(town: Town) -> None:
    refused = town.unit().get(f"{QUEUE}?kind=desk")
    assert (refused.status, set(refused.fields)) == (422, {"kind"})
    assert town.unit().get(f"{QUEUE}?status=somewhere").fields == {"status": "enum"}


@pytest.mark.parametrize("role", ["citizen", "auditor", "operator", "arbiter", "member", "catalogue_editor"])
def test_other_roles_have_no_queue(town: Town, role: str) -> None:
    refused = town.at_work(role).get(QUEUE)
    assert (refused.status, refused.code) == (403, "forbidden")


def test_a_list_holds_no_words_of_anybody(town: Town) -> None:
    Story.filed(town).dispatched()
    assert TEXT not in town.unit().get(QUEUE).answer.body.decode()
