"""The one declaration of a partnership: every layout has every field, and what is added follows."""

from itertools import chain
from typing import Annotated

import pytest
from pydantic import BaseModel

from geo.atlas.columns import FINESS
from geo.atlas.fields import Field
from geo.atlas.partnership_record import (
    DATE,
    ELEMENTS,
    Address,
    Domain,
    Partnership,
    Party,
    fields_of,
)
from geo.atlas.schema import TABLES, check_table
from geo.atlas.vocabulary import CERTAINTIES, DOMAINS
from geo.errors import SourceError
from tests import builders

LAYOUTS: dict[str, type[BaseModel]] = {
    "partnerships": Partnership,
    **{f"partnership_{name}": model for name, model in ELEMENTS.items()},
}
FIELDS = {field.name: field for field in chain.from_iterable(map(fields_of, LAYOUTS.values()))}


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_field_of_a_record_is_left_out(name: str) -> None:
    model = LAYOUTS[name]
    shown = {field.name.partition(".")[0] for field in fields_of(model)}
    lists = set(ELEMENTS) if model is Partnership else set()
    assert shown | lists == set(model.model_fields)


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_bundled_table_follows_the_record(name: str) -> None:
    columns, fields = TABLES[name].columns, fields_of(LAYOUTS[name])
    declared = [field.column for field in fields]
    assert [column for column in columns if column in declared] == declared, "same order"
    for field in fields:
        column = columns[field.column]
        assert column.title == field.title
        assert column.nullable is not field.is_required
        assert column.description.startswith(field.description)


def test_what_a_field_takes_is_read_from_its_type() -> None:
    assert FIELDS["finess_ej"].pattern == FINESS
    assert FIELDS["dates.signed.value"].pattern == FIELDS["status_date"].pattern == DATE
    assert FIELDS["summary"].pattern is None
    assert (FIELDS["domains"].is_list, FIELDS["domains"].is_required) == (True, False)
    for name in ("dates.ended.certainty", "certainty"):
        choices = FIELDS[name].choices
        assert choices is not None
        assert choices.labels is CERTAINTIES


def test_a_field_that_is_added_is_laid_out_last() -> None:
    class Reachable(Party):
        page: Annotated[Address | None, Field("", ("Page",), "Page de l'organisme")] = None
        care: Annotated[list[Domain], Field("", ("Spécialités",), "Ce qu'il soigne", "cares")]

    *same, page, care = fields_of(Reachable)
    assert [field.name for field in same] == [field.name for field in fields_of(Party)]
    assert (page.name, page.column, page.heading) == ("page", "page", "Page")
    assert (care.name, care.column, care.heading) == ("care", "cares", "Spécialités *")
    assert page.is_coded
    assert care.choices is not None
    assert care.choices.codes["soins critiques"] == "soins_critiques"


@pytest.mark.parametrize("cell", ["imagerie;astrologie", "imagerie,urgences", "imagerie;", ""])
def test_a_joined_cell_holds_codes_of_the_list_only(cell: str) -> None:
    table = builders.small_tables()["partnerships"]
    check_table("partnerships", table.assign(domains=";".join(DOMAINS)))
    with pytest.raises(SourceError, match="domains"):
        check_table("partnerships", table.assign(domains=cell))
