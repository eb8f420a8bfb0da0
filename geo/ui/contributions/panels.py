"""The panels where a person adds partnerships: template, upload, report, files, database."""

from collections.abc import Callable, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from geo.contributions import words as wording
from geo.contributions.columns import PARTNERSHIPS, cell_of
from geo.contributions.drafts import LONGEST_AUTHOR, Draft
from geo.contributions.reading import MAX_BYTES
from geo.contributions.template import (
    template_csv,
    template_xlsx,
    to_flat_csv,
    to_workbook,
    to_yaml,
)
from geo.contributions.verdict import (
    ACCEPTED,
    EXAMPLE,
    REFUSED,
    Report,
    annotated_file,
    line_table,
    problem_table,
)
from geo.faults import format_values
from geo.formats import format_number
from geo.ui.contributions import session as state
from geo.ui.contributions import words, words_withdrawals
from geo.ui.contributions.withdrawal import show_withdrawals
from geo.ui.shared.html import (
    Figure,
    escape_markdown,
    figures_html,
    note_html,
    section_html,
    table_html,
)
from geo.ui.shared.templates import EMPTY

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv"
YAML: Final = "application/yaml"
JSON: Final = "application/json"
MIMES: Final = {"xlsx": XLSX, "csv": CSV}
MOST_ROWS: Final = 100
SESSION_FIELDS: Final = ("id", "title", "ght_codes", "form", "status", "revision")
File = tuple[str, str, str, Callable[[], bytes]]  # label, name, type, content


def show_contributions() -> None:
    """Show everything a person needs to add partnerships."""
    st.html(section_html(words.TITLE, note_html(words.INTRO)))
    _show_told()
    _offer_side_by_side(
        (
            (words.TEMPLATE_XLSX, "modele_partenariats.xlsx", XLSX, template_xlsx),
            (words.TEMPLATE_CSV, "modele_partenariats.csv", CSV, template_csv),
        )
    )
    _show_upload()
    _show_session()
    _show_store()


def _show_told() -> None:
    """Show what the last action did."""
    told = state.told()
    if told is not None:
        kind, sentence = told
        show = {"success": st.success, "warning": st.warning, "error": st.error}[kind]
        show(escape_markdown(sentence))


def _offer(label: str, name: str, mime: str, content: Callable[[], bytes]) -> None:
    """Offer a file, made when it is asked for."""
    st.download_button(
        label, data=content, file_name=name, mime=mime, on_click="ignore", key=f"fichier_{name}",
    )  # fmt: skip


def _offer_side_by_side(files: Sequence[File]) -> None:
    """Offer several files on one line."""
    for place, (label, name, mime, content) in zip(st.columns(3), files, strict=False):
        with place:
            _offer(label, name, mime, content)


def _show_table(table: pd.DataFrame, caption: str, head: str = "") -> None:
    """Show the first rows of a table under its name; the file has them all."""
    st.html(note_html(caption) + table_html(table.head(MOST_ROWS), caption, head))
    if len(table) > MOST_ROWS:
        st.html(note_html(words.MORE.format(shown=MOST_ROWS)))


# The file of a person


def _show_upload() -> None:
    """Show the upload and what the file is worth."""
    # Of any type: of one that is not read, Streamlit says so in a bubble, and the report in words.
    file = st.file_uploader(
        words.FILE, key="contributions_fichier", max_upload_size=MAX_BYTES // 1_000_000
    )
    if file is None:
        return
    report = state.report(file.name, file.getvalue())
    if isinstance(report, str):
        st.error(escape_markdown(report))
    else:
        _show_report(report)


def _show_report(report: Report) -> None:
    """Show the verdict on each row, then offer what can be done."""
    counts = [report.verdicts.count(verdict) for verdict in (ACCEPTED, REFUSED, EXAMPLE)]
    labels = (words.ACCEPTED_COUNT, words.REFUSED_COUNT)
    figures = [Figure(words.READ_COUNT, format_number(len(report.verdicts)))]
    figures += [Figure(n, format_number(c)) for n, c in zip(labels, counts, strict=False)]
    figures.append(Figure(words.PROBLEM_COUNT, format_number(len(report.problems))))
    notes = [words.examples_left(counts[2])] if counts[2] else []
    notes += report.reading.told
    if report.reading.ignored:
        notes.append(words.ignored(format_values(report.reading.ignored)))
    body = figures_html(figures) + EMPTY.join(map(note_html, notes))
    st.html(section_html(words.REPORT, body))
    if report.problems:
        _show_table(problem_table(report), words.PROBLEMS, wording.PROBLEM)
        suffix, content = annotated_file(report)
        _offer(words.CORRECTED, f"partenariats_problemes.{suffix}", MIMES[suffix], lambda: content)
    _show_table(line_table(report), words.LINES)
    there = state.records()
    new = [draft for draft in report.accepted if draft.record not in there]
    if new:
        st.button(
            words.add(len(new)), on_click=state.add, args=(new,), key="contributions_ajouter",
            type="primary",
        )  # fmt: skip
    elif report.accepted:
        st.html(note_html(words.ALREADY_THERE))


