"""The environment as one frozen object per function, read once; a missing variable is named."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Self


class MissingVariable(RuntimeError):
    """A fault of the deployment: template.yaml gives each function exactly what its environment names."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Subclasses name their variables as fields in lower case; a field with a default may be left out or empty."""

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> Self:
        found = {f.name: variables[f.name.upper()] for f in fields(cls) if f.name.upper() in variables}
        try:
            return cls(**found)
        except TypeError:
            missing = [f.name.upper() for f in fields(cls) if f.name not in found and f.default is MISSING]
            raise MissingVariable(f"environment variables not set: {', '.join(missing)}") from None
