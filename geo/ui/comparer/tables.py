"""Tables of the page that compares: French columns, shown and taken away alike."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

import pandas as pd
from markupsafe import Markup
from pandas.api.types import is_float_dtype

from geo.comparison import words as comparison_words
from geo.comparison.charts import bin_labels, title_of
from geo.comparison.ranking import WHOLE
from geo.comparison.spine_chart import spine_label
from geo.comparison.spread import Relation, Spread
from geo.formats import format_number, is_unknown, rounded_minutes
from geo.territories.activity import INDICATORS
from geo.territories.measures import MEASURES, Measure
from geo.ui.comparer import cache as comparer_cache
from geo.ui.comparer import words
from geo.ui.comparer.html import compared_html, figure, rank
from geo.ui.shared import cache, view
from geo.ui.shared.downloads import Content, Picture, show_exports
from geo.ui.shared.html import Column


@dataclass(frozen=True)
class Takeaway:
    """A table to take away: what it holds, and the filter in force."""

    title: str
    place: str


def show_downloads(
    sheet: Takeaway, rows: Callable[[], pd.DataFrame], picture: Picture | None = None
) -> None:
    """Offer a table as files, made when they are asked for, and the maps beside it."""
    content = Content(sheet.title, sheet.place, rows, ((words.REGION, sheet.place),))
    show_exports("comparer", content, picture)


def ranking(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Lay the ranking out; the measure that ranks comes first."""
    keys = [measure, *[key for key in WHOLE if key != measure]]
    named = {
        "rank": words.RANK, "rank_region": words.RANK_REGION, "area_code": words.CODE,
        "area_name": words.AREA, "reg_name": words.REGION, "group": words.GROUP,
        **{key: title_of(INDICATORS[key]) for key in keys},
    }  # fmt: skip
    shown = _rounded(rows, keys).assign(group=rows.group.map(dict(words.GROUPS)))
    return shown[list(named)].rename(columns=named)


def _rounded(rows: pd.DataFrame, keys: Iterable[str]) -> pd.DataFrame:
    """Round the measures of a table, a column each, as they are shown."""
    return rows.assign(**{key: INDICATORS[key].rounded(rows[key]) for key in keys})


def _rounded_lines(rows: pd.DataFrame, keys: Iterable[str]) -> pd.DataFrame:
    """Round the figures of measures, a row each; as they are shown where they are times."""
    table = rows.round(2)
    times = [INDICATORS[key].is_time for key in keys]
    figures = [name for name in rows if is_float_dtype(rows[name])]
    table.loc[times, figures] = rows.loc[times, figures].apply(rounded_minutes)
    return table


def summary(spread: Spread, measure: Measure) -> pd.DataFrame:
    """Lay the summary of a measure out."""
    values = asdict(spread.summary)
    rows = [
        (text, figure(measure, values[key], _digits(measure.key, key)))
        for key, text in words.SUMMARY.items()
    ]
    return pd.DataFrame(rows, columns=[words.FIGURE, title_of(measure)])


