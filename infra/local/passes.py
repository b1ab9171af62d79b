"""Demo tokens: for any role of SPEC §6, with the scope that the role needs."""

from collections.abc import Mapping

from infra.local.issuer import Issuer
from infra.local.kinds import Json
from suban.domain.words import Role

ROLES = tuple(str(role) for role in Role if role is not Role.SYSTEM)
OF_A_UNIT = frozenset({"unit_staff", "unit_lead"})
CLAIMS = ("sub", "unit", "district", "street", "name")


class BadPassError(ValueError):
    """Tells in one sentence what would be right."""


class Passes:
    def __init__(self, issuer: Issuer, city: Json) -> None:
        """`city`: city.json, for the codes of units and districts."""
        self._issuer, self._units, self._districts = issuer, city["units"], city["districts"]

    def everybody(self) -> list[Json]:
        """One for each role; staff and lead of the same unit."""
        claims = [self._claims(role, {}) for role in ROLES]
        return [{**of_role, "token": self._issuer.token(of_role)} for of_role in claims]

    def token(self, role: str, wanted: Mapping[str, str]) -> str:
        return self._issuer.token(self._claims(role, wanted))

    def first_district(self) -> str:
        return str(next(iter(self._districts)))

    def _claims(self, role: str, wanted: Mapping[str, str]) -> dict[str, str]:
        if role not in ROLES:
            raise BadPassError(f"There is no role {role!r}: take one of {', '.join(ROLES)}.")
        if unknown := set(wanted) - set(CLAIMS):
            raise BadPassError(f"There is no claim {min(unknown)!r}: a token has {', '.join(CLAIMS)}.")
        scope = self._scope(role, wanted)
        return {"sub": f"{role}-{scope.get('unit', '1')}", "role": role, **scope, **wanted}

    def _scope(self, role: str, wanted: Mapping[str, str]) -> dict[str, str]:
        self._demand("unit", wanted.get("unit"), self._units)
        self._demand("district", wanted.get("district"), self._districts)
        if role not in OF_A_UNIT:
            return {}
        unit = wanted.get("unit") or self._first_unit()
        district = self._units[unit].get("district")
        return {"unit": unit} | ({"district": district} if district else {})

    def _first_unit(self) -> str:
        return str(next(code for code, unit in self._units.items() if unit.get("street")))

    def _demand(self, name: str, code: str | None, known: Json) -> None:
        if code is not None and code not in known:
            raise BadPassError(f"The catalogue has no {name} {code!r}.")
