"""How the columns of a bundled table are described: type, form, unit, meaning."""

from collections.abc import Iterable, Mapping

import pandera.pandas as pa

OUTSIDE_PREFIX = "HORS-"
UNASSIGNED = "NON-AFFECTE"
ZONE_PREFIX = "ZONE-"  # of a zoning that a person brought: in no bundled table
PAINTED = ("ght", "zone")  # kinds of areas that classes are cut from

CRS = "EPSG:4326"
INSEE_CODE = r"^(\d{2}|2[AB])\d{3}$"
FINESS = r"^(\d{2}|2[AB])\d{7}$"
GHT_CODE = r"^[A-Z]{2,4}-\d{2}$"
AREA_CODE = rf"{GHT_CODE}|^HORS-[0-9AB]{{9}}$|^NON-AFFECTE$"
DEP_CODE = r"^(\d{2,3}|2[AB])$"
REG_CODE = r"^\d{2}$"


def text(
    description: str,
    pattern: str | None = None,
    among: Iterable[str] | None = None,
    nullable: bool = False,
) -> pa.Column:
    """Describe a column of texts, of a form or among values; labels of codes are kept."""
    checks = []
    if pattern is not None:
        checks.append(pa.Check.str_matches(pattern))
    if among is not None:
        checks.append(pa.Check.isin(tuple(among)))
    labels = {"labels": among} if isinstance(among, Mapping) else None
    return pa.Column(str, checks, nullable=nullable, description=description, metadata=labels)


def number(
    description: str,
    unit: str,
    dtype: str = "Int64",
    minimum: float | None = 0,
    nullable: bool = False,
) -> pa.Column:
    """Describe a column of numbers with a unit, never negative by default."""
    checks = [] if minimum is None else [pa.Check.ge(minimum)]
    return pa.Column(
        dtype, checks, nullable=nullable, description=description, metadata={"unit": unit}
    )


def flag(description: str, nullable: bool = False) -> pa.Column:
    """Describe a column that says yes or no."""
    return pa.Column("boolean" if nullable else bool, nullable=nullable, description=description)


def degrees(description: str, low: float, high: float, nullable: bool = False) -> pa.Column:
    """Describe a coordinate in degrees (EPSG:4326)."""
    return pa.Column(
        float,
        pa.Check.in_range(low, high),
        nullable=nullable,
        description=description,
        metadata={"unit": "degrés, EPSG:4326"},
    )


def table(title: str, columns: Mapping[str, pa.Column], key: tuple[str, ...]) -> pa.DataFrameSchema:
    """Describe a table: its French title, its columns in order, its key."""
    return pa.DataFrameSchema(
        dict(columns), strict=True, ordered=True, unique=list(key), description=title
    )
