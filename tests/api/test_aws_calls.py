"""An API call is one transaction and nothing else (DESIGN §1): every AWS call of every route, counted."""

from collections.abc import Callable

import pytest

from tests.api.calls import recorded
from tests.api.client import Reply
from tests.api.stories import Story
from tests.api.town import ITEM, UNIT, Town, body, rating

READ_META, WHOLE_CASE, PERSON = "GetItem Cases", "Query Cases", "GetItem People"


def _write(cases: int, people: int = 0) -> str:
    return f"TransactWriteItems {cases} Cases" + (f"+{people} People" if people else "")


@pytest.fixture(autouse=True)
def warm(town: Town) -> None:
    """The first request of a process also reads its secrets."""
    for client, path in ((town.nobody(), "/v1/openapi.json"), (town.unit(), "/v1/work/queue")):
        assert client.get(path).status == 200


class Known(Story):
    """A case whose version is known beforehand, so that nothing but the act itself is counted."""

    version: int = 0


def _act(action: str, who: str = "unit", **said: object) -> Callable[[Known], Reply]:
    return lambda s: s.act(getattr(s.town, who)(), action, **said, version=s.version)


type Route = tuple[Callable[[Known], object], Callable[[Known], Reply], list[str]]

ROUTES: dict[str, Route] = {
    "GET /v1/cases/{case_id}": (lambda s: s, lambda s: s.citizen.get(s.path), [WHOLE_CASE]),
    "POST …/rating, good": (lambda s: s.worked(), lambda s: s.says("rating", rating(5)), [READ_META, _write(3)]),
    "POST …/rating, negative": (lambda s: s.worked(), lambda s: s.says("rating", rating(1)), [READ_META, _write(3)]),
    "POST …/rating, negative again": (
        lambda s: s.worked().rated(1).completed(),
        lambda s: s.says("rating", rating(1)),
        [READ_META, _write(4)],
    ),
    "POST …/supplements": (lambda s: s, lambda s: s.says("supplements", {"text": "补充"}), [READ_META, _write(3)]),
    "POST …/withdrawal": (lambda s: s, lambda s: s.says("withdrawal"), [READ_META, _write(2)]),
    "POST …/urges": (lambda s: s.dispatched(), lambda s: s.says("urges"), [READ_META, _write(2)]),
    "POST …/reopening": (
        lambda s: s.closed(),
        lambda s: s.says("reopening", {"reason": "又响了"}),
        [READ_META, _write(3)],
    ),
    "GET /v1/work/queue": (
        lambda s: s.dispatched(),
        lambda s: s.town.unit().get("/v1/work/queue"),
        ["Query work", "BatchGetItem Cases"],
    ),
    "GET /v1/work/cases/{case_id}": (
        lambda s: s.dispatched(),
        lambda s: s.town.unit().get(s.work_path),
        [WHOLE_CASE],
    ),
    "…/actions/dispatch": (
        lambda s: s,
        _act("dispatch", "dispatcher", item_code=ITEM, unit=UNIT),
        [READ_META, _write(2)],
    ),
    "…/actions/acknowledge": (lambda s: s.dispatched(), _act("acknowledge"), [READ_META, _write(2)]),
    "…/actions/contact": (lambda s: s.dispatched(), _act("contact", note="已联系"), [READ_META, _write(3)]),
    "…/actions/complete": (
        lambda s: s.dispatched(),
        _act("complete", result="resolved", answer="好"),
        [READ_META, _write(3)],
    ),
    "…/actions/urge": (lambda s: s.dispatched(), _act("urge", "supervisor"), [READ_META, _write(2)]),
    "…/actions/supervise": (
        lambda s: s.supervised(),
        _act("supervise", "supervisor", instruction="查"),
        [READ_META, _write(4)],
    ),
    "…/actions/close": (
        lambda s: s.supervised().completed(),
        _act("close", "supervisor", note="好"),
        [READ_META, _write(4)],
    ),
}


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_reads_once_and_writes_one_transaction(town: Town, route: str) -> None:
    before, act, expected = ROUTES[route]
    story = Known.filed(town)
    before(story)
    town.later(days=1)
    story.version = story.seen()["version"]
    with recorded() as calls:
        reply = act(story)
    assert reply.status == 200, reply.json
    assert [str(call) for call in calls] == expected


