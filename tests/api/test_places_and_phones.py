"""地点 and 电话 as citizens give them."""

import pytest

from infra.local.kinds import Json
from tests.api.stories import Story
from tests.api.town import CITY, FUTIAN, Town, body

STREET = next(code for code, street in CITY["streets"].items() if street["district"] == FUTIAN)
STREET_NAME = CITY["streets"][STREET]["name"]


@pytest.mark.parametrize("said", [FUTIAN, "福田", "福田区", " 福田 "])
def test_a_district_is_known_by_its_code_or_its_name(town: Town, said: str) -> None:
    seen = Story.filed(town, place={"district": said}).seen()
    assert seen["place"]["district"] == {"code": FUTIAN, "name": "福田区"}


@pytest.mark.parametrize(
    "place", [{"street": STREET}, {"street": STREET_NAME}, {"district": "福田", "street": STREET_NAME}]
)
def test_a_street_tells_its_district(town: Town, place: Json) -> None:
    seen = Story.filed(town, place=place).seen()["place"]
    assert (seen["street"]["code"], seen["district"]["code"]) == (STREET, FUTIAN)


@pytest.mark.parametrize("said", ["羅湖", "羅湖區", "luohu"])
def test_a_district_may_be_written_in_any_way_the_catalogue_knows(town: Town, said: str) -> None:
    assert Story.filed(town, place={"district": said}).seen()["place"]["district"]["name"] == "罗湖区"


@pytest.mark.parametrize("said", ["东莞", "某某区", "Kowloon"])
def test_words_never_refuse_a_case(town: Town, said: str) -> None:
    """SPEC §3: only coordinates and codes do; the desk reads the words."""
    seen = Story.filed(town, place={"district": said}).seen()["place"]
    assert (seen["district"], seen["address"]) == (None, said)


def test_a_point_tells_the_district(town: Town) -> None:
    district = CITY["districts"][FUTIAN]
    seen = Story.filed(town, place={"lat": district["lat"], "lon": district["lon"]}).seen()
    assert seen["place"]["district"]["code"] == FUTIAN


@pytest.mark.parametrize(
    ("lat", "lon", "name", "hotline"),
    [
        (23.02, 113.75, "东莞市", "0769-12345"),
        (23.11, 114.42, "惠州市", "0752-12345"),
        (22.28, 114.16, "香港特别行政区", "1823"),
        (23.13, 113.26, "广州市", "020-12345"),
        (39.90, 116.40, "其他地区", "12345"),
    ],
)
def test_a_point_outside_is_sent_to_the_neighbour(town: Town, lat: float, lon: float, name: str, hotline: str) -> None:
    refused = town.nobody().post("/v1/cases", body(place={"lat": lat, "lon": lon}))
    assert (refused.status, refused.code) == (422, "outside_city")
    assert name in refused.json["detail"]
    assert hotline in refused.json["detail"]


@pytest.mark.parametrize("place", [{"district": "441900"}, {"street": "110101001"}])
def test_a_code_of_another_city_is_refused(town: Town, place: Json) -> None:
    refused = town.nobody().post("/v1/cases", body(place=place))
    assert (refused.status, refused.code) == (422, "outside_city")


@pytest.mark.parametrize(
    "place", [{"district": "440399"}, {"street": "440304999"}, {"district": "440305", "street": STREET}]
)
def test_a_code_that_cannot_be_is_a_wrong_field(town: Town, place: Json) -> None:
    refused = town.nobody().post("/v1/cases", body(place=place))
    assert (refused.status, refused.code) == (422, "invalid_request")
    assert set(refused.fields) <= {"place.district", "place.street"}


@pytest.mark.parametrize(
    ("phone", "seen"),
    [
        ("13800138000", "+86138****8000"),
        ("138 0013 8000", "+86138****8000"),
        ("+86 138-0013-8000", "+86138****8000"),
        ("１３８００１３８０００", "+86138****8000"),
        ("+852 9123 4567", "+852****4567"),
    ],
)
def test_a_phone_is_understood_and_shown_masked(town: Town, phone: str, seen: str) -> None:
    view = town.dispatcher().get(Story.filed(town, contact={"phone": phone, "name": "王小明"}).work_path).json
    assert view["contact"] == {"phone": seen, "name": "王**"}


@pytest.mark.parametrize(
    "phone", ["12345", "1380013800", "138001380000", "12800138000", "abc", "+852 1234", "电话", "-"]
)
def test_a_phone_that_cannot_be_is_told_how_it_looks(town: Town, phone: str) -> None:
    refused = town.nobody().post("/v1/cases", body(contact={"phone": phone}))
    assert (refused.status, refused.fields) == (422, {"contact.phone": "phone"})
    assert "+852" in refused.json["fields"][0]["message"]