def _figures_html(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> Markup:
    """Write measures as rows: their names, their units where there are some, figures."""
    has_unit = heads[1] == words.UNIT
    kinds = [Column(heads[0], "row"), *map(Column, heads[1 : 1 + has_unit])]
    figures = [Column(name, "n") for name in heads[1 + has_unit :]]
    return compared_html([*kinds, *figures], [("", rows)], caption)


def summary_html(spread: Spread, measure: Measure) -> Markup:
    """Write the summary of a measure as a table."""
    rows = summary(spread, measure)
    return _figures_html([*rows], rows.itertuples(index=False), words.SUMMARY_TITLE)


def classes(spread: Spread, measure: Measure) -> pd.DataFrame:
    """Lay the classes of a histogram out."""
    counts = spread.bins["count"]
    return pd.DataFrame(
        {
            f"{words.CLASS} : {title_of(measure)}": bin_labels(spread, measure.decimals),
            words.COUNT: counts,
            words.SHARE: (counts / spread.summary.known * 100).round(1),
        }
    )


def points(relation: Relation, x: str, y: str) -> pd.DataFrame:
    """Lay the points of a scatter out, the farthest from the trend first."""
    found = relation.points.assign(_far=relation.points.deviations.abs())
    found = found.sort_values(["_far", "area_name"], ascending=[False, True], na_position="last")
    regions = cache.choices().regions
    return pd.DataFrame(
        {
            words.AREA: found.area_name,
            words.REGION: found.reg_code.map(dict(regions)),
            title_of(INDICATORS[x]): INDICATORS[x].rounded(found.x),
            title_of(INDICATORS[y]): INDICATORS[y].rounded(found.y),
            words.EXPECTED: INDICATORS[y].rounded(found.expected, 1),
            words.DEVIATIONS: found.deviations.round(1),
            comparison_words.KIND_OUTLIER: found.is_outlier.map({True: "oui", False: "non"}),
        }
    ).reset_index(drop=True)


def outliers(relation: Relation) -> str:
    """Name the GHTs away from the trend, or say why there are none."""
    if not relation.has_line:
        return words.NO_LINE
    if not relation.has_rule:
        return words.NO_RULE
    named = relation.points[relation.points.is_outlier].sort_values("deviations")
    return ", ".join(named.area_name) + "." if len(named) else words.NO_OUTLIER


def correlation(relation: Relation) -> str:
    """Give the correlation of ranks, when there is one."""
    if is_unknown(relation.rank_correlation):
        return ""
    return words.correlation(format_number(relation.rank_correlation, 2))


def _digits(key: str, figure: str) -> int:
    """Decimals of a figure: a mean or a median of counts has one, unless counts are large."""
    is_exact = figure in {"value", "low", "high"} or key in {"population", "area_km2"}
    return INDICATORS[key].decimals if is_exact else INDICATORS[key].finer


def profile(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay a profile out."""
    named = {
        "value": words.OWN, "rank": words.RANK, "rank_count": "Sur",
        "rank_region": words.RANK_REGION, "region_count": "Sur (région)",
        "region": words.REGION_FIGURE, "country": comparison_words.COUNTRY_FIGURE,
        **{key: text for key, text in words.SUMMARY.items() if key != "mean"},
    }  # fmt: skip
    shown = _rounded_lines(rows[list(named)], rows.measure).rename(columns=named)
    shown.insert(0, comparison_words.MEASURE, [INDICATORS[key].label for key in rows.measure])
    shown.insert(1, words.UNIT, [INDICATORS[key].unit for key in rows.measure])
    return shown


def profile_html(rows: pd.DataFrame, name: str) -> Markup:
    """Write a profile as a table."""
    heads = [
        comparison_words.MEASURE, words.UNIT, name, words.RANK, words.RANK_REGION,
        words.REGION_FIGURE, comparison_words.COUNTRY_FIGURE,
        *[text for key, text in words.SUMMARY.items() if key != "mean"],
    ]  # fmt: skip
    lines = []
    for row in rows.to_dict("records"):
        key = str(row["measure"])
        figures = ["region", "country", "low", "first_quartile", "median", "third_quartile", "high"]
        cells = [
            spine_label(key, is_log=row["is_log"]),
            INDICATORS[key].unit,
            figure(INDICATORS[key], row["value"]),
            rank(row["rank"], row["rank_count"]),
            rank(row["rank_region"], row["region_count"]),
            *[figure(INDICATORS[key], row[name], _digits(key, name)) for name in figures],
        ]
        lines.append(cells)
    return _figures_html(heads, lines, words.SAME_TABLE)


def side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay several territories side by side."""
    codes = [str(code) for code in rows if code != "median"]
    names = {code: f"{comparer_cache.comparable()[code]} ({code})" for code in codes}
    rounded = _rounded_lines(rows, map(str, rows.index))
    shown = rounded.rename(columns=names | {"median": words.MEDIAN})
    shown.insert(0, comparison_words.MEASURE, [INDICATORS[str(key)].label for key in rows.index])
    shown.insert(1, words.UNIT, [INDICATORS[str(key)].unit for key in rows.index])
    return shown.reset_index(drop=True)


def side_by_side_html(rows: pd.DataFrame) -> Markup:
    """Write several territories side by side; the measure of the maps is a row among others."""
    codes = [str(code) for code in rows if code != "median"]
    names = [comparer_cache.comparable()[code] for code in codes]
    lines = []
    for key, row in rows.iterrows():
        measure = INDICATORS[str(key)]
        cells = [figure(measure, row[code]) for code in codes]
        median = figure(measure, row["median"], _digits(measure.key, "median"))
        lines.append([measure.label, measure.unit, *cells, median])
    heads = [comparison_words.MEASURE, words.UNIT, *names, words.MEDIAN]
    return _figures_html(heads, lines, words.SAME_TABLE)


def peers(rows: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """Lay the peers out, the territory itself first."""
    regions = dict(cache.choices().regions)
    shown = _rounded(rows, measures).round({"distance": 2})
    named = {key: title_of(INDICATORS[key]) for key in measures}
    table = shown[["area_name", "area_code", "reg_code", "distance", *measures]]
    table = table.assign(reg_code=table.reg_code.map(regions)).rename(
        columns={
            "area_name": words.AREA, "area_code": words.CODE, "reg_code": words.REGION,
            "distance": words.DISTANCE, **named,
        }
    )  # fmt: skip
    return table.reset_index(drop=True)


def regions(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay the regions out, the country last; a region in the filter stays alone with it."""
    region = view.selection().region
    kept = rows if region is None else rows[(rows.reg_code == region) | rows.reg_code.isna()]
    named = {
        "reg_name": words.REGION, "ght_count": words.GHT_COUNT,
        **{key: title_of(measure) for key, measure in MEASURES.items()},
    }  # fmt: skip
    shown = kept.assign(
        reg_name=kept.reg_name.astype(object).where(kept.reg_name.notna(), words.WHOLE),
        partnership_count=kept.partnership_count.mask(kept.partnership_count == 0),
    )
    return _rounded(shown, MEASURES)[list(named)].rename(columns=named).reset_index(drop=True)
