import pytest

from suban.domain.duty import DutyList, Item, Unit
from suban.domain.places import Place
from suban.domain.routing import Route, Unrouted, resolve_unit, route

A, B = "440301", "440302"


def unit(code: str, role: str, district: str | None = None, street: str | None = None) -> Unit:
    return Unit(code, code, code, "city", role, district, street)


UNITS = {
    one.code: one
    for one in (
        unit("LIGHT", "light"),
        unit("ENV-A", "env", A),
        unit("ENV-B", "env", B),
        unit("ENF-1", "enforce", A, "440301001"),
        unit("ENF-2", "enforce", A, "440301002"),
        unit("TWIN-1", "twin"),
        unit("TWIN-2", "twin"),
        unit("PARK-CITY", "park"),
        unit("PARK-A", "park", A),
    )
}


@pytest.mark.parametrize(
    ("role", "place", "expected"),
    [
        ("light", Place(), Route("LIGHT")),
        ("env", Place(A), Route("ENV-A")),
        ("env", Place(), Route(None, Unrouted.DISTRICT_NEEDED)),
        ("env", Place("440303"), Route(None, Unrouted.NOT_THERE)),
        ("enforce", Place(A, "440301002"), Route("ENF-2")),
        ("enforce", Place(A), Route(None, Unrouted.STREET_NEEDED)),
        ("enforce", Place(A, "440301009"), Route(None, Unrouted.NOT_THERE)),
        ("enforce", Place(B), Route(None, Unrouted.NOT_THERE)),
        ("twin", Place(A), Route(None, Unrouted.SEVERAL)),
        ("park", Place(A), Route("PARK-A")),
        ("park", Place(B), Route("PARK-CITY")),
        ("park", Place(), Route(None, Unrouted.DISTRICT_NEEDED)),
        ("ghost", Place(A), Route(None, Unrouted.NOBODY)),
    ],
)
def test_role_and_place_give_exactly_one_unit_or_the_reason_why_not(role: str, place: Place, expected: Route) -> None:
    duty = DutyList("r1", {"03-01-001": Item("03-01-001", "x", "03", role)}, UNITS)
    assert route("03-01-001", place, duty) == expected
    assert resolve_unit(role, place, UNITS) == expected.unit