# The session


def _show_session() -> None:
    """Show the partnerships of the session, to keep, to propose or to drop."""
    held = state.drafts()
    drafts = list(held.values())
    if not drafts:
        return
    st.html(section_html(words.SESSION, note_html(words.SESSION_NOTE)))
    _show_table(_session_table(drafts), words.SESSION)
    records = [draft.record for draft in drafts]
    revisions = {name: draft.revision for name, draft in held.items()}
    files = (
        (words.AS_XLSX, "partenariats.xlsx", XLSX, lambda: to_workbook(records, revisions)),
        (words.AS_CSV, "partenariats.csv", CSV, lambda: to_flat_csv(records, revisions)),
        (words.AS_YAML, "partenariats.yaml", YAML, lambda: to_yaml(records)),
    )
    _offer_side_by_side(files)
    st.html(note_html(words.PROPOSE))
    titles = {name: words.named(draft.record["title"], name) for name, draft in held.items()}
    chosen = st.selectbox(
        words.DROP_CHOICE, list(titles), key="contributions_choix",
        filter_mode="contains",
        format_func=titles.__getitem__,
    )  # fmt: skip
    st.button(words.DROP, on_click=state.drop, args=(chosen,), key="contributions_retirer")


def _session_table(drafts: Sequence[Draft]) -> pd.DataFrame:
    """Describe the partnerships of the session, under French column names."""
    columns = [column for column in PARTNERSHIPS.columns if column.name in SESSION_FIELDS]
    rows = [
        [cell_of(c, {**draft.record, "revision": draft.revision or None}) for c in columns]
        for draft in drafts
    ]
    return pd.DataFrame(rows, columns=[column.title for column in columns])


# The database


def _show_store() -> None:
    """Show the database: what it can do today, its conflicts, its history."""
    stored = state.stored()
    if stored is None:
        st.html(section_html(words.STORE_TITLE, note_html(words.NO_STORE)))
        return
    st.html(section_html(words.STORE_TITLE))
    if stored.history is None:
        kept = f" {words.KEPT}" if state.drafts() else ""
        st.error(escape_markdown(stored.fault + kept))
        st.button(words.RETRY, on_click=state.forget_stored, key="contributions_reessayer")
        return
    drafts = list(state.drafts().values())
    if drafts or stored.history.heads:
        st.text_input(words.AUTHOR, max_chars=LONGEST_AUTHOR, key=state.AUTHOR)
    if drafts:
        st.button(
            words.save_in_store(len(drafts)), on_click=state.save, args=(drafts,),
            key="contributions_enregistrer", type="primary",
        )  # fmt: skip
    else:
        st.html(note_html(words.NOTHING_TO_SAVE))
    if stored.refused:
        st.warning(escape_markdown("\n".join([f"{words.REFUSED_STORED} :", *stored.refused])))
    _show_conflicts(stored)
    show_withdrawals(stored.history)
    _show_history(stored)


def _show_conflicts(stored: state.Stored) -> None:
    """Show the edits and withdrawals that crossed, side by side, and let a person choose."""
    from geo.contributions.tables import comparison  # noqa: PLC0415  only where a database is set

    history = stored.history
    for revision in history.conflicts if history else []:
        head = history.heads[revision.record_id] if history else revision
        title = str(head.record["title"])
        start, number = revision.made_from, revision.number
        sentence = words.conflict(title, number, revision.author, start, head.number)
        st.warning(escape_markdown(sentence))
        _show_table(comparison(head, revision), title)
        kept = ((words.keep_head(head.number), head), (words.keep_conflict(number), revision))
        for named, winner in kept:
            draft = Draft(winner.record, head.number, number, winner.kind)
            label = words_withdrawals.of_withdrawal(named) if winner.is_withdrawal else named
            st.button(
                label, on_click=state.save, args=([draft],),
                key=f"conflit_{revision.record_id}_{number}_{winner.number}",
            )  # fmt: skip


def _show_history(stored: state.Stored) -> None:
    """Show every revision, and the files that hold them."""
    from geo.contributions.tables import history_csv, history_json, history_table  # noqa: PLC0415  only where a database is set

    history = stored.history
    if history is None or not history.revisions:
        st.html(note_html(words.NO_HISTORY))
        return
    _show_table(history_table(history), words.HISTORY)
    heads = list(history.current.values())
    revisions = {head.record_id: head.number for head in heads}
    records = [head.record for head in heads]
    files = (
        (words.STORED_FILE, "contributions.xlsx", XLSX, lambda: to_workbook(records, revisions)),
        (words.EXPORT_CSV, "revisions.csv", CSV, lambda: history_csv(history)),
        (words.EXPORT_JSON, "revisions.json", JSON, lambda: history_json(history)),
    )
    _offer_side_by_side(files)
