"""`python -m layers.lexicon.compile --out build/release`: catalog/ → one release directory, always the same bytes."""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from layers.lexicon.city import city, item_rows
from layers.lexicon.lexicon import write_lexicon
from layers.lexicon.tables import CatalogueError
from suban.adapters.lexicon import HEAD_FILE, INDEX_FILE, LexiconClassifier
from suban.adapters.release import CITY_FILE, Release

CATALOG = Path("catalog")
OPENAPI = Path("infra/openapi.yaml")
RELEASE_DIGITS = 12


def compile_release(catalog: Path, out: Path) -> str:
    """The release's id: of the city and the lexicon, not of the API's description, which no case depends on."""
    out.mkdir(parents=True, exist_ok=True)
    data = city(catalog)
    write_lexicon(out, item_rows(catalog), data)
    digest = hashlib.sha256(dumped(data))
    for name in (HEAD_FILE, INDEX_FILE):
        digest.update((out / name).read_bytes())
    release = digest.hexdigest()[:RELEASE_DIGITS]
    (out / CITY_FILE).write_bytes(dumped({"release": release} | data))
    return release


def dumped(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def write_openapi(source: Path, out: Path) -> None:
    if source.exists():
        import yaml

        (out / "openapi.json").write_bytes(dumped(yaml.safe_load(source.read_text(encoding="utf-8"))))


def report(out: Path, release: str, seconds: float) -> None:
    print(f"release {release} in {out}, compiled in {seconds:.1f} s")
    for path in sorted(out.iterdir()):
        print(f"  {path.name:14} {path.stat().st_size / 1024:8.1f} KB")
    started = perf_counter()
    loaded = Release.load(out.resolve())
    city_ms = (perf_counter() - started) * 1000
    LexiconClassifier.load(out)  # imports jieba and opencc
    started = perf_counter()
    LexiconClassifier.load(out)
    lexicon_ms = (perf_counter() - started) * 1000
    print(f"  city loads in {city_ms:.1f} ms ({len(loaded.items)} items), lexicon in {lexicon_ms:.1f} ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--catalog", type=Path, default=CATALOG)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    started = perf_counter()
    try:
        release = compile_release(asked.catalog, asked.out)
    except CatalogueError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    write_openapi(OPENAPI, asked.out)
    report(asked.out, release, perf_counter() - started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
