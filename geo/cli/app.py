"""Command line: ``python -m geo``. French help, one entry point for analysts and checks."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pandas as pd
import typer
from rich.console import Console
from typer import rich_utils
from typer.core import TyperGroup
from typer.exceptions import TyperException

from geo.atlas.load import Atlas, default_folder, load_atlas
from geo.atlas.resolve import ght_directory, region_directory
from geo.cli import (
    access,
    activity,
    changes,
    exports,
    members,
    partnerships,
    roads,
    sensitivity,
    update,
    validation,
)  # fmt: skip
from geo.cli.model_options import Enclaves, Town, Units, options_of, tell_moves
from geo.cli.output import Data, Format, Ght, Output, Region, code_of, supplied_files, write
from geo.errors import GhtError
from geo.faults import format_values
from geo.sources.source import Source
from geo.territories.measures import territory_table
from geo.territories.people import COVERAGE, RATIOS

if TYPE_CHECKING:
    from geo.catchment.analysis import Analysis
    from geo.catchment.options import Options

# The parser's own words are English; these are the ones a person meets.
FRENCH = {
    "No such option:": "option inconnue :",
    "No such command": "commande inconnue",
    "Missing option": "option manquante",
    "Missing parameter:": "paramètre manquant :",
    "Missing command.": "commande manquante.",
    "Missing argument": "argument manquant",
    "Invalid value for": "valeur refusée pour",
    "is not one of": "n'est pas parmi",
    "Got unexpected extra argument": "argument en trop",
    "requires an argument": "demande une valeur",
    "Option": "l'option",
    "Did you mean": "Vouliez-vous dire",
    "Possible options:": "Options possibles :",
    "Value error, ": "",
}
rich_utils.COMMANDS_PANEL_TITLE = "Commandes"


app = typer.Typer(
    help="Atlas GHT : données et territoires des groupements hospitaliers de territoire.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
exports.register(app)
changes.register(app)
partnerships.register(app)
access.register(app)
activity.register(app)
roads.register(app)
update.register(app)
members.register(app)
sensitivity.register(app)
validation.register(app)
errors = Console(stderr=True)
PROGRAM = "python -m geo"

MODEL_COLUMNS = [
    "expected_population",
    "contested_population",
    "median_travel_time_min",
    "share_within_30_min",
    "share_within_45_min",
    "share_within_60_min",
]
TERRITORY_COLUMNS = (
    "area_code",
    "ght_code",
    "ght_name",
    "kind",
    "status",
    "reg_code",
    "population",
    "population_low",
    "population_high",
    "population_year",
    "area_km2",
    "density_per_km2",
    "commune_count",
    "member_count",
    "site_count",
    "support_name",
    "support_evidence",
    "published_population",
    "published_population_year",
    "published_population_precision",
    "population_then",
    "population_deviation_percent",
    "published_area_km2",
    "published_area_precision",
    "area_deviation_percent",
    "published_source",
    "population_change_percent",
    "mean_travel_time_min",
    "partnership_count",
    *(name for key in RATIOS for name in (key, key + COVERAGE)),
)


Model = Annotated[
    str | None, typer.Option(help="Modèle : road, nearest, gravity, departement, perimeter.")
]
Alpha = Annotated[float | None, typer.Option(help="Poids de la capacité (gravity, perimeter).")]
Beta = Annotated[float | None, typer.Option(help="Frein du temps (gravity, perimeter).")]
Decay = Annotated[str | None, typer.Option(help="Forme du frein : power ou log_logistic.")]
HalfTime = Annotated[float | None, typer.Option(help="Demi-attraction, minutes (log_logistic).")]
Small = Annotated[float | None, typer.Option(help="Pénalité d'un petit hôpital, minutes (road).")]
Zone = Annotated[
    float | None, typer.Option(help="Pénalité hors de la zone d'emploi, minutes (road).")
]
Beds = Annotated[
    float | None, typer.Option(help="Lits de médecine sous lesquels un hôpital est petit (road).")
]
Least = Annotated[float | None, typer.Option(help="Lits de médecine, au moins (nearest).")]
Regions = Annotated[
    str | None, typer.Option(help="Régions liées (perimeter) : 24,52 ou leurs noms.")
]
Matrix = Annotated[Path | None, typer.Option(help="Temps de trajet : CSV ou Parquet.")]


def _given(**values: float | str | None) -> dict[str, float | str]:
    """Keep the parameters a person wrote."""
    return {key: value for key, value in values.items() if value is not None}


def _analyse(
    atlas: Atlas,
    model: str | None,
    given: dict[str, float | str],
    matrix: Path | None,
    options: "Options",
) -> "Analysis":
    """Run a model, telling what its inputs lacked and what its options moved."""
    from geo.catchment.analysis import analyse, atlas_world, with_matrix
    from geo.catchment.models import DEFAULT_MODEL

    if "regions" in given:
        bound = [
            code_of(name, region_directory, atlas) for name in str(given["regions"]).split(",")
        ]
        given = {**given, "regions": ",".join(bound)}
    world = atlas_world(atlas)
    if matrix is not None:
        world, report = with_matrix(atlas, world, matrix)
        for sentence in report.told:
            errors.print(f"{matrix.name} : {sentence}", markup=False, highlight=False)
        for codes, what in (
            (report.unknown_origins, "origines inconnues"),
            (report.unknown_destinations, "destinations inconnues"),
            (report.estimated_communes, "communes absentes, au temps estimé"),
        ):
            if codes:
                errors.print(f"{matrix.name} : {len(codes)} {what} : {format_values(codes)}.")
    analysis = analyse(atlas, world, model or DEFAULT_MODEL, given, options=options)
    tell_moves(analysis)
    return analysis


@app.command()
def territories(
    region: Region = None,
    ght: Ght = None,
    model: Model = None,
    alpha: Alpha = None,
    beta: Beta = None,
    decay: Decay = None,
    half_time: HalfTime = None,
    small_penalty: Small = None,
    zone_penalty: Zone = None,
    small_beds: Beds = None,
    min_beds: Least = None,
    regions: Regions = None,
    matrix: Matrix = None,
    enclaves: Enclaves = 0.0,
    own_town: Town = False,
    whole_units: Units = "none",
    form: Output = Format.table,
    data: Data = None,
) -> None:
    """Territoires des GHT, territoires hors GHT et communes non rattachées."""
    atlas = load_atlas(data)
    region = code_of(region, region_directory, atlas)
    ght = code_of(ght, ght_directory, atlas)
    given = _given(
        alpha=alpha, beta=beta, decay=decay, half_time=half_time, regions=regions,
        small_penalty=small_penalty, zone_penalty=zone_penalty, small_beds=small_beds,
        min_beds=min_beds,
    )  # fmt: skip
    columns = list(TERRITORY_COLUMNS)
    options = options_of(enclaves, own_town, whole_units)
    if model is None and not given and matrix is None and options == options_of(0, False, "none"):
        table = territory_table(atlas)
    else:
        table = _analyse(atlas, model, given, matrix, options).territories
        # The interval is that of the bundled rule: no other one was run over the grid.
        table = table.assign(population_low=None, population_high=None)
        columns += MODEL_COLUMNS
    table = table.rename(columns={"area_name": "ght_name"})
    if ght is not None:
        table = table[table.ght_code == ght]
    write(table.loc[(table.reg_code == region) | (region is None), columns], form)


@app.command()
def catchment(
    out: Annotated[Path, typer.Option(help="Fichier à écrire.")],
    model: Model = None,
    alpha: Alpha = None,
    beta: Beta = None,
    decay: Decay = None,
    half_time: HalfTime = None,
    small_penalty: Small = None,
    zone_penalty: Zone = None,
    small_beds: Beds = None,
    min_beds: Least = None,
    regions: Regions = None,
    matrix: Matrix = None,
    enclaves: Enclaves = 0.0,
    own_town: Town = False,
    whole_units: Units = "none",
    form: Annotated[str, typer.Option("--format", help="csv, parquet ou gpkg.")] = "csv",
    data: Data = None,
) -> None:
    """Affectation de chaque commune par un modèle, une ligne par commune."""
    from geo.catchment.communes_file import write_catchment

    atlas = load_atlas(data)
    given = _given(
        alpha=alpha, beta=beta, decay=decay, half_time=half_time, regions=regions,
        small_penalty=small_penalty, zone_penalty=zone_penalty, small_beds=small_beds,
        min_beds=min_beds,
    )  # fmt: skip
    options = options_of(enclaves, own_town, whole_units)
    analysis = _analyse(atlas, model, given, matrix, options)
    count = write_catchment(atlas, analysis.assignment, out, form)
    typer.echo(f"{count} communes écrites dans {out}.")


@app.command()
def establishments(
    region: Region = None,
    ght: Ght = None,
    general: Annotated[
        bool, typer.Option("--general", help="Seulement les sites retenus par le modèle.")
    ] = False,
    form: Output = Format.table,
    data: Data = None,
) -> None:
    """Établissements : hôpitaux et autres sites des membres."""
    atlas = load_atlas(data)
    region = code_of(region, region_directory, atlas)
    ght = code_of(ght, ght_directory, atlas)
    table = atlas.establishments
    table["reg_code"] = table.insee_code.map(atlas.communes.set_index("insee_code").reg_code)
    wanted = pd.Series(True, index=table.index)
    if region is not None:
        wanted &= table.reg_code == region
    if ght is not None:
        wanted &= table.ght_code == ght
    if general:
        wanted &= table.is_general
    write(table[wanted], form)


@app.command()
def check(data: Data = None) -> None:
    """Vérifie les données embarquées : empreintes, schémas, invariants ; totaux du pays."""
    from geo.build.check import check_bundle

    for line in check_bundle(data or default_folder()):
        typer.echo(line)


@app.command()
def build(
    sources: Annotated[Path, typer.Option(help="Dossier des fichiers bruts.")],
    out: Annotated[Path | None, typer.Option(help="Dossier produit ; data/ sinon.")] = None,
    download: Annotated[
        bool, typer.Option("--download", help="Télécharge d'abord les fichiers absents.")
    ] = False,
    use: Annotated[
        list[str] | None,
        typer.Option(
            help="Fichier à lire pour une source, CLÉ=CHEMIN ; « composition » remplace la liste "
            "des GHT et de leurs membres (XLSX du ministère, FHIR, groupes FINESS+)."
        ),
    ] = None,
) -> None:
    """Reconstruit les données embarquées à partir des fichiers bruts."""
    from geo.build.pipeline import build as build_bundle

    if download:
        _download(sources)
    started = time.perf_counter()

    def tell(line: str) -> None:
        errors.print(f"[{time.perf_counter() - started:5.1f} s] {line}", markup=False)

    folder = out or default_folder()
    manifest = build_bundle(sources, folder, tell, supplied_files(use or []))
    typer.echo(f"Données {manifest.version} écrites dans {folder}.")


def _download(folder: Path) -> None:
    """Fetch what the folder lacks."""
    from geo.sources.download import Settings, download_sources
    from geo.sources.registry import absent

    def tell(source: Source, held: int, total: int | None) -> None:
        size = f" sur {total / 1e6:.1f}" if total else ""
        errors.print(f"{source.title} : {held / 1e6:.1f}{size} Mo", end="\r")

    download_sources(folder, absent(folder), settings=Settings(on_progress=tell))


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line.

    Parameters
    ----------
    arguments
        Words after the program's name; those of the process by default.

    Returns
    -------
    status
        0 when done; 1 when the data or a value is refused, 2 when the command is badly written,
        with a French sentence on standard error.
    """
    try:
        _command().main(arguments, prog_name=PROGRAM, standalone_mode=False)
    except GhtError as error:
        _complain(str(error))
        return 1
    except TyperException as error:
        if sentence := _in_french(error):
            _complain(f"Commande mal écrite : {sentence} Aide : {PROGRAM} --help")
        return 2
    return 0


def _command() -> TyperGroup:
    """Make the entry point, with its help options in French."""
    group = typer.main.get_group(app)
    for command in (group, *group.commands.values()):
        option = command.get_help_option(typer.Context(command))
        if option is not None:
            option.help = "Affiche cette aide."
    return group


def _complain(sentence: str) -> None:
    errors.print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)


def _in_french(error: TyperException) -> str:
    """Translate what the parser says."""
    sentence = error.format_message()
    for english, french in FRENCH.items():
        sentence = sentence.replace(english, french)
    return sentence
