"""`/_city/…`: useful answers, and one clear sentence for a bad question."""

import jwt
import pytest

from infra.local.city import City
from infra.local.passes import ROLES
from tests.local.visitor import Visitor, over_the_wire


@pytest.fixture
def visitor(city: City) -> Visitor:
    return Visitor(city)


def claims(city: City, token: str) -> dict[str, object]:
    (key,) = jwt.PyJWKSet.from_dict(city.issuer.jwks()).keys
    return jwt.decode(token, key, algorithms=["RS256"], audience="suban", issuer=city.url)


def test_the_clock_tells_and_jumps(visitor: Visitor) -> None:
    assert visitor.ask("GET", "/_city/clock") == (200, {"now": "2026-03-05T10:00:00+08:00", "speed": 0})
    assert visitor.ask("POST", "/_city/clock", {"advance": "P1DT3H"}) == (200, {"now": "2026-03-06T13:00:00+08:00"})


WRONG: list[object] = [
    None,
    [],
    {},
    {"advance": 3},
    {"advance": "P1D", "speed": 2},
    *({"advance": text} for text in ("3 days", "P", "P1M", "P1DT", "-P1D", "P900D", "P999999999999D")),
]


@pytest.mark.parametrize("wish", WRONG)
def test_a_wrong_jump_is_refused_and_nothing_moves(visitor: Visitor, wish: object) -> None:
    status, told = visitor.ask("POST", "/_city/clock", wish)

    assert (status, told["title"]) == (400, "Bad request")
    assert told["detail"].endswith(".")
    assert visitor.ask("GET", "/_city/clock")[1]["now"] == "2026-03-05T10:00:00+08:00"


def test_everybody_gets_a_token(city: City, visitor: Visitor) -> None:
    told = visitor.ask("GET", "/_city/tokens")[1]["tokens"]

    assert [one["role"] for one in told] == list(ROLES)
    assert [claims(city, one["token"])["role"] for one in told] == list(ROLES)


def test_a_token_has_the_scope_that_was_asked_for(city: City, visitor: Visitor) -> None:
    unit, district = next((code, u["district"]) for code, u in city.passes._units.items() if u["district"])
    token = visitor.ask("GET", f"/_city/tokens?role=unit_lead&unit={unit}&sub=zhang")[1]["token"]

    found = claims(city, token)
    assert {name: found[name] for name in ("role", "unit", "district", "sub")} == {
        "role": "unit_lead",
        "unit": unit,
        "district": district,
        "sub": "zhang",
    }


def test_a_demo_token_opens_the_work_api(visitor: Visitor) -> None:
    token = visitor.ask("GET", "/_city/tokens?role=unit_lead")[1]["token"]

    assert visitor.ask("GET", "/v1/work/queue?kind=handling", Authorization=f"Bearer {token}")[0] == 200


@pytest.mark.parametrize(
    "query", ["role=mayor", "role=unit_lead&unit=NONE", "role=dispatcher&district=1", "unit=B04", "role=citizen&age=7"]
)
def test_a_wrong_token_is_refused(visitor: Visitor, query: str) -> None:
    status, told = visitor.ask("GET", f"/_city/tokens?{query}")

    assert (status, told["detail"][-1]) == (400, ".")


@pytest.mark.parametrize("query", ["limit=0", "limit=many", "person=1"])
def test_a_wrong_question_for_messages_is_refused(visitor: Visitor, query: str) -> None:
    assert visitor.ask("GET", f"/_city/messages?{query}")[0] == 400


@pytest.mark.parametrize(
    "target", ["/_city/cases/20260305-00000000-0/execution", "/_city/nothing", "/_city/cases/%20/execution"]
)
def test_what_is_not_there_is_missing(visitor: Visitor, target: str) -> None:
    assert visitor.ask("GET", target)[0] == 404


def test_the_keys_are_served_where_the_functions_look(city: City) -> None:
    status, told = over_the_wire(city, "GET", "/_city/jwks.json")

    assert (status, told) == (200, city.issuer.jwks())
    assert city.stack.environment("citizen")["JWKS_URL"] == f"{city.url}/_city/jwks.json"
