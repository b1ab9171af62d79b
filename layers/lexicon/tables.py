"""The catalogue's CSV files, every row checked where it stands: a mistake is one line naming file and row."""

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

type Check = Callable[[str], bool]


class CatalogueError(Exception):
    """`catalog/items/03-x.csv:12: what is wrong`."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")


class Row(dict[str, str]):
    """One row that knows where it stands."""

    def __init__(self, values: Mapping[str, str], path: Path, line: int) -> None:
        super().__init__(values)
        self.path, self.line = path, line

    def wrong(self, why: str) -> CatalogueError:
        return CatalogueError(self.path, self.line, why)

    def parts(self, column: str) -> list[str]:
        return [part.strip() for part in self.get(column, "").split("|") if part.strip()]


def read(path: Path, columns: Mapping[str, Check]) -> list[Row]:
    """Rows in file order; every column of `columns` must be there and pass its check."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CatalogueError(path, 0, "no such file") from None
    except UnicodeDecodeError as broken:
        raise CatalogueError(path, 0, f"not UTF-8: {broken.reason} at byte {broken.start}") from None
    return list(_rows(text, path, columns))


def _rows(text: str, path: Path, columns: Mapping[str, Check]) -> Iterator[Row]:
    reader = csv.reader(text.splitlines(keepends=True))
    header = next(reader, [])
    if missing := [column for column in columns if column not in header]:
        raise CatalogueError(path, 1, f"no column {', '.join(missing)}")
    for values in reader:
        if not any(values):
            continue
        if len(values) != len(header):
            raise CatalogueError(path, reader.line_num, f"{len(values)} values, {len(header)} columns")
        row = Row(dict(zip(header, map(str.strip, values), strict=True)), path, reader.line_num)
        _check(row, columns)
        yield row


def _check(row: Row, columns: Mapping[str, Check]) -> None:
    for column, is_right in columns.items():
        if not is_right(row[column]):
            raise row.wrong(f"{column} “{row[column]}” is not allowed")


def unique(rows: list[Row], *key: str) -> list[Row]:
    """The same rows, or an error naming the second of two with the same key."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        first = seen.setdefault(tuple(row[column] for column in key), row)
        if first is not row:
            raise row.wrong(f"{' '.join(row[c] for c in key)} is already at {first.path.name}:{first.line}")
    return rows
