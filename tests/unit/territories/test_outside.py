"""What no sum of communes holds is named, with its inhabitants."""

import pandas as pd

from geo.territories.tables import outside_text
from geo.ui.carte import words


def collectivities() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "collectivity_code": ["978", "975", "988", "977"],
            "collectivity_name": ["Saint-Martin", "Saint-Pierre", "Nouvelle-Calédonie", "Saint-B."],
            "population": pd.Series([31160, None, 264596, 10660], dtype="Int64"),
        }
    )


def test_the_collectivities_of_the_atlantic_are_named_by_name() -> None:
    text = outside_text(collectivities()).replace("\u202f", " ").replace("\u00a0", " ")
    assert text == (
        "Saint-B. (10 660 habitants), Saint-Martin (31 160 habitants), Saint-Pierre (inconnu)"
    )


def test_the_sum_of_the_country_says_what_it_leaves_out() -> None:
    said = words.total_note("68", None, "Saint-B. (10 660 habitants)")
    assert "Hors de cette somme : Saint-B. (10 660 habitants)" in said
    assert "Hors de cette somme" not in words.total_note("68", "Bretagne", "Saint-B.")
