"""The command that sets the models against published figures."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import pandas as pd
import typer

from geo.atlas.load import Atlas, load_atlas
from geo.atlas.resolve import ght_directory
from geo.cli.output import Data, Format, Output, code_of, errors, write
from geo.errors import UserError
from geo.territories.published import JUDGED_SCOPE, SCOPES

if TYPE_CHECKING:
    from geo.catchment.world import World

ALL: Final = "all"
MOST_DRAWS: Final = 1000
METHOD: Final = (
    "Population modélisée de l'année du chiffre publié : droite entre les deux recensements les "
    "plus proches, commune par commune ; année inconnue : dernier recensement."
)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(validate)


def validate(
    published: Annotated[
        Path | None, typer.Option(help="CSV : ght_code, population, area_km2, et year si connue.")
    ] = None,
    scope: Annotated[
        str,
        typer.Option(
            help="Ce que décrivent les chiffres : ght (les seuls qui jugent), all, ou un autre "
            "(support_basin, member...), alors listés sans compter."
        ),
    ] = JUDGED_SCOPE,
    detail: Annotated[
        bool, typer.Option("--detail", help="Chaque chiffre, pas le résumé.")
    ] = False,
    placebo: Annotated[
        int,
        typer.Option(
            help="Modèle par défaut sur N zonages tirés au hasard.", min=0, max=MOST_DRAWS
        ),
    ] = 0,
    seed: Annotated[int | None, typer.Option(help="Graine des tirages.", min=0)] = None,
    form: Output = Format.table,
    data: Data = None,
) -> None:
    """Chaque modèle face aux chiffres publiés : écarts médian, moyen, pire, et biais."""
    from geo.catchment.analysis import all_models, atlas_world, validation
    from geo.catchment.validation import summarise

    if scope not in (ALL, *SCOPES):
        raise UserError(f"--scope : « {scope} » inconnu. Possibles : {', '.join([*SCOPES, ALL])}.")
    atlas = load_atlas(data)
    stated = _stated(atlas, published)
    world = atlas_world(atlas)
    errors.print(METHOD, markup=False, highlight=False, soft_wrap=True)
    if placebo:
        _write_placebo(atlas, world, stated, (placebo, seed), detail=detail, form=form)
        return
    comparison = validation(atlas, all_models(world), stated)
    chosen = comparison if scope == ALL else comparison[comparison.scope == scope]
    if detail or scope != JUDGED_SCOPE:
        write(chosen, form)
        return
    write(summarise(chosen), form)
    if form is Format.table:
        write(_by_model(chosen), form)


def _stated(atlas: Atlas, path: Path | None) -> pd.DataFrame:
    """Give the bundled figures or a person's, under the codes of the atlas."""
    from geo.catchment.validation import read_published_file

    stated = atlas.published if path is None else read_published_file(path)
    codes = {text: code_of(str(text), ght_directory, atlas) for text in stated.ght_code.unique()}
    known: pd.DataFrame = stated.assign(ght_code=stated.ght_code.map(codes))
    return known


def _by_model(comparison: pd.DataFrame) -> pd.DataFrame:
    """Lay out the deviation of each figure, a column per model, in the order of the first."""
    models = list(dict.fromkeys(comparison.model))
    parts = {model: comparison[comparison.model == model] for model in models}
    said = ["figure", "ght_code", "standing", "published", "year"]
    wide: pd.DataFrame = (
        parts[models[0]][said].reset_index(drop=True).astype({"published": "Int64"})
    )
    for model, rows in parts.items():
        wide[model] = rows.deviation_percent.to_numpy()
    return wide.sort_values(["figure", models[0]], ascending=[False, True], ignore_index=True)


def _write_placebo(
    atlas: Atlas,
    world: "World",
    stated: pd.DataFrame,
    draws: tuple[int, int | None],
    *,
    detail: bool,
    form: Format,
) -> None:
    """Print what random zones do in the place of the zones d'emploi."""
    from geo.catchment.placebo import SEED, placebo, summarise_placebo
    from geo.catchment.validation import without_territory

    runs, seed = draws
    seed = SEED if seed is None else seed
    table = placebo(world, stated, runs, seed, without_territory(atlas.territories))
    errors.print(f"{runs} zonages au hasard, graine {seed}.", markup=False, highlight=False)
    write(table if detail else summarise_placebo(table), form)
