"""The indicators of access: a share, its origin, its recipe, and where it does not hold."""

import pandas as pd
import pytest

from geo.errors import UserError
from geo.territories.access_measures import ACCESS, access_recipe
from geo.territories.activity import INDICATORS, indicator_text, with_indicators
from geo.territories.activity_recipe import indicator_recipe
from geo.territories.services import SERVICES
from tests import builders

KEY = "beyond_30_medecine"


@pytest.fixture(scope="module")
def far() -> pd.DataFrame:
    """300 inhabitants of 800 are 40 minutes away from beds of medicine."""
    return builders.access(["10001", "10002"], medecine=[3.0, 40.0])["access_times"]


def test_every_service_has_its_indicator_marked_by_what_it_is() -> None:
    assert len(ACCESS) == len(SERVICES)
    assert set(ACCESS) <= set(INDICATORS)
    for key, measure in ACCESS.items():
        assert (measure.unit, measure.kind, measure.is_extensive) == ("%", "rate", False)
        said = "minutes officielles" if key.endswith("urgences") else "modèle"
        assert said in measure.label


def test_the_share_of_the_default_territory(far: pd.DataFrame) -> None:
    atlas = builders.atlas(access_times=far)
    table = with_indicators(atlas, atlas.territories, [KEY]).set_index("area_code")
    assert table.loc["GE-06", KEY] == pytest.approx(37.5)
    assert table[KEY].isna().to_dict() == {"GE-06": False, "HF-13": True, "NON-AFFECTE": True}


def test_it_is_unknown_for_a_territory_drawn_otherwise(far: pd.DataFrame) -> None:
    """The share was counted on the communes of the default model: it says nothing of others."""
    atlas = builders.atlas(access_times=far)
    other = atlas.territories.assign(population=700)
    assert with_indicators(atlas, other, [KEY])[KEY].isna().all()


def test_it_is_written_with_its_unit() -> None:
    assert indicator_text(KEY, 37.5) == "37,5\u00a0%"
    assert indicator_text(KEY, None) == "inconnu"
    assert indicator_text(KEY, None, "thematic") == "sans objet"


def test_its_recipe_counts_everybody(far: pd.DataFrame) -> None:
    atlas = builders.atlas(access_times=far)
    made = indicator_recipe(atlas, KEY, "GE-06")
    assert made.value == pytest.approx(37.5)
    assert [part.value for part in made.ingredients] == [300, 500, 0]
    assert made.command == "python -m geo access --what medecine --ght GE-06 --format json"
    assert access_recipe(atlas, KEY, "HF-13").value is None
    with pytest.raises(UserError, match="inconnu"):
        access_recipe(atlas, KEY, "XX-01")
