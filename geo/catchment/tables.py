"""Tables of the page of models: territories, contested communes, checks, before and after."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd
from pandas.api.types import is_float_dtype

from geo.atlas.load import Atlas
from geo.catchment import words
from geo.catchment.analysis import model_spread, validation
from geo.catchment.layers import area_names, is_contested
from geo.catchment.models import MODELS, run_model
from geo.catchment.runs import Basin
from geo.catchment.validation import COUNTED, compare_models, measured, without_territory
from geo.catchment.world import World
from geo.formats import format_deviation, format_number, format_year, rounded_minutes
from geo.territories.published import latest_published, precisions, scope_text, year_text
from geo.territories.tables import is_time
from geo.wording import AREA_KINDS

FAR_PERCENT: Final = 20.0
RIVALS: Final = 3
DIGITS: Final = {
    "À moins": 1, "Avance": 1, "Probabilité": 1, "Écart": 1, "Différence (%)": 1,
    "Pire": 1, "Densité": 1, "Biais": 1, "Trois quarts": 1, "Part": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Survey:
    """
    Every model with their defaults, over one world.

    Attributes
    ----------
    communes
        Model -> what it says of each commune.
    spread
        See `geo.catchment.outcome.population_range`.
    comparison
        See `geo.catchment.validation.compare_models`.
    """

    communes: Mapping[str, pd.DataFrame] = field(repr=False)
    spread: pd.DataFrame = field(repr=False)
    comparison: pd.DataFrame = field(repr=False)


def survey_models(atlas: Atlas, world: World) -> Survey:
    """Run every model and set each beside the published figures."""
    # Without their probabilities: three matrices of 40 MB that nothing here reads.
    assignments = {key: replace(run_model(world, key), shares=None) for key in MODELS}
    kept = ["insee_code", "finess_et", "travel_time_min", "runner_up_time_min", "share", "margin"]
    communes = {
        key: assignment.communes[kept].assign(
            area_code=assignment.communes.area_code.astype("category"),
            runner_up_area_code=assignment.communes.runner_up_area_code.astype("category"),
            finess_et=assignment.communes.finess_et.astype("category"),
        )
        for key, assignment in assignments.items()
    }
    spread = model_spread(atlas, assignments)
    return Survey(communes, spread, validation(atlas, assignments, atlas.published))


def in_french(table: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Keep the columns named, in order, under their French names, rounded as they are shown."""
    shown = table.reindex(columns=list(columns)).rename(columns=dict(columns))
    for name in shown.columns[[is_float_dtype(dtype) for dtype in shown.dtypes]]:
        if is_time(name):
            shown[name] = rounded_minutes(shown[name].astype("Float64"))
            continue
        digits = next((count for start, count in DIGITS.items() if name.startswith(start)), 0)
        # Adding zero turns "-0" into "0".
        shown[name] = shown[name].astype("Float64").round(digits) + 0.0
    return shown.reset_index(drop=True)


def columns_of(is_invented: bool) -> dict[str, str]:
    """Name the columns of territories; no published figure stands beside an invented situation."""
    return {
        key: name
        for key, name in words.COLUMNS.items()
        if not (is_invented and key in words.JUDGED)
    }


def territory_rows(atlas: Atlas, basin: Basin, spread: pd.DataFrame) -> pd.DataFrame:
    """
    Lay out one row per territory.

    Parameters
    ----------
    atlas
        Names of regions.
    basin
        What the model says.
    spread
        From the survey of the same world.

    Returns
    -------
    rows
        The keys of `words.COLUMNS`: GHTs by name, then hors GHT, then the unassigned. The
        populations sum to the country; what the model does not give is missing.
    """
    table = basin.territories
    regions = atlas.regions.set_index("reg_code").reg_name
    modelled = table.population.notna()
    for column in ("population_min", "population_max"):
        values = table.area_code.map(spread[column]).astype("Int64")
        table = table.assign(**{column: values.where(modelled)})
    order = {kind: place for place, kind in enumerate(AREA_KINDS)}
    table = table.assign(
        reg_name=table.reg_code.map(regions),
        _rank=table.kind.map(order),
        kind=table.kind.map(AREA_KINDS),
    )
    return table.sort_values(["_rank", "area_name"]).reset_index(drop=True)