@pytest.mark.parametrize(
    ("who", "key", "changes", "expected"),
    [
        ("nobody", "", {}, [PERSON, _write(3, 2)]),
        ("nobody", "k", {}, [PERSON, _write(4, 2)]),
        ("nobody", "", {"contact": None}, [_write(3)]),
        ("nobody", "", {"anonymous": True}, [_write(3)]),
        ("citizen", "", {}, [PERSON, _write(3, 2)]),
    ],
    ids=["new phone", "new phone, with a key", "no contact", "anonymous", "new account"],
)
def test_filing_is_one_transaction(
    town: Town, who: str, key: str, changes: dict[str, object], expected: list[str]
) -> None:
    client = getattr(town, who)()
    with recorded() as calls:
        reply = (client.with_(Idempotency_Key=key) if key else client).post("/v1/cases", body(**changes))
    assert reply.status == 201
    assert [str(call) for call in calls] == expected


def test_a_known_phone_writes_no_person(town: Town) -> None:
    Story.filed(town)
    with recorded() as calls:
        Story.filed(town)
    assert [str(call) for call in calls] == [PERSON, _write(3)]


def test_a_repeated_filing_is_refused_by_the_table_and_then_read(town: Town) -> None:
    client = town.nobody().with_(Idempotency_Key="k")
    client.post("/v1/cases", body())
    with recorded() as calls:
        client.post("/v1/cases", body())
    assert [str(call) for call in calls] == [PERSON, _write(4), READ_META]


def test_a_key_is_one_more_item_of_the_same_transaction(story: Story) -> None:
    citizen = story.citizen.with_(Idempotency_Key="k")
    with recorded() as calls:
        story.says("supplements", {"text": "补充"}, by=citizen)
    assert [str(call) for call in calls] == [READ_META, _write(4)]


def test_own_cases_are_one_query_and_one_batch(town: Town) -> None:
    for _ in range(3):
        Story.filed(town, town.citizen())
    with recorded() as calls:
        town.citizen().get("/v1/cases")
    assert [str(call) for call in calls] == [PERSON, "Query citizen", "BatchGetItem Cases"]


def test_a_desk_asks_each_of_its_sixteen_shards(town: Town) -> None:
    with recorded() as calls:
        town.dispatcher().get("/v1/work/queue")
    assert [str(call) for call in calls] == ["Query work"] * 16


@pytest.mark.parametrize("wrong", [{"text": ""}, {"kind": "praise"}, {"place": {"lat": 23.02, "lon": 113.75}}])
def test_what_is_wrong_is_refused_before_anything_is_asked(town: Town, wrong: dict[str, object]) -> None:
    with recorded() as calls:
        assert town.nobody().post("/v1/cases", body(**wrong)).status == 422
    assert calls == []


def test_a_refused_act_writes_nothing(story: Story) -> None:
    with recorded() as calls:
        assert story.says("rating", rating(5)).status == 409
    assert [str(call) for call in calls] == [READ_META]


def test_a_stale_act_looks_whether_it_was_the_callers_own(story: Story) -> None:
    story.dispatched()
    with recorded() as calls:
        assert story.act(story.town.unit(), "acknowledge", version=1).status == 409
    assert [str(call) for call in calls] == [READ_META, READ_META]


def test_reads_never_write_and_nobody_scans(town: Town) -> None:
    story = Story.filed(town, town.citizen()).supervised()
    with recorded() as calls:
        for client, path in (
            (story.citizen, story.path),
            (town.citizen(), "/v1/cases"),
            (town.unit(), "/v1/work/queue"),
            (town.supervisor(), story.work_path),
        ):
            assert client.get(path).status == 200
    assert {call.operation for call in calls} <= {"GetItem", "Query", "BatchGetItem"}


def test_every_read_of_a_case_is_consistent(story: Story) -> None:
    """Indexes cannot be; they hold keys alone, and what they lead to is read again."""
    with recorded() as calls:
        story.seen()
        story.dispatched()
        story.town.unit().get("/v1/work/queue")
    for call in calls:
        if "TransactItems" not in call.parameters and "IndexName" not in call.parameters:
            asked = next(iter(call.parameters.get("RequestItems", {"": call.parameters}).values()))
            assert asked["ConsistentRead"] is True, str(call)
