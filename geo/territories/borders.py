"""How long the border between two areas of the model is."""

import pandas as pd

from geo.atlas.load import Atlas


def area_borders(atlas: Atlas) -> pd.DataFrame:
    """
    Add the borders of communes up.

    Returns
    -------
    borders
        `a`, `b` (codes of areas), `border_km`; each pair both ways.

    Raises
    ------
    BundleError
        If the table of borders is missing or altered.
    """
    codes = atlas.assignments.set_index("insee_code").area_code
    table = pd.read_parquet(atlas.shapes("borders"))
    pairs = table.assign(a=table.insee_a.map(codes), b=table.insee_b.map(codes))
    pairs = pairs.loc[pairs.a != pairs.b, ["a", "b", "border_km"]]
    both = pd.concat([pairs, pairs.rename(columns={"a": "b", "b": "a"})])
    return both.groupby(["a", "b"], as_index=False).agg(border_km=("border_km", "sum"))
