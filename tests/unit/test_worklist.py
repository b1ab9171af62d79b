"""What an editor is told, each with file and line."""

from pathlib import Path

import pytest

from layers.lexicon import check
from layers.lexicon.city import item_rows
from layers.lexicon.compile import compile_release
from layers.lexicon.reference import Reference
from layers.lexicon.tables import Row
from layers.lexicon.worklist import LeaveOneOut, badly_written, beyond_the_law, decides, repeated, unanswered
from suban.adapters.release import Release
from suban.domain.city import City
from tests.unit.tiny_catalog import FILES, write_catalog

ROW = {
    "code": "03-01-001", "name": "夜间超时施工噪声", "role": "b_env", "urgent": "no", "limit": "3wd",
    "wordings": "半夜工地打桩|凌晨工地施工|晚上工地浇混凝土", "tell_apart": "工地|半夜", "neighbours": "",
    "not_here": "装修噪声归 03-01-002",
}  # fmt: skip


def row(line: int = 2, **changed: str) -> Row:
    return Row(ROW | changed, Path("items/03.csv"), line)


def test_a_name_and_a_wording_belong_to_one_item() -> None:
    other = row(3, code="03-01-002", wordings="半夜工地打桩|b|c")
    assert [str(found) for found in repeated([row(), other])] == [
        "items/03.csv:3: 03-01-002 夜间超时施工噪声: 同名事项：03-01-001",
        "items/03.csv:3: 03-01-002 夜间超时施工噪声: 说法“半夜工地打桩”已属于 03-01-001",
    ]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"wordings": "一|二"}, "2 条说法，应有 3～8 条"),
        ({"tell_apart": ""}, "tell_apart 和 not_here 都要写"),
        ({"not_here": ""}, "tell_apart 和 not_here 都要写"),
        ({"neighbours": "09-09-009"}, "相邻事项 09-09-009 不存在"),
    ],
)
def test_a_badly_written_item_is_told(changed: dict[str, str], says: str) -> None:
    assert [found.says for found in badly_written([row(2, **changed)])] == [says]
    assert list(badly_written([row()])) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"limit": "16wd"}, "时限 16wd 长于法定上限"),
        ({"urgent": "yes", "limit": "3wd"}, "紧急事项要写自然时限，如 24h"),
        ({"urgent": "yes", "limit": ""}, "紧急事项要写自然时限，如 24h"),
    ],
)
def test_no_item_is_laxer_than_the_law(tmp_path: Path, changed: dict[str, str], says: str) -> None:
    city = _city(tmp_path)
    assert [found.says for found in beyond_the_law([row(2, **changed)], city)] == [says]
    assert list(beyond_the_law([row(), row(limit="15wd"), row(limit="")], city)) == []


def test_a_role_that_nobody_or_two_units_hold_is_a_hole(tmp_path: Path) -> None:
    twice = FILES["units.csv"] + "ENV-9,甲区环境局二,甲环境二,branch,b_env,440301,,CITY,CITY,440301,CITY,sure\n"
    city = _city(tmp_path, units=twice)
    (hole,) = unanswered([row()], city)
    assert hole.says == "2 处没有唯一的责任单位：东山街道 several_units、西河街道 several_units"
    assert list(unanswered([row()], _city(tmp_path / "well"))) == []


def test_a_wording_left_out_is_found_by_the_rest(tmp_path: Path) -> None:
    left_out = LeaveOneOut(item_rows(write_catalog(tmp_path)))
    left_out.run()
    assert left_out.asked == 13
    assert left_out.near >= left_out.first > left_out.asked / 2
    assert len(left_out.misses) == left_out.asked - left_out.first


def test_the_reference_forgets_the_text_that_it_is_asked_for() -> None:
    lamp, cover, bench = [("路灯不亮", 1), ("路灯灭了", 1)], [("井盖丢了", 1), ("路灯坏了", 1)], [("长椅坏了", 1)]
    texts = Reference([lamp, cover, bench, [("公厕脏", 1)], [("树倒了", 1)]])
    assert texts.top("路灯坏了")[0] == 1
    assert texts.top("路灯坏了", (1, 1))[0] != 1


def test_what_tells_twins_apart() -> None:
    assert decides(row(), row()) == "同一单位，只影响统计与时限"
    assert decides(row(), row(role="st_enforce", tell_apart="装修")).startswith("责任单位不同（b_env / st_enforce）")


def test_every_mistake_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = (
        FILES["units.csv"]
        .replace("branch,b_env,440302", "planet,b_env,440302")
        .replace("CITY,CITY,440301,CITY,sure\nENF-12", "GHOST,CITY,440301,CITY,sure\nENF-12")
    )
    write_catalog(tmp_path, units=broken, themes=FILES["themes.csv"].replace(",08", ",99"))
    monkeypatch.setattr("sys.argv", ["check", "--catalog", str(tmp_path)])
    assert check.main() == 1
    told = capsys.readouterr().out
    assert "units.csv:5: level “planet” is not allowed" in told
    assert "nobody has “GHOST”" in told
    assert "themes.csv:2: classes: nobody has 99" in told


def _city(folder: Path, **changed: str) -> City:
    compile_release(write_catalog(folder / "catalog", **changed), folder / "out")
    return Release.load(folder / "out")
