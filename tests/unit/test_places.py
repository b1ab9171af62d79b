import pytest

from suban.domain.errors import Invalid
from suban.domain.gazetteer import District, Gazetteer, Neighbour, Street
from suban.domain.placenames import PlaceNames
from suban.domain.places import Located, OutsideCity, Place, locate

A, B = "440301", "440302"
EAST, WEST, LOTUS = "440301001", "440301002", "440302001"
CITY = Gazetteer(
    districts={
        A: District(A, "甲山区", "甲山", "DESK-1", 22.5, 114.0),
        B: District(B, "乙海区", "乙海", "D2", 22.5, 114.3),
    },
    streets={
        EAST: Street(EAST, "东山街道", A, 22.50, 113.98),
        WEST: Street(WEST, "西河街道", A, 22.52, 114.06),
        LOTUS: Street(LOTUS, "莲花街道", B, 22.50, 114.30),
        "440302400": Street("440302400", "空港", B, None, None),
    },
    names=PlaceNames(
        whole={
            "甲山区": [A],
            "乙海区": [B],
            "东山街道": [EAST],
            "西河街道": [WEST],
            "莲花街道": [LOTUS],
            "小塘社区": [EAST],
        },
        free={"甲山": [A], "乙海": [B], "jiashan": [A]},
        bound={"东山": [EAST], "西河": [WEST], "莲花": [LOTUS], "新村": [EAST, LOTUS]},
    ),
    neighbours=(
        Neighbour("丙市", "0700-12345", 22.54, 22.9, 114.0, 114.2),
        Neighbour("别处", "12345", -90, 90, -180, 180),
    ),
)


def found(place: Place, text: str = "") -> tuple[str | None, str | None, str]:
    located = locate(place, text, CITY)
    return located.place.district, located.place.street, located.by


def test_a_street_code_tells_its_district() -> None:
    assert found(Place(street=WEST)) == (A, WEST, "code")


def test_words_refine_a_code_but_never_contradict_it() -> None:
    assert found(Place(district=A, address="西河街道新村1号")) == (A, WEST, "code")
    assert found(Place(district=A, address="乙海区莲花街道")) == (A, None, "code")


@pytest.mark.parametrize(
    ("address", "text", "place"),
    [
        ("甲山区东山街道1号", "", (A, EAST, "words")),
        ("甲山东山路口", "", (A, EAST, "words")),
        ("东山花园3栋", "", (A, EAST, "words")),
        ("", "小塘社区的路灯坏了", (A, EAST, "words")),
        ("", "JiaShan 区的路灯坏了", (A, None, "words")),
        ("", "jiashanlu 的路灯坏了", (None, None, "unknown")),
        ("", "在小区东山门口", (None, None, "unknown")),
        ("", "从甲山区开到乙海区的公交", (None, None, "unknown")),
        ("", "乙海区的人在甲山上", (B, None, "words")),
        ("甲山区新村", "", (A, EAST, "words")),
        ("甲山区东山街道和西河街道交界", "", (A, None, "words")),
    ],
)
def test_words_name_one_place_or_none(address: str, text: str, place: tuple[str | None, str | None, str]) -> None:
    assert found(Place(address=address), text) == place


def test_words_naming_another_city_never_refuse() -> None:
    assert found(Place(address="丙市人民路"), "我在丙市") == (None, None, "unknown")


def test_a_point_takes_the_clearly_nearest_street_and_states_its_accuracy() -> None:
    located = locate(Place(lat=22.503, lon=113.98), "", CITY)
    assert located == Located(Place(A, EAST, None, 22.503, 113.98), "point", 334)


def test_a_point_between_two_streets_tells_the_district_alone_and_between_two_districts_nothing() -> None:
    assert found(Place(lat=22.51, lon=114.02)) == (A, None, "point")
    assert found(Place(lat=22.51, lon=114.17)) == (None, None, "unknown")


def test_a_point_is_read_within_the_district_that_the_code_names() -> None:
    assert found(Place(district=B, lat=22.503, lon=114.25)) == (B, LOTUS, "code")


@pytest.mark.parametrize(
    ("place", "name", "hotline"),
    [
        (Place(lat=22.7, lon=114.1), "丙市", "0700-12345"),
        (Place(lat=39.9, lon=116.4), "别处", "12345"),
        (Place(district="110101"), "别处", "12345"),
        (Place(street="110101001"), "别处", "12345"),
    ],
)
def test_codes_and_points_outside_the_city_are_refused_with_who_answers_there(
    place: Place, name: str, hotline: str
) -> None:
    with pytest.raises(OutsideCity) as refused:
        locate(place, "", CITY)
    assert refused.value.fields == {"name": name, "hotline": hotline}


def test_a_border_point_near_a_street_is_ours_even_inside_a_neighbours_rectangle() -> None:
    assert found(Place(lat=22.545, lon=114.06)) == (A, WEST, "point")


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (Place(district="440399"), "place.district"),
        (Place(street="440301999"), "place.street"),
        (Place(district=B, street=EAST), "place.street"),
    ],
)
def test_codes_of_this_city_that_nobody_has_are_a_mistake_of_the_caller(place: Place, field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        locate(place, "", CITY)
    assert wrong.value.fields == {"field": field}
