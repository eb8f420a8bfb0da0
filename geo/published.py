"""Published figures, and how far the model is from them."""

import pandas as pd


def latest_published(published: pd.DataFrame, figure: str) -> pd.DataFrame:
    """
    Choose the published figure to show for each GHT: the most recent dated one, else undated.

    Parameters
    ----------
    published
        `ght_code`, `figure`, `value`, `year` (may be missing), `source_url`.
    figure
        "population" (inhabitants), "area_km2", "members" or "beds".

    Returns
    -------
    chosen
        Index `ght_code`; one row per GHT.
    """
    rows = published[published.figure == figure]
    ranked = rows.sort_values(["ght_code", "year", "source_url"], na_position="first")
    return ranked.drop_duplicates("ght_code", keep="last").set_index("ght_code")


def deviation_percent(modelled: pd.Series, published: pd.Series) -> pd.Series:
    """Deviation of the model, in percent of the published value; missing if either is."""
    model, stated = modelled.astype("Float64"), published.astype("Float64")
    return ((model - stated) / stated.where(stated > 0) * 100).astype("float64")
