"""The activity of the hospitals of a territory, on its page: key figures, then everything."""

from markupsafe import Markup

from geo.formats import format_number
from geo.profile import words_activity as wording
from geo.profile.activity import notes_of, wide_texts
from geo.profile.territory import Profile
from geo.ui.shared.activity import folded_html, key_html
from geo.ui.shared.html import Column, grid_html, note_html
from geo.ui.shared.templates import EMPTY
from geo.ui.territoire import words


def activity_html(made: Profile) -> Markup:
    """Write the key figures with their trends, then every figure, folded."""
    if made.activity.empty:
        return note_html(wording.NONE)
    grid = key_html(made.activity, has_total=made.kind == "ght")
    notes = EMPTY.join(map(note_html, notes_of(made)))
    return grid + notes + _everything(made)


def _everything(made: Profile) -> Markup:
    """Write every figure of every year, folded, by family."""
    table = wide_texts(made)
    heads = [*table.columns][1:]
    columns = [Column(heads[0], "row"), *(Column(head, "n") for head in heads[1:-1])]
    columns.append(Column(heads[-1]))
    groups = [
        (str(family), rows.iloc[:, 1:].itertuples(index=False))
        for family, rows in table.groupby(wording.FAMILY, sort=False)
    ]
    title = words.every_activity(format_number(len(table)))
    return folded_html(title, grid_html(columns, groups, title))
