"""The seed lexicon against plain character TF-IDF cosine, each wording left out of its item in turn.

`python -m benchmarks.dispatch_seed [--catalog catalog] [--json]`. Thresholds are chosen on one half of the items and
measured on the other. Wordings are the catalogue's own, so these are figures of the seed, not of a city's traffic.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.plain_tfidf import leave_one_out
from layers.lexicon.calibrate import LeaveOneOut, Trial, calibration
from layers.lexicon.city import city, item_rows
from layers.lexicon.lexicon import write_lexicon
from suban.adapters.lexicon import LexiconClassifier

TARGETS = (0.90, 0.95, 0.98)
LENGTH = 110
FRESH = """
import sys, time
start = time.perf_counter()
sys.path.insert(0, "layers/core")
from suban.adapters.lexicon import LexiconClassifier
imported = time.perf_counter()
classifier = LexiconClassifier.load(sys.argv[1])
loaded = time.perf_counter()
classifier.classify("樓下工地半夜仲喺度打樁", "complaint", None)
first = time.perf_counter()
peak = next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(1000 * (imported - start), 1000 * (loaded - imported), 1000 * (first - loaded), 1000 * (first - start), peak)
"""


def shares(left_out: LeaveOneOut) -> dict[str, float]:
    """Thresholds from the even items, share and precision (the unit's) on the odd; strangers, disguises included."""
    trials = list(left_out.trials())
    here = calibration([trial for trial in trials if trial.item % 2 == 0])
    there = [trial for trial in trials if trial.item % 2]
    found: dict[str, float] = {}
    for target in TARGETS:
        threshold = here.threshold(target)
        taken = [trial for trial in there if here.confidence(trial.signals) >= threshold]
        found[f"auto_at_{target:.2f}"] = len(taken) / len(there)
        found[f"precision_at_{target:.2f}"] = _share([trial.right_unit for trial in taken])
        found[f"item_precision_at_{target:.2f}"] = _share([trial.right for trial in taken])
    return found


def plain_figures(left_out: LeaveOneOut) -> dict[str, float]:
    trials = [
        left_out.trial(text, item, at)
        for item, one in enumerate(left_out.documents)
        for at, text in enumerate(one.texts)
    ]
    return _tops(trials) | {"wordings": len(trials)}


def _tops(trials: Sequence[Trial]) -> dict[str, float]:
    return {
        "top1": _share([trial.right for trial in trials]),
        "top5": _share([trial.top5 for trial in trials]),
        "unit_top1": _share([trial.right_unit for trial in trials]),
    }


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def timing(release: Path, left_out: LeaveOneOut) -> dict[str, float]:
    """Milliseconds per text of about 110 characters, words and evidence included."""
    classifier = LexiconClassifier.load(release)
    wordings = [text for one in left_out.documents for text in one.texts]
    texts = ["，".join(wordings[at : at + 12])[:LENGTH] for at in range(0, min(len(wordings), 3000), 6)]
    took = []
    for text in texts:
        started = perf_counter()
        classifier.classify(text, "complaint", None)
        took.append((perf_counter() - started) * 1000)
    return {"ms_median": statistics.median(took), "ms_p99": statistics.quantiles(took, n=100)[98]}


def fresh_process(release: Path) -> dict[str, float]:
    """The best of five: the machine's noise only adds."""
    runs = [
        subprocess.run([sys.executable, "-c", FRESH, str(release)], capture_output=True, check=True, text=True)  # noqa: S603
        for _ in range(5)
    ]
    best = min(([float(value) for value in run.stdout.split()] for run in runs), key=lambda values: values[3])
    return dict(zip(("import_ms", "load_ms", "first_ms", "cold_ms", "cold_mb"), best, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--catalog", type=Path, default=Path("catalog"))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rows = item_rows(asked.catalog)
    with tempfile.TemporaryDirectory() as directory:
        release = Path(directory)
        left_out = write_lexicon(release, rows, city(asked.catalog))
        ours = plain_figures(left_out) | shares(left_out) | timing(release, left_out) | fresh_process(release)
    baseline = leave_one_out(rows)
    if asked.json:
        print(json.dumps({"items": len(rows), "suban": ours, "char_tfidf": baseline}))
        return
    print(f"{len(rows)} items, {ours['wordings']:.0f} wordings\n{'':26}{'suban':>10}{'char tf-idf':>13}")
    for name, value in ours.items():
        print(f"{name:26}{value:10.3f}" + (f"{baseline[name]:13.3f}" if name in baseline else ""))


if __name__ == "__main__":
    main()
