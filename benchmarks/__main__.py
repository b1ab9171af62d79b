"""`make bench`: every measurement, one after the other; each is a command of its own too."""

import subprocess
import sys

BENCHMARKS = ("dispatch_seed",)


def main() -> None:
    for name in BENCHMARKS:
        print(f"── python -m benchmarks.{name}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)  # noqa: S603 - our own modules


if __name__ == "__main__":
    main()