def contested_rows(atlas: Atlas, basin: Basin, margin: float) -> pd.DataFrame:
    """List the contested communes, the most populated first: keys of `words.CONTESTED_COLUMNS`."""
    rows = basin.communes[is_contested(basin, margin)].merge(
        atlas.communes[["insee_code", "commune_name", "population"]], on="insee_code"
    )
    names = area_names(basin)
    return rows.assign(
        area_name=rows.area_code.astype("str").map(names),
        runner_up_name=rows.runner_up_area_code.astype("str").map(names),
        margin_percent=rows.margin * 100,
    ).sort_values(["population", "insee_code"], ascending=[False, True], ignore_index=True)


def commune_answers(
    insee_code: str, shown: Basin, survey: Survey, sites: pd.Series, label: str, same: str = ""
) -> pd.DataFrame:
    """
    Say what each model answers for a commune.

    Parameters
    ----------
    insee_code
        A commune of the atlas.
    shown
        The run on screen, first row.
    survey
        Every model, next rows.
    sites
        Name of each site, indexed by `finess_et`.
    label
        Name of the model on screen.
    same
        Key of the model of the survey that is the one on screen, which has no row of its own;
        empty when its parameters are others.

    Returns
    -------
    answers
        The keys of `geo.ui.bassins.words.ANSWER_COLUMNS`; missing where a model cannot say.
    """
    names = area_names(shown)
    sources = {
        label: shown.communes,
        **{MODELS[key].label: t for key, t in survey.communes.items() if key != same},
    }
    rows = [table[table.insee_code == insee_code].iloc[0] for table in sources.values()]
    return pd.DataFrame(
        [
            {
                "model": model,
                "area_name": names.get(row.area_code, row.area_code),
                "site_name": sites.get(row.finess_et),
                "travel_time_min": row.travel_time_min,
                "share_percent": row.share * 100,
                "margin_percent": row.margin * 100,
                "runner_up_name": names.get(row.runner_up_area_code),
                "runner_up_time_min": row.runner_up_time_min,
            }
            for model, row in zip(sources, rows, strict=True)
        ]
    )


def agreement(answers: pd.DataFrame) -> tuple[int, int]:
    """Count the models that say the same territory as the first one, itself included; and all."""
    return int((answers.area_name == answers.area_name.iloc[0]).sum()), len(answers)


def effect_rows(before: Basin, after: Basin) -> pd.DataFrame:
    """
    Compare the territories that a scenario changes: keys of `geo.ui.bassins.words.EFFECT_COLUMNS`.

    Returns
    -------
    rows
        The largest changes first; an area that appears or vanishes counts 0 on the other side. The
        differences sum to zero: nobody is lost.
    """
    old = before.territories.set_index("area_code")
    new = after.territories.set_index("area_code")
    codes = old.index.union(new.index)
    old, new = old.reindex(codes), new.reindex(codes)
    rows = pd.DataFrame(
        {
            "area_code": codes,
            "area_name": new.area_name.fillna(old.area_name),
            "before": old.population.fillna(0),
            "after": new.population.fillna(0),
            "commune_change": new.commune_count.fillna(0) - old.commune_count.fillna(0),
            "time_before": old.median_travel_time_min,
            "time_after": new.median_travel_time_min,
        }
    )
    rows["change"] = rows.after - rows.before
    known = rows.before.where(rows.before > 0)
    rows["change_percent"] = (rows.change / known * 100).astype("Float64")
    moved = rows[(rows.change != 0) | (rows.commune_change != 0)]
    order = moved.change.abs().sort_values(ascending=False, kind="stable").index
    return moved.loc[order].reset_index(drop=True)


