"""`make catalog-diff OLD=… NEW=…`: what a new duty list changes, in an editor's words.

OLD and NEW are catalogue folders or compiled releases.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from layers.lexicon.city import city
from layers.lexicon.tables import CatalogueError
from suban.adapters.release import CITY_FILE

type Table = Mapping[str, Mapping[str, Any]]

ITEM = {"name": "名称", "role": "责任岗位", "limit": "时限", "urgent": "紧急", "kinds": "类型", "public": "公开"}
UNIT = {"name": "名称", "role": "岗位", "parent": "上级", "supervisor": "督办", "fallback": "兜底", "topic": "消息主题"}


def read(folder: Path) -> dict[str, Any]:
    """Raises CatalogueError."""
    compiled = folder / CITY_FILE
    if compiled.is_file():
        data: dict[str, Any] = json.loads(compiled.read_text("utf-8"))
        return data
    return city(folder)


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    yield from _table("事项", old["items"], new["items"], ITEM)
    yield from _table("单位", old["units"], new["units"], UNIT)
    yield from _values("时限规则", old["limits"], new["limits"])
    yield from _calendar(old["calendar"], new["calendar"])


def _table(title: str, old: Table, new: Table, columns: Mapping[str, str]) -> Iterator[str]:
    for code in sorted(set(old) - set(new)):
        yield f"- {title} {code} {old[code]['name']}"
    for code in sorted(set(new) - set(old)):
        yield f"+ {title} {code} {new[code]['name']}（{new[code]['role']}）"
    for code in sorted(set(old) & set(new)):
        for column, told in columns.items():
            before, after = old[code].get(column), new[code].get(column)
            if before != after:
                yield f"~ {title} {code} {new[code]['name']}：{told} {_said(before)} → {_said(after)}"


def _values(title: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for key in sorted(set(old) | set(new)):
        if old.get(key) != new.get(key):
            yield f"~ {title} {key}：{_said(old.get(key))} → {_said(new.get(key))}"


def _calendar(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for year in sorted(set(new) - set(old)):
        yield f"+ 日历 {year}：{len(new[year]['holiday'])} 天放假，{len(new[year]['makeup'])} 天调休上班"
    for year in sorted(set(old) - set(new)):
        yield f"- 日历 {year}"
    for year in sorted(set(old) & set(new)):
        for kind, told in (("holiday", "放假"), ("makeup", "调休上班")):
            for day in sorted(set(old[year][kind]) ^ set(new[year][kind])):
                yield f"{'+' if day in new[year][kind] else '-'} 日历 {day} {told}"


def _said(value: object) -> str:
    say: Mapping[type, Callable[[Any], str]] = {
        bool: lambda v: "是" if v else "否",
        list: lambda v: "、".join(v) or "全部",
    }
    return "（空）" if value is None else say.get(type(value), str)(value)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    asked = parser.parse_args()
    try:
        told = list(changes(read(asked.old), read(asked.new)))
    except CatalogueError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    print("\n".join(told) or "两份清单没有分别。")
    print(f"\n{len(told)} 处变动")
    return 0


if __name__ == "__main__":
    sys.exit(main())
