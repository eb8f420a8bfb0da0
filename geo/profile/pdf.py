"""The profile of a territory as a PDF: A4, real text, no network."""

import io
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Final

import pandas as pd
from fpdf import XPos, YPos
from pandas.api.types import is_numeric_dtype

from geo import wording
from geo.atlas.provenance import source_sentence
from geo.drawing import palette
from geo.drawing.paper_marks import to_bytes
from geo.errors import UserError
from geo.files import words as files_words
from geo.formats import (
    format_date,
    format_minutes,
    format_number,
    format_quantity,
)
from geo.partnerships.tables import typed_table
from geo.partnerships.words_tables import COLUMNS as PARTNERSHIP_COLUMNS
from geo.profile import access, tables, words_access, words_activity, words_pdf
from geo.profile.activity import key_table, notes_of
from geo.profile.creation import LABELS
from geo.profile.key_figures import KeyFigure
from geo.profile.pdf_page import (
    BRAND,
    DARK,
    FONT,
    MARGIN,
    PALE,
    WIDTH,
    Report,
    each,
    known,
    printable,
)
from geo.profile.picture import draw_territory
from geo.profile.territory import Profile
from geo.profile.words import ANOMALY_COLUMNS, COMMUNE_COLUMNS, MEMBER_COLUMNS, PEER_COLUMNS
from geo.territories.referral import NOTE as REFERRAL_NOTE
from geo.territories.tables import NOTHING, texts_of

MOST_MEMBERS, MOST_COMMUNES, MOST_ROWS, MOST_ANOMALIES = 30, 10, 5, 6
ELSEWHERE: Final = {"partnership_count"}  # has its own section
MOST_PARTNERSHIPS: Final = 20
MOST_EVENTS: Final = 20
MOST_REFERRALS: Final = 12
SERVICE_WIDTHS: Final = (44, 26, 26, 24, 24, 18, 18)
LONG_TITLE: Final = 48
MEMBERS: Final = itemgetter(
    "entity_name", "finess_ej", "city", "role_label", "category_label", "evidence_label", "vintage",
    "merged",
)(MEMBER_COLUMNS)  # fmt: skip
PEERS: Final = itemgetter(
    "area_name", "area_code", "population", "density_per_km2", "member_count", "distance"
)(PEER_COLUMNS)
COMMUNES: Final = itemgetter(
    "commune_name", "insee_code", "population", "population_year", "travel_time_min", "site_km",
    "site_name",
)(COMMUNE_COLUMNS)  # fmt: skip


