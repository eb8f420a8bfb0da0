"""The page of a scenario as a PDF: what it changes, on the map and in figures."""

import io
from typing import Final

from fpdf import XPos, YPos
from fpdf.enums import WrapMode

from geo.atlas.provenance import map_sources, source_sentence
from geo.catchment import words as catchment_words
from geo.catchment.area_drawing import touched_areas
from geo.catchment.layers import (
    CHANGE_BOUNDS,
    change_labels,
    change_percent,
    changed_communes,
    fixed_classes,
)
from geo.catchment.models import MODELS
from geo.catchment.picture import BasinMap, Over, draw_basin, hatched_shapes
from geo.drawing import palette
from geo.drawing.paper_marks import to_bytes
from geo.drawing.paper_page import GREY, run_paint
from geo.establishments.picture import support_sites
from geo.formats import format_date
from geo.profile.pdf_page import BRAND, DARK, FONT, MARGIN, WIDTH, Report, printable
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins import words, words_files
from geo.ui.bassins.told import Told
from geo.ui.shared import cache, light_communes
from geo.wording import MODEL_NAME

MOST_CHANGES, MOST_AREAS = 8, 10
MAP_WIDTH: Final = 150.0  # millimetres
WIDTHS: Final = (62, 28, 38, 26, 26)


def scenario_pdf(asked: Told) -> bytes:
    """
    Write a scenario: its changes, what they do, the map, the method.

    Parameters
    ----------
    asked
        What the page of models shows.

    Returns
    -------
    content
        A PDF of one A4 page for a scenario of a few changes, the same bytes for the same scenario.
    """
    atlas = cache.atlas()
    title = words_files.SCENARIO_TITLE.format(name=asked.name)
    report = Report(printable(title), atlas.version, atlas.manifest.build_date)
    report.set_subject(words_files.SCENARIO_SUBJECT)
    _head(report, title)
    _changes(report, asked)
    _effects(report, asked)
    _map(report, asked)
    _method(report, asked)
    return bytes(report.output())


def _head(report: Report, title: str) -> None:
    """Write the title, and that nothing here is true."""
    report.set_fill_color(*DARK)
    report.rect(0, 0, 210, 24, style="F")
    report.set_fill_color(*BRAND)
    report.rect(0, 24, 210, 1.2, style="F")
    report.set_xy(MARGIN, 6)
    report.set_text_color(255, 255, 255)
    report.set_font(FONT, "B", 14)
    shown = printable(title)
    report.start_section(shown)
    report.multi_cell(WIDTH, 6, shown, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    report.set_font(FONT, "B", 9)
    report.cell(WIDTH, 5, words_files.INVENTED, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    report.set_text_color(*DARK)
    report.set_y(27)


def _changes(report: Report, asked: Told) -> None:
    """List the changes, and what is doubtful in them."""
    report.heading(words.CHANGES)
    for number, text in enumerate(asked.changes[:MOST_CHANGES], start=1):
        report.paragraph(printable(f"{number}. {text}"))
    report.more(len(asked.changes) - MOST_CHANGES)
    for text in asked.warnings:
        report.paragraph(printable(text), 7.2, "I")


def _effects(report: Report, asked: Told) -> None:
    """Write before and after, as beside the map."""
    report.heading(words.EFFECT, 40)
    listed = asked.effects
    if not listed:
        report.paragraph(words.EFFECT_NONE)
        return
    lines = [
        [printable(text) for text in (one.name, one.change, one.population, one.communes)]
        + [one.minutes]
        for one in listed[:MOST_AREAS]
    ]
    report.rows(words_files.SCENARIO_COLUMNS, lines, WIDTHS, (1, 2, 3, 4))
    report.more(len(listed) - MOST_AREAS)
    report.ln(1)
    report.paragraph(asked.summary)


def _map(report: Report, asked: Told) -> None:
    """Draw the differences with reality, around what changes."""
    drawn = draw_basin(difference_map(asked))
    picture = to_bytes(drawn, "png", cache.atlas().manifest.build_date)
    report.ln(2)
    text = words_files.SCENARIO_MAP_TEXT
    left = MARGIN + (WIDTH - MAP_WIDTH) / 2
    report.image(io.BytesIO(picture), x=left, w=MAP_WIDTH, alt_text=text)


def difference_map(asked: Told) -> BasinMap:
    """Gather the map of the differences with reality."""
    found, reality, light = asked.found, asked.reality, light_communes.light()
    table = found.territories
    change = change_percent(found, reality)
    ghts = change[table.kind == "ght"].astype("float64")
    classes = fixed_classes(ghts, CHANGE_BOUNDS)
    everywhere = table.area_code.astype("str").to_list()
    touched = sorted(touched_areas(reality, found))
    moved = changed_communes(found, reality).insee_code
    strong, text = words.DECLARATION
    source = map_sources(cache.atlas()).replace(MODEL_NAME, f"Modèle : {asked.model}")
    title = words_files.SCENARIO_TITLE.format(name=asked.name)
    return BasinMap(
        words=(title, f"{words_files.INVENTED} {strong} {text}", source),
        heading=f"{words.POPULATION_CHANGE} (%)",
        texts=change_labels(),
        paint=run_paint(table, classes, palette.diverging(classes.count), GREY),
        areas=bassins_cache.drawn_areas(asked.request, found),
        focus=touched or everywhere,
        shown=everywhere,
        sites=support_sites(cache.atlas()),
        over=Over(hatched_shapes(light, found, moved), hatch=words.HATCH_CHANGED)
        if len(moved)
        else None,
    )


def _method(report: Report, asked: Told) -> None:
    """Say how it is computed, from what, and where to see it again."""
    atlas = cache.atlas()
    report.heading(words.METHOD, 24)
    model = MODELS.get(asked.request.model)
    banner = " ".join(catchment_words.banner(asked.name))
    report.paragraph(f"{banner} {model.rule if model else ''}", 7)
    report.paragraph(f"{words.VALUES} : {asked.values}.", 6.6)
    source = source_sentence(atlas).replace(MODEL_NAME, f"Modèle : {asked.model}")
    report.paragraph(source, 6.2)
    made = words_files.MADE.format(
        version=atlas.version, date=format_date(atlas.manifest.build_date)
    )
    report.paragraph(made, 6.6)
    report.set_font(FONT, size=6)
    report.multi_cell(WIDTH, 2.8, asked.link, align="L", wrapmode=WrapMode.CHAR)
