"""catalog/ → the files of a release. Indexes with the very functions that read the index, from layers/core."""

import sys
from pathlib import Path

CORE = str(Path(__file__).parents[1] / "core")
if CORE not in sys.path:
    sys.path.append(CORE)  # behind an installed package, if there is one
