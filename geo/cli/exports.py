"""Commands that write files to take away: export, map, report, atlas."""

import enum
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from geo.atlas.load import load_atlas
from geo.atlas.resolve import area_directory, ght_directory, region_directory
from geo.cli.output import Data, Ght, Region, code_of
from geo.errors import UserError
from geo.files import words as files_words
from geo.formats import format_count
from geo.profile import words_pdf as profile_words_pdf

errors = Console(stderr=True)


class What(enum.StrEnum):
    """What can be exported."""

    territories = "territories"
    communes = "communes"
    zones = "zones"
    establishments = "establishments"
    partnerships = "partnerships"
    links = "links"
    parties = "parties"


class FileFormat(enum.StrEnum):
    """Formats of exports."""

    csv = "csv"
    xlsx = "xlsx"
    geojson = "geojson"
    gpkg = "gpkg"
    parquet = "parquet"


class Separator(enum.StrEnum):
    """Separators of CSV."""

    semicolon = ";"
    comma = ","


class PictureFormat(enum.StrEnum):
    """Formats of maps."""

    png = "png"
    svg = "svg"
    pdf = "pdf"


Out = Annotated[
    Path,
    typer.Option(help="Fichier à écrire ; dans un dossier, le nom est choisi d'après le contenu."),
]


def _store(path: Path, content: bytes) -> None:
    """Write a file, or say in French why not."""
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(files_words.NOT_WRITABLE.format(path=path, reason=reason)) from error


def _target(out: Path, name: str) -> Path:
    """Choose the file: the one named, or one inside the folder named."""
    return out / name if out.is_dir() else out


def export(
    what: Annotated[What, typer.Option(help="Contenu : une ligne par objet.")],
    out: Out,
    form: Annotated[
        FileFormat, typer.Option("--format", help="Format du fichier.")
    ] = FileFormat.csv,
    region: Region = None,
    ght: Ght = None,
    separator: Annotated[
        Separator, typer.Option(help="Séparateur du CSV ; « , » écrit des points décimaux.")
    ] = Separator.semicolon,
    data: Data = None,
) -> None:
    """Exporte les lignes demandées : tableur, classeur, ou couche cartographique."""
    from geo.files.contents import extract, written
    from geo.files.csv import to_csv
    from geo.files.french import in_french

    atlas = load_atlas(data)
    region = code_of(region, region_directory, atlas)
    ght = code_of(ght, ght_directory, atlas)
    chosen = extract(atlas, what.value, region, ght)
    if form is FileFormat.csv:
        content = to_csv(in_french(atlas, chosen).table, separator.value)
    elif form is FileFormat.xlsx:
        from geo.files.workbook import to_xlsx

        content = to_xlsx(in_french(atlas, chosen), atlas.manifest.build_date)
    else:
        from geo.files.geofiles import geo_bytes

        content = geo_bytes(atlas, chosen, form.value)
    target = _target(out, f"{chosen.name}.{form.value}")
    _store(target, content)
    typer.echo(written(chosen, target))


def figure(
    out: Out,
    measure: Annotated[
        str, typer.Option(help="Indicateur, par exemple population.")
    ] = "population",
    region: Region = None,
    area: Annotated[
        str | None, typer.Option(help="Territoire à encadrer, par son code ou son nom.")
    ] = None,
    form: Annotated[
        PictureFormat, typer.Option("--format", help="Format de l'image.")
    ] = PictureFormat.png,
    data: Data = None,
) -> None:
    """Dessine la carte d'un indicateur, avec légende, échelle, source et date."""
    from geo.files.contents import place_name
    from geo.files.csv import file_name
    from geo.territories.activity import INDICATORS
    from geo.territories.picture import MapRequest, map_bytes

    atlas = load_atlas(data)
    region = code_of(region, region_directory, atlas)
    if measure not in INDICATORS:
        known = ", ".join(INDICATORS)
        raise UserError(f"Indicateur « {measure} » inconnu. Indicateurs : {known}.")
    area = code_of(area, area_directory, atlas)
    content = map_bytes(atlas, MapRequest(measure, region=region, area=area), form.value)
    words = ("carte", measure, area or place_name(atlas, region, None))
    target = _target(out, file_name(words, atlas.manifest.build_date, atlas.version, form.value))
    _store(target, content)
    typer.echo(f"Carte écrite dans {target}.")


def report(
    area: Annotated[str, typer.Argument(metavar="GHT", help="GHT, par son code ou son nom.")],
    out: Out,
    data: Data = None,
) -> None:
    """Écrit le portrait d'un territoire en PDF."""
    from geo.profile.book import page_name
    from geo.profile.pdf import to_pdf
    from geo.profile.territory import profile

    atlas = load_atlas(data)
    area = code_of(area, area_directory, atlas)
    made = profile(atlas, area)
    target = _target(out, page_name(atlas, area, made.name))
    _store(target, to_pdf(made))
    typer.echo(f"Portrait de {made.title} écrit dans {target}.")


def atlas_book(
    out: Annotated[Path, typer.Option(help="Dossier des portraits ; créé s'il manque.")],
    region: Region = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Adresse d'un ordonnanceur Dask, par exemple tcp://hote:8786."),
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Processus sur cette machine.")] = None,
    data: Data = None,
) -> None:
    """Écrit le portrait PDF de tous les territoires ; reprend là où il s'était arrêté."""
    from geo.profile.book import write_book

    atlas = load_atlas(data)
    region = code_of(region, region_directory, atlas)
    areas = atlas.territories[atlas.territories.kind != "unassigned"]
    if region is not None:
        areas = areas[areas.reg_code == region]
    started = time.perf_counter()

    def tell(done: int, total: int, code: str) -> None:
        elapsed = time.perf_counter() - started
        errors.print(f"[{elapsed:5.1f} s] {done}/{total} {code}", markup=False, highlight=False)

    book = write_book(atlas, out, list(areas.area_code), scheduler, workers, tell)
    if book.kept:
        typer.echo(profile_words_pdf.BOOK_KEPT.format(count=len(book.kept)))
    count = format_count(len(book.written), "portrait écrit", "portraits écrits")
    seconds = f"{time.perf_counter() - started:.0f}"
    typer.echo(profile_words_pdf.BOOK_DONE.format(count=count, folder=out, seconds=seconds))


def register(app: typer.Typer) -> None:
    """Add these commands to the entry point."""
    app.command("export")(export)
    app.command("figure")(figure)
    app.command("report")(report)
    app.command("atlas")(atlas_book)
