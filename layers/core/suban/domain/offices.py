"""Codes of the platform's own offices: one desk and one group of supervisors a district, and the city's.

The catalogue must have a unit for each (checked when it is compiled).
"""

CITY = "CITY"


def desk_code(district: str | None) -> str:
    return f"DESK-{district or CITY}"


def supervisors_code(district: str | None) -> str:
    return f"SUP-{district or CITY}"
