"""What citizens say instead of an address, read with the real catalogue."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from layers.lexicon.city import city
from layers.lexicon.compile import compile_release
from layers.lexicon.tables import CatalogueError
from suban.domain.gazetteer import District, Gazetteer, Street
from suban.domain.placenames import PlaceNames
from suban.domain.places import Place, locate
from tests.unit.city import CATALOG, Row, rows
from tests.unit.tiny_catalog import FILES, write_catalog

LUOHU, FUTIAN, NANSHAN, BAOAN, LONGGANG, LONGHUA = "440303", "440304", "440305", "440306", "440307", "440309"
HEADER = FILES["landmarks.csv"]

landmarks = rows("landmarks")


@cache
def compiled() -> dict[str, Any]:
    return city(CATALOG)


@cache
def gazetteer(*, with_landmarks: bool = True) -> Gazetteer:
    data = compiled()
    names = PlaceNames(**data["place_names"] | ({} if with_landmarks else {"landmarks": {}}))
    streets = {code: Street(code, **row) for code, row in data["streets"].items()}
    return Gazetteer({code: District(code, **row) for code, row in data["districts"].items()}, streets, names)


def place(text: str, address: str = "") -> tuple[str | None, str | None]:
    found = locate(Place(address=address), text, gazetteer()).place
    return found.district, found.street


def test_every_row_has_the_shape_of_its_schema() -> None:
    schema = json.loads((CATALOG / "schemas/landmarks.schema.json").read_text(encoding="utf-8"))
    assert [error.message for row in landmarks for error in Draft202012Validator(schema).iter_errors(row)] == []


@pytest.mark.parametrize(
    ("text", "district", "street"),
    [
        ("白石洲地铁站旁边的烧烤店半夜很吵", NANSHAN, "440305003"),
        ("白石洲地铁口共享单车堆成山", NANSHAN, "440305003"),
        ("住在岗厦，楼下垃圾没人收", FUTIAN, "440304004"),
        ("车公庙堵车", FUTIAN, None),
        ("翻身地铁站的扶梯坏了", BAOAN, "440306017"),
        ("深圳北站东广场黑车拉客", LONGHUA, "440309002"),
        ("kkmall 的电梯困人", LUOHU, "440303001"),
        ("彩田路路灯不亮", FUTIAN, None),
    ],
)
def test_a_landmark_tells_its_district_and_where_it_is_sure_its_street(
    text: str, district: str, street: str | None
) -> None:
    assert place(text) == (district, street)


@pytest.mark.parametrize(
    "text", ["北环大道堵车", "深南大道路面塌陷", "宝安大道绿化带死树", "梅林关排队", "在梧桐山上迷路", "红岭地铁站漏水"]
)
def test_what_lies_across_districts_decides_nothing(text: str) -> None:
    assert place(text) == (None, None)


def test_a_road_named_after_another_district_is_not_in_it() -> None:
    assert place("宝安南路的井盖坏了") == (LUOHU, None)
    assert place("宝安大道的井盖坏了") == (None, None)
    assert place("在宝安区宝安大道") == (BAOAN, None)


def test_two_landmarks_of_two_districts_decide_nothing_and_a_whole_name_outweighs_one() -> None:
    assert place("从车公庙去深圳北站的公交太少") == (None, None)
    assert place("龙岗的公交去深圳北站太少") == (None, None)
    assert place("龙岗区的公交去深圳北站太少") == (LONGGANG, None)


def test_the_gate_of_a_park_is_no_street() -> None:
    assert place("翠竹公园东门没有路灯") == (LUOHU, None)
    assert place("罗湖东门没有路灯") == (LUOHU, "440303003")


def test_an_ambiguous_name_is_believed_beside_another_only() -> None:
    assert place("华润城市更新什么时候开始") == (None, None)
    assert place("南山华润城楼下很吵") == (NANSHAN, "440305007")
    assert place("", "华润城三期") == (NANSHAN, "440305007")


def administrative_names() -> list[str]:
    tables = compiled()["place_names"]
    return sorted({*tables["whole"], *tables["free"]})


def test_no_landmark_swallows_the_name_of_a_district_street_or_community() -> None:
    """Each name, alone and with the words around it, is read as it was before there were landmarks."""
    before, after = gazetteer(with_landmarks=False).names, gazetteer().names
    for name in administrative_names():
        for text in (name, f"我在{name}的路上", f"{name}和{name}"):
            assert after.mentions(text, is_address=False) == before.mentions(text, is_address=False)


def test_a_landmark_that_holds_the_name_of_a_district_may_only_contradict_it_knowingly() -> None:
    """宝安南路 is in 罗湖, 松坪山 no part of 坪山; every other agrees with it or lies across several."""
    tables = compiled()["place_names"]
    streets = compiled()["streets"]
    astray = {
        name
        for name, codes in tables["landmarks"].items()
        for short, district in tables["free"].items()
        if short in name
        and len(codes) == 1
        and streets.get(codes[0], {"district": codes[0]})["district"] != district[0]
    }
    assert astray == {"宝安南路", "宝安北路", "松坪山"}


def test_names_of_two_characters_are_listed_only_where_they_are_no_part_of_a_word() -> None:
    """上沙 is in 路上沙子, 水围 in 积水围着, 晒布 in 晾晒布料."""
    short = {name for name in compiled()["place_names"]["landmarks"] if len(name) < 3}
    assert short == {"坝光", "岗厦", "皇岗"}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("甲山,park,440301,,,anywhere,sure,x", "“甲山” is the name of a district, street or community"),
        ("小塘,park,440302,,,anywhere,sure,x", "“小塘” is a street or community elsewhere: believed beside"),
        ("大塘,park,440302,440301001,,anywhere,sure,x", "street 440301001 does not lie in 440302"),
        ("大塘,park,440309,,,anywhere,sure,x", "district: nobody has 440309"),
        (
            "大塘,park,440301,,,anywhere,sure,x\n大塘,mall,440302,,,anywhere,sure,x",
            "“大塘” is another landmark in 440301",
        ),
        ("大塘,park,440301,,,anywhere,sure,x\n大塘,park,440302,,,anywhere,sure,x", "park 大塘 is already at landmarks"),
    ],
)
def test_the_compiler_reports_a_landmark_that_contradicts_another_name(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=says):
        compile_release(write_catalog(tmp_path, landmarks=f"{HEADER}{row}\n"), tmp_path / "out")


def test_a_landmark_that_agrees_with_a_community_makes_it_believed_anywhere(tmp_path: Path) -> None:
    catalog = write_catalog(tmp_path, landmarks=f"{HEADER}小塘,village,440301,440301001,,anywhere,sure,x\n")
    assert city(catalog)["place_names"]["landmarks"] == {"小塘": ["440301001"]}


def test_a_fact_that_is_not_sure_is_not_believed_by_itself() -> None:
    def unsure(row: Row) -> bool:
        return row["certainty"] != "sure" and row["believed"] == "anywhere"

    assert [row["name"] for row in landmarks if unsure(row)] == []