def named_comparison(comparison: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Add the names of GHTs and models to a comparison, and say in French what it holds."""
    return comparison.assign(
        area_name=comparison.ght_code.map(names),
        model=comparison.model.map({key: model.label for key, model in MODELS.items()}),
        figure=comparison.figure.map(words.FIGURES),
        precision=precisions(comparison),
        scope=comparison.scope.map(scope_text),
        standing=comparison.standing.map(dict(words.STANDINGS)),
        basis=comparison.basis.map(dict(words.BASES)),
    )


def compare_run(atlas: Atlas, basin: Basin, label: str) -> pd.DataFrame:
    """Set one run beside the published figures, as `named_comparison` does under a label."""
    communes = basin.communes[["insee_code", "area_code"]].astype({"area_code": "str"})
    outcome = measured(communes, atlas.communes)
    apart = without_territory(atlas.territories)
    names = atlas.ghts.set_index("ght_code").ght_name
    found = named_comparison(compare_models({label: outcome}, atlas.published, apart), names)
    return found.assign(model=label)


def judged_population(comparison: pd.DataFrame) -> pd.DataFrame:
    """Keep the populations that judge and that the model gives, the farthest first."""
    is_counted = comparison.standing == words.STANDINGS[COUNTED]
    is_people = comparison.figure == words.FIGURES["population"]
    rows = comparison[is_counted & is_people].dropna(subset=["deviation_percent"])
    order = rows.deviation_percent.abs().sort_values(ascending=False, kind="stable").index
    return rows.loc[order].reset_index(drop=True)


def named_summary(summary: pd.DataFrame) -> pd.DataFrame:
    """Name the models and figures of a summary."""
    return summary.assign(
        model=summary.model.map({key: model.label for key, model in MODELS.items()}),
        figure=summary.figure.map(words.FIGURES),
    )


def far_sentences(atlas: Atlas, basin: Basin) -> list[str]:
    """
    Explain the territories whose modelled population is far from the published one.

    The same rule for all: the share that the model makes of the departement where the territory
    has most of its inhabitants.
    """
    table = basin.territories
    far = table[table.population_deviation_percent.abs() > FAR_PERCENT]
    order = far.population_deviation_percent.abs().sort_values(ascending=False).index
    people = basin.communes[["insee_code", "area_code"]].merge(
        atlas.communes[["insee_code", "dep_code", "population"]], on="insee_code"
    )
    people["area_code"] = people.area_code.astype("str")
    shares = people.groupby(["dep_code", "area_code"]).population.sum()
    published = latest_published(atlas.published, "population")
    years = {
        str(code): year_text(year, certainty)
        for code, year, certainty in published[["year", "year_certainty"]].itertuples()
    }
    return [
        words.far_sentence(
            f"{row.area_name} ({row.area_code})",
            format_deviation(row.population_deviation_percent),
            years.get(str(row.area_code), format_year(None)),
            _main_departement(atlas, shares, str(row.area_code), area_names(basin)),
        )
        for row in far.loc[order].itertuples()
    ]


def _main_departement(atlas: Atlas, shares: pd.Series, area: str, names: pd.Series) -> str:
    """Say who shares the main departement of an area: its own, else that of its support."""
    own = shares[shares.index.get_level_values("area_code") == area]
    if own.empty:
        return ""
    dep = str(own.reset_index().dep_code[int(own.to_numpy().argmax())])
    deps = atlas.departements.set_index("dep_code").dep_name
    rivals = shares[dep].drop(area).nlargest(RIVALS)
    others = ", ".join(
        f"{format_number(count)} à {names.get(code, code)}" for code, count in rivals.items()
    )
    return words.share_sentence(
        f"{deps.get(dep, dep)} ({dep})", format_number(own[dep].sum()), others or "aucun à un autre"
    )
