"""What a new duty list changes."""

from pathlib import Path

from layers.lexicon.compile import compile_release
from layers.lexicon.diff import changes, read
from tests.unit.tiny_catalog import FILES, write_catalog


def test_every_change_of_law_is_one_line(tmp_path: Path) -> None:
    noise = FILES["items/03-noise.csv"].replace("施工,b_env,,no,yes,3wd", "施工,st_enforce,,no,yes,2wd")
    lights = "\n".join(FILES["items/06-fixtures.csv"].splitlines()[:2]) + "\n"
    limits = FILES["limits.csv"].replace("handling.help,10wd", "handling.help,8wd")
    days = FILES["calendar/2026.csv"] + "2026-05-01,holiday,劳动节\n"
    old = read(write_catalog(tmp_path / "old"))
    new = read(
        write_catalog(tmp_path / "new", **{"03-noise": noise, "06-fixtures": lights, "limits": limits, "2026": days})
    )
    assert list(changes(old, new)) == [
        "- 事项 06-02-001 路灯不亮",
        "~ 事项 03-01-001 夜间超时施工噪声：责任岗位 b_env → st_enforce",
        "~ 事项 03-01-001 夜间超时施工噪声：时限 3wd → 2wd",
        "~ 时限规则 handling.help：10wd → 8wd",
        "+ 日历 2026-05-01 放假",
    ]


def test_a_compiled_release_says_the_same_as_its_catalogue(tmp_path: Path) -> None:
    catalog = write_catalog(tmp_path / "catalog")
    compile_release(catalog, tmp_path / "out")
    assert list(changes(read(catalog), read(tmp_path / "out"))) == []
