"""`make catalog-check`: the duty list as its editor must see it. Exit 1 while anything stands that must not."""

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from layers.lexicon.city import city as compiled
from layers.lexicon.city import item_rows
from layers.lexicon.compile import CATALOG, dumped
from layers.lexicon.tables import every_fault
from layers.lexicon.worklist import (
    Finding,
    LeaveOneOut,
    badly_written,
    beyond_the_law,
    decides,
    repeated,
    unanswered,
)
from suban.adapters.release import CITY_FILE, Release
from suban.domain.city import City

TOP1, TOP5 = 0.75, 0.90  # of wordings left out, found by the plain reference
SHOWN = 40  # lines of a section that only advises


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--catalog", type=Path, default=CATALOG)
    parser.add_argument("--all", action="store_true", help="show every line of the advice")
    asked = parser.parse_args()
    with every_fault() as faults:
        data = compiled(asked.catalog)
        rows = item_rows(asked.catalog)
    if faults:
        return _told("必须改正", faults, None)
    city = _city(data)
    must = [*repeated(rows), *badly_written(rows), *beyond_the_law(rows, city), *unanswered(rows, city)]
    left_out = LeaveOneOut(rows)
    left_out.run()
    shown = None if asked.all else SHOWN
    twins = [
        f"{one['code']} {one['name']} ～ {other['code']} {other['name']}（{n}）：{decides(one, other)}"
        for one, other, n in left_out.twins()
    ]
    _told("说法落到别的大类", list(left_out.strays()), shown)
    _told("容易混淆的事项", twins, shown)
    wordings = sum(len(row.parts("wordings")) for row in rows)
    first, near = left_out.first / left_out.asked, left_out.near / left_out.asked
    print(f"\n{len(rows)} 个事项，{wordings} 条说法。抽出一条，凭其余的再查：")
    print(f"第一位 {first:.3f}（应 ≥ {TOP1}），前五位 {near:.3f}（应 ≥ {TOP5}）")
    return _told("必须改正", must, None) or int(first < TOP1 or near < TOP5)


def _city(data: dict[str, object]) -> City:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / CITY_FILE).write_bytes(dumped({"release": "draft"} | data))
        return Release.load(folder)


def _told(title: str, lines: Iterable[Finding | str | Exception], most: int | None) -> int:
    """1 where there is something to tell."""
    found = [str(line) for line in lines]
    print(f"\n== {title}：{len(found)}")
    for line in found[:most]:
        print(line)
    if most and len(found) > most:
        print(f"…… 还有 {len(found) - most} 条（--all 全部列出）")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