def _head(report: Report, profile: Profile) -> None:
    """Write the title and what the territory is."""
    report.set_fill_color(*DARK)
    report.rect(0, 0, 210, 34, style="F")
    report.set_fill_color(*BRAND)
    report.rect(0, 34, 210, 1.2, style="F")
    report.set_xy(MARGIN, 8)
    report.set_text_color(255, 255, 255)
    title = printable(profile.title)
    report.set_font(FONT, "B", 16 if len(title) < LONG_TITLE else 12)
    report.start_section(title)
    report.multi_cell(WIDTH, 7, title, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    report.set_font(FONT, size=8)
    for line in head_lines(profile):
        report.multi_cell(WIDTH, 4.1, line, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    report.set_text_color(*DARK)
    report.set_y(37.5)
    report.paragraph(" ".join(wording.MODEL_DECLARATION), 7.5, "I")


def head_lines(profile: Profile) -> list[str]:
    """Write region, support, creation and composition."""
    lines = [words_pdf.PROFILE_REGION.format(region=known(profile.region))]
    if profile.support is None or profile.creation is None:
        return [*lines, profile.kind_label]
    support = profile.support
    lines.append(
        words_pdf.PROFILE_SUPPORT.format(
            name=known(support.name), rule=f"{support.rule} {support.source_url}".strip()
        )
        if support.name
        else words_pdf.PROFILE_NO_SUPPORT.format(rule=support.rule)
    )
    creation = profile.creation
    date = "date inconnue" if creation.created_on is None else format_date(creation.created_on)
    evidence = LABELS[creation.evidence]
    lines.append(
        words_pdf.PROFILE_CREATION.format(date=date, evidence=evidence)
        + f"  ·  {words_pdf.PROFILE_COMPOSITION.format(source=profile.composition)}"
    )
    return lines


def figure_note(figure: KeyFigure, profile: Profile) -> str:
    """Write what stands under a figure: its interval, the published value and the deviation."""
    return words_pdf.BETWEEN.join(filter(None, (figure.interval_text, _rest(figure, profile))))


def _rest(figure: KeyFigure, profile: Profile) -> str:
    """Write the published value, else the years, else that nothing is published."""
    if figure.published is not None:
        is_dated = figure.modelled_then is not None and figure.published_year is not None
        note = words_pdf.PUBLISHED_THEN if is_dated else words_pdf.PUBLISHED_NOTE
        return note.format(
            value=figure.published_text, year=figure.year_text,
            deviation=figure.deviation_text,
        )  # fmt: skip
    if figure.measure == "population" and profile.population_years:
        return words_pdf.YEARS_NOTE.format(years=profile.population_years)
    return words_pdf.NOT_PUBLISHED if figure.measure == "area_km2" else ""


def _figures(report: Report, profile: Profile) -> None:
    """Write the key figures as cards, four in a line."""
    report.heading(words_pdf.PROFILE_KEY_FIGURES)
    width, height, top = WIDTH / 4, 17.5, report.get_y()
    shown = [figure for figure in profile.key_figures if figure.measure not in ELSEWHERE]
    for number, figure in enumerate(shown):
        line, column = divmod(number, 4)
        x, y = MARGIN + column * width, top + line * (height + 1.5)
        report.set_fill_color(*PALE)
        report.rect(x, y, width - 1.5, height, style="F")
        for text, style, size, down in (
            (figure.label, "", 5.8, 1.2),
            (figure.value_text(profile.status), "B", 9.2, 7.0),
            (figure_note(figure, profile), "", 5.6, 11.6),
        ):
            report.set_xy(x + 1, y + down)
            report.set_font(FONT, style, size)
            if style and report.get_string_width(text) > width - 4:
                report.set_font(FONT, style, size * 0.72)
            report.multi_cell(width - 3.5, 2.7, text, align="L")
    lines = -(-len(shown) // 4)
    report.set_xy(MARGIN, top + lines * (height + 1.5))


def _map(report: Report, profile: Profile) -> None:
    """Draw the territory, or say why there is nothing to draw."""
    report.heading(words_pdf.PROFILE_MAP)
    atlas = profile.atlas
    try:
        drawn = draw_territory(atlas, profile.area_code)
    except UserError as error:
        report.paragraph(profile.status_note or str(error))
        return
    picture = to_bytes(drawn, "png", atlas.manifest.build_date)
    text = words_pdf.PROFILE_MAP_TEXT.format(name=printable(profile.name))
    report.image(io.BytesIO(picture), x=MARGIN, w=WIDTH, alt_text=text)


def _access(report: Report, profile: Profile) -> None:
    """Draw the shares of inhabitants within each time."""
    report.heading(words_pdf.PROFILE_ACCESS, 34)
    times = profile.access
    if not times.shares:
        report.paragraph(words_pdf.PROFILE_NONE)
        return
    report.set_font(FONT, size=8)
    for band, share in times.shares.items():
        y = report.get_y()
        report.cell(42, 5, words_pdf.PROFILE_WITHIN.format(band=band))
        report.set_fill_color(*PALE)
        report.rect(MARGIN + 44, y + 0.9, 110, 3.4, style="F")
        report.set_fill_color(*_rgb(palette.sequential(4)[2]))
        report.rect(MARGIN + 44, y + 0.9, max(1.1 * share, 0.01), 3.4, style="F")
        report.set_xy(MARGIN + 156, y)
        text = format_quantity(share, "%", 1)
        report.cell(24, 5, text, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    median, mean = map(format_minutes, (times.median_min, times.mean_min))
    report.ln(0.8)
    method = profile.atlas.vintages.travel_method
    text = words_pdf.PROFILE_ACCESS_TEXT.format(median=median, mean=mean, method=method)
    report.paragraph(text, 7.2, "I")
    if times.unknown_population:
        people = format_quantity(times.unknown_population, "habitants")
        report.paragraph(words_pdf.PROFILE_ACCESS_UNKNOWN.format(people=people), 7.2, "I")


def _services(report: Report, profile: Profile) -> None:
    """Write who is far from a service, the beds within reach and the referrals, as on screen."""
    table = access.services_text(profile)
    if table.empty:
        return
    report.heading(words_access.SERVICES, 50)
    _listed(report, table, table.columns, len(table), SERVICE_WIDTHS, (1, 2, 3, 4, 5))
    for note in (*access.notes_of(profile), access.beds_text(profile)):
        report.paragraph(note, 6.6, "I")
    turned = access.referrals_text(profile)
    if turned.empty:
        return
    report.heading(words_access.REFERRAL, 40)
    _listed(report, turned, turned.columns, MOST_REFERRALS, (28, 64, 64, 24), (3,))
    report.paragraph(REFERRAL_NOTE, 6.6, "I")


def _rgb(color: str) -> tuple[int, int, int]:
    """Read a web colour."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _members(report: Report, profile: Profile) -> None:
    """List the members."""
    table = profile.members
    report.heading(words_pdf.PROFILE_MEMBERS.format(count=format_number(len(table))))
    if table.empty:
        report.paragraph(words_pdf.PROFILE_NONE)
        return
    widths = (37, 17, 24, 13, 34, 19, 17, 19)
    _listed(report, tables.members(profile), MEMBERS, MOST_MEMBERS, widths)


def _history(report: Report, profile: Profile) -> None:
    """Tell what happened to the GHT."""
    if profile.history.empty:
        return
    report.heading(words_pdf.PROFILE_HISTORY, 36)
    table = tables.history(profile)
    _listed(report, table, table.columns, MOST_EVENTS, (24, 26, 70, 26, 34))


def _listed(
    report: Report, table: pd.DataFrame, columns: Iterable[str], most: int,
    widths: Sequence[float], written: Sequence[int] = (),
) -> None:  # fmt: skip
    """Write the first rows of a table of the page, some of its columns; `written`: figures too."""
    names = list(columns)
    texts = [texts_of(table[name].head(most), tables.DECIMALS.get(name)) for name in names]
    numbers = [place for place, name in enumerate(names) if is_numeric_dtype(table[name])]
    lines = ([printable(text) or NOTHING for text in line] for line in zip(*texts, strict=True))
    report.rows(names, lines, widths, [*numbers, *written])
    report.more(len(table) - most)


def _ranks(report: Report, profile: Profile) -> None:
    """Write the ranks in the country and the region."""
    table = tables.ranks(profile)
    if table.empty:
        return
    report.heading(words_pdf.PROFILE_RANKS, 62)
    _listed(report, table, table.columns, len(table), (72, 44, 28, 36), (1, 2, 3))


def _resembling(report: Report, profile: Profile) -> None:
    """List statistical peers, then neighbours."""
    if not profile.peers.empty:
        report.heading(words_pdf.PROFILE_PEERS, 50)
        peers = tables.peers(profile)
        _listed(report, peers, PEERS, len(peers), (58, 18, 26, 30, 18, 30))
        note = words_pdf.PROFILE_PEER_NOTE.format(measures=tables.peer_measures())
        report.paragraph(note, 6.6, "I")
    if not profile.neighbours.empty:
        report.heading(words_pdf.PROFILE_NEIGHBOURS)
        listed = [
            f"{known(row.area_name)} ({format_quantity(row.border_km, 'km')} de limite commune)"
            for row in each(profile.neighbours.head(12))
        ]
        report.paragraph(" ; ".join(listed) + ".")


def _activity(report: Report, profile: Profile) -> None:
    """Write the key figures of activity, as on screen."""
    report.heading(words_activity.TITLE, 62)
    table = key_table(profile)
    if table.empty:
        report.paragraph(words_activity.NONE)
        return
    widths = (62, 19, 19, 32, 24, 24)[: len(table.columns)]
    _listed(report, table, table.columns, len(table), widths, (1, 2, 4))
    report.paragraph(" ".join(notes_of(profile)), 6.6, "I")


def _establishments(report: Report, profile: Profile) -> None:
    """Count the establishments by category, then by city."""
    total = format_number(len(profile.establishments))
    for title, table in (
        (words_pdf.PROFILE_CATEGORIES.format(count=total), tables.categories(profile)),
        (words_pdf.PROFILE_CITIES, tables.cities(profile)),
    ):
        report.heading(title, 36)
        if table.empty:
            report.paragraph(words_pdf.PROFILE_NONE)
            continue
        _listed(report, table, table.columns, MOST_ROWS, (124, 22, 34))


def _communes(report: Report, profile: Profile) -> None:
    """List the communes with most inhabitants."""
    table = profile.communes
    report.heading(words_pdf.PROFILE_COMMUNES.format(count=format_number(len(table))), 36)
    if table.empty:
        report.paragraph(profile.status_note or words_pdf.PROFILE_NONE)
        return
    _listed(report, tables.communes(profile), COMMUNES, MOST_COMMUNES, (42, 14, 18, 14, 20, 18, 54))


def _partnerships(report: Report, profile: Profile) -> None:
    """List the partnerships."""
    report.heading(words_pdf.PROFILE_PARTNERSHIPS)
    table = typed_table(profile.partnerships)
    if table.empty:
        report.paragraph(words_pdf.PROFILE_NO_PARTNERSHIP)
        return
    columns = (PARTNERSHIP_COLUMNS[key] for key in ("title", "form", "status", "start"))
    _listed(report, table, columns, MOST_PARTNERSHIPS, (84, 46, 26, 24))


def _published(report: Report, profile: Profile) -> None:
    """List every published figure with its address."""
    if profile.published.empty:
        return
    report.heading(words_pdf.PROFILE_PUBLISHED)
    table = tables.published(profile.published)
    _listed(report, table, table.columns, len(table), (28, 23, 17, 32, 34, 46), (1, 2))


def _anomalies(report: Report, profile: Profile) -> None:
    """List what the sources contradict here."""
    report.heading(words_pdf.PROFILE_ANOMALIES)
    table = tables.anomalies(profile)
    if table.empty:
        report.paragraph(words_pdf.PROFILE_NONE)
        return
    columns = (ANOMALY_COLUMNS[key] for key in ("detail", "source"))
    _listed(report, table, columns, MOST_ANOMALIES, (136, 44))


PARTS: Final = (
    _head, _figures, _map, _access, _services, _activity, _members, _history, _ranks, _resembling,
    _establishments,
    _communes, _partnerships, _published, _anomalies,
)  # fmt: skip


def to_pdf(profile: Profile) -> bytes:
    """
    Write the profile of a territory.

    Parameters
    ----------
    profile
        From `geo.profile.territory.profile`. Names are printed as they are, whatever they hold.

    Returns
    -------
    content
        A PDF of two to five A4 pages, in French, the same bytes for the same profile.
    """
    atlas = profile.atlas
    report = Report(printable(profile.title), atlas.version, atlas.manifest.build_date)
    for part in PARTS:
        part(report, profile)
    report.heading(words_pdf.PROFILE_SOURCES)
    if profile.creation is not None:
        report.paragraph(f"{profile.creation.detail} {profile.creation.source_url}", 7)
    report.paragraph(source_sentence(atlas), 7)
    report.paragraph(files_words.LICENCE_RULE.replace(" ci-dessous", ""), 7)
    return bytes(report.output())
