import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from layers.lexicon.compile import compile_release
from layers.lexicon.tables import CatalogueError
from suban.adapters.release import Release, ReleaseBroken, ReleaseMissing
from tests.unit.tiny_catalog import FILES, write_catalog

ROOT = Path(__file__).parents[2]
BUILT = ("city.json", "lexicon.json", "lexicon.idx")


def compiled(folder: Path, **changed: str) -> Path:
    compile_release(write_catalog(folder / "catalog", **changed), folder / "out")
    return folder / "out"


def command(catalog: Path, out: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "layers.lexicon.compile", "--catalog", str(catalog), "--out", str(out)]
    return subprocess.run(  # noqa: S603 - our own command
        line, cwd=ROOT, env=os.environ | environment, check=False, capture_output=True, text=True
    )


def with_cell(name: str, line: int, column: str, value: str) -> str:
    """A file of the tiny catalogue with one value changed; line 1 is the header."""
    rows = list(csv.reader(io.StringIO(FILES[name])))
    rows[line - 1][rows[0].index(column)] = value
    return "\n".join(",".join(row) for row in rows) + "\n"


def test_the_same_catalogue_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    catalog = write_catalog(tmp_path / "catalog")
    for seed in ("1", "2"):
        assert command(catalog, tmp_path / seed, PYTHONHASHSEED=seed).returncode == 0
    for name in BUILT:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_changed_wording_changes_the_release_id(tmp_path: Path) -> None:
    old = Release.load(compiled(tmp_path / "old")).release
    text = with_cell("items/08-wages.csv", 2, "wordings", "工厂欠薪")
    changed = Release.load(compiled(tmp_path / "new", **{"08-wages": text})).release
    assert len(old) == len(changed) == 12
    assert old != changed


@pytest.mark.parametrize(
    ("name", "line", "column", "value", "says"),
    [
        ("units.csv", 3, "level", "planet", "units.csv:3: level “planet” is not allowed"),
        ("units.csv", 4, "parent", "GHOST", "units.csv:4: parent: nobody has “GHOST”"),
        ("items/08-wages.csv", 2, "role", "nobody", "08-wages.csv:2: role: nobody has “nobody”"),
        ("items/08-wages.csv", 2, "code", "8-1-1", "08-wages.csv:2: code “8-1-1” is not allowed"),
        ("items/08-wages.csv", 2, "code", "06-01-001", "08-wages.csv:2: 06-01-001 is already at 06-fixtures.csv:2"),
        ("streets.csv", 2, "lat", "north", "streets.csv:2: lat “north” is not allowed"),
        ("messages/sms.csv", 4, "lang", "fr", "sms.csv:4: lang “fr” is not allowed"),
        ("calendar/2026.csv", 2, "date", "2025-01-01", "2026.csv:2: 2025-01-01 does not belong to 2026"),
    ],
)
def test_a_wrong_row_is_one_line_naming_file_and_line(
    tmp_path: Path, name: str, line: int, column: str, value: str, says: str
) -> None:
    with pytest.raises(CatalogueError) as wrong:
        compiled(tmp_path, **{Path(name).stem: with_cell(name, line, column, value)})
    assert str(wrong.value).endswith(says)
    assert "\n" not in str(wrong.value)


def test_a_missing_file_a_missing_column_and_a_missing_language_are_named(tmp_path: Path) -> None:
    catalog = write_catalog(tmp_path / "a")
    (catalog / "units.csv").unlink()
    with pytest.raises(CatalogueError, match=r"units\.csv:0: no such file"):
        compile_release(catalog, tmp_path / "out")
    with pytest.raises(CatalogueError, match=r"themes\.csv:1: no column name_en"):
        compiled(tmp_path / "b", themes="code,name_zh_hans,name_zh_hant,classes\n")
    with pytest.raises(CatalogueError, match=r"sms\.csv:2: done has no text in zh-Hant, en"):
        compiled(tmp_path / "c", sms="template,lang,text\ndone,zh-Hans,好\n")


def test_the_command_prints_the_mistake_and_fails(tmp_path: Path) -> None:
    run = command(tmp_path, tmp_path / "out")
    assert run.returncode == 1
    assert run.stderr.endswith("classes.csv:0: no such file\n")


def test_the_city_holds_every_table_typed(tmp_path: Path) -> None:
    city = Release.load(compiled(tmp_path))
    assert city.limits["dispatch.threshold"] == "0.98", "of two dated values the later one"
    assert city.calendar["2026"] == {"holiday": {"2026-01-01": "元旦"}, "makeup": {"2026-01-04": "元旦"}}
    assert city.items["06-02-001"].kinds == ("complaint", "suggestion")
    assert (city.items["06-01-001"].urgent, city.items["06-01-001"].limit) == (True, "24h")
    assert city.units["ENF-11"].street == "440301001"
    assert city.units["LIGHT"].district is None
    assert city.districts["440301"].desk == "DESK-1"
    assert city.sms["done"]["en"] == "done"
    assert city.errors["busy"]["zh-Hant"] == {"title": "忙", "detail": "等"}
    assert city.results == {"resolved": {"zh-Hans": "已解决", "zh-Hant": "已解決", "en": "resolved"}}
    assert city.routing[0]["template"] == "done"


def test_a_missing_or_foreign_release_has_a_name(tmp_path: Path) -> None:
    with pytest.raises(ReleaseMissing, match="no release at"):
        Release.load(tmp_path / "nowhere")
    (tmp_path / "city.json").write_text(json.dumps({"release": "x"}), encoding="utf-8")
    with pytest.raises(ReleaseBroken, match="limits"):
        Release.load(tmp_path)


def test_the_release_is_read_once_per_process(tmp_path: Path) -> None:
    out = compiled(tmp_path)
    assert Release.load(out) is Release.load(str(out))
