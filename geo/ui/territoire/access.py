"""Who is far from a service, on the page of a territory: thresholds, beds, referral."""

from markupsafe import Markup

from geo.profile import access
from geo.profile import words_access as wording
from geo.profile.territory import Profile
from geo.territories.referral import NOTE as REFERRAL_NOTE
from geo.ui.shared.html import note_html
from geo.ui.shared.templates import EMPTY
from geo.ui.territoire import words
from geo.ui.territoire.html import frame_html, subtitle_html


def services_html(made: Profile) -> Markup:
    """Write the thresholds of each service, the beds within reach, then the referrals."""
    table = access.services_text(made)
    if table.empty:
        return EMPTY
    notes = [*access.notes_of(made), access.beds_text(made)]
    parts = [subtitle_html(wording.SERVICES), frame_html(table, wording.SERVICES, wording.SERVICE)]
    return EMPTY.join([*parts, *map(note_html, notes), _referrals(made)])


def _referrals(made: Profile) -> Markup:
    """Write where the sites of a GHT turn to."""
    if made.kind != "ght":
        return EMPTY
    table = access.referrals_text(made)
    title = subtitle_html(wording.REFERRAL)
    if table.empty:
        return title + note_html(words.NO_REFERRAL)
    head = wording.REFERRAL_COLUMNS[0]
    return title + frame_html(table, wording.REFERRAL, head) + note_html(REFERRAL_NOTE)
