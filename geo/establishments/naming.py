"""Names of institutions and towns in French typography, from the capitals of the registers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from geo.establishments.lexicon import SMALL, Kind, Lexicon, name_key

LONGEST: Final = 8  # words of a known name
QUOTES: Final = re.compile(r"[\"«»“”]")
DOTTED: Final = re.compile(r"\b(?:[A-Z]\.)+[A-Z]\b\.?|\b(?:[A-Z]\.){2,}")
FORMER: Final = re.compile(r"\(\s*EX\W*H\W*L\W*\)?")
TOKEN: Final = re.compile(r"([^\W_]+)([\W_]*)")
CEDEX: Final = re.compile(r"\s*\bCED(?:EX?\b.*)?$", re.IGNORECASE)
DISTRICT: Final = re.compile(r"(PARIS|LYON|MARSEILLE) (\d{1,2})(?:ER?|EME)?(?: ARRONDISSEMENT)?")
DISTRICT_POSTAL: Final = {
    "PARIS": re.compile(r"75[01](\d\d)"),
    "LYON": re.compile(r"690(0\d)"),
    "MARSEILLE": re.compile(r"130([01]\d)"),
}
DISTRICT_COUNTS: Final = {"PARIS": 20, "LYON": 9, "MARSEILLE": 16}
ELIDED: Final = frozenset({"D", "L", "QU", "JUSQU", "PRESQU"})
ARTICLES: Final = frozenset({"le", "la", "les", "l"})
LINKS: Final = frozenset({" ", "-", "'"})
ON: Final = "/"  # "ROMILLY/SEINE"
LOOSE_HYPHEN: Final = " -"  # "BASSE -TERRE"
# Hospitals are called by the town that follows them, whatever the address says.
HOSPITALS: Final = frozenset(
    {"CH", "CHU", "CHR", "CHRU", "CHI", "CHIC", "CHS", "CHD", "hôpital local"}
)
PLACED: Final = HOSPITALS | {"site", "antenne"}
# What says nothing of who it is when it stands alone.
BARE: Final = HOSPITALS | {
    "EPSM", "EPS", "EHPAD", "USLD", "CMP", "IFSI", "HAD", "SSIAD", "hôpital", "clinique",
    "maison de retraite", "hôpital intercommunal", "polyclinique", "hôpital de jour",
}  # fmt: skip
LANDS: Final = frozenset({"Pays", "Val"})
# The first letter of these towns is heard: "de Haguenau", where others have "d'Hyères".
ASPIRATED: Final = re.compile(r"HA(?!Z|GE|Y)|HO[CU]|HOMB|HU|HER[BR]|HEM\b|HIL")
VOWELS: Final = frozenset("AEIOUY")
SHORT: Final = 4  # letters at most of a word that is spelt when it cannot be said
UNSAID: Final = re.compile(
    r"[^AEIOUY]*|(?!BL|BR|C[HLR]|DR|F[LR]|G[LNR]|KL|KR|P[HLR]|S[CHKLMNPTQ]|T[HR]|VR|WR)"
    r"[B-DF-HJ-NP-TV-XZ]{2}.*|.*[B-DF-HJ-NP-TV-XZ]{2}[B-DF-HJ-NP-RTV-XZ]"
)
# Endings that are always accented, for the words that no list holds.
ENDINGS: Final = (
    (re.compile(r"ier(es?)$"), r"ièr\1"),
    (re.compile(r"(?<=[^é\W]{3})ee(s?)$"), r"ée\1"),
    (re.compile(r"therap"), "thérap"),
    (re.compile(r"oeu"), "œu"),
)
CUT_TOWN: Final = 20  # letters from which a town may have been cut by its register


@dataclass
class Piece:
    """
    A word, or a known run of words.

    Attributes
    ----------
    text
        As it will be printed.
    kind
        What it is.
    glue
        What stands before it: "", " ", "-", "'", " – ", " (", ...
    """

    text: str
    kind: Kind
    glue: str

    @property
    def is_linked(self) -> bool:
        """Tell whether nothing but a blank stands between it and what precedes."""
        return self.glue == " "


def institution_name(raw: str, lexicon: Lexicon, city: str = "") -> str:
    """
    Write the name of an institution as the French do.

    Parameters
    ----------
    raw
        Name in a register, mostly in capitals without accents, shortened, or already well written.
    lexicon
        Words and towns.
    city
        Town of its address, as `town_name` writes it: "EHPAD MONTFRIN" in Montfrin is "EHPAD de
        Montfrin".

    Returns
    -------
    name
        What cannot be read only loses its capitals. Applied again, it changes nothing.
    """
    pieces = _without_loose_end(list(_read(_tokens(raw), lexicon)))
    if not pieces:
        return raw.strip()
    town = name_key(city)
    if len(pieces) == 1 and pieces[0].text in BARE and town in lexicon.towns:
        pieces.append(Piece(lexicon.towns[town], "town", " "))
    _set_capitals(pieces)
    return _joined(_link_towns(pieces, town))


def town_name(raw: str, lexicon: Lexicon, postal_code: str = "") -> str:
    """
    Write a town of an address in its official form.

    Parameters
    ----------
    raw
        Town of the address, with "CEDEX" or not.
    lexicon
        Words and towns.
    postal_code
        Tells the arrondissement of Paris, Lyon, Marseille.

    Returns
    -------
    town
        For instance "Romilly-sur-Seine", "Paris 12e"; without "CEDEX" nor its number.
    """
    key = name_key(CEDEX.sub("", raw))
    district = DISTRICT.fullmatch(key)
    if district:
        return _district(district[1], int(district[2]))
    if key in DISTRICT_POSTAL:
        coded = DISTRICT_POSTAL[key].fullmatch(postal_code)
        return _district(key, int(coded[1]) if coded else 0)
    known = lexicon.towns.get(key) or lexicon.elsewhere.get(key) or _cut_town(key, lexicon)
    read = known or _joined(list(_read(_tokens(CEDEX.sub("", raw)), lexicon))) or raw.strip()
    return read[:1].upper() + read[1:]


def _cut_town(key: str, lexicon: Lexicon) -> str:
    """Find the only town that begins as a long name does: registers cut them."""
    if len(key) < CUT_TOWN:
        return ""
    found = {name for known, name in lexicon.towns.items() if known.startswith(key)}
    return found.pop() if len(found) == 1 else ""


def _district(city: str, number: int) -> str:
    if not 1 <= number <= DISTRICT_COUNTS[city]:
        return city.capitalize()
    return f"{city.capitalize()} {number}{'er' if number == 1 else 'e'}"


def _tokens(raw: str) -> list[tuple[str, str]]:
    """Cut a name in words, each with the mark that follows it."""
    text = FORMER.sub(" ", QUOTES.sub(" ", raw))
    text = DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text)
    text = re.sub(r"\bS/\s*(?=\w{3})", "SUR ", text)
    text = re.sub(r"(?<=\w\w)\.(?=\w)", " ", text)
    return [(word, _mark(word, after)) for word, after in TOKEN.findall(text)]


def _mark(word: str, after: str) -> str:
    """Write what stands between two words."""
    marks = re.sub(r"[\s_]+", " ", after.replace("’", "'").replace("–", "-"))
    if marks in (" -", "- "):
        return LOOSE_HYPHEN
    if marks == "." and word[-1].isdigit():
        return marks
    if "'" in marks and (marks == "'" or name_key(word) in ELIDED):
        return "'"
    marks = marks.replace("'", " ").replace(".", ". " if len(word) == 1 else " ")
    marks = re.sub(r" *- +| +- *", " – ", marks)
    marks = re.sub(r" *: *", " : ", marks)
    marks = re.sub(r" +/ *|/ +", " / ", marks)
    return re.sub(r" +", " ", marks.replace("(", " (")).replace("( ", "(").replace(" )", ")")


def _read(tokens: list[tuple[str, str]], lexicon: Lexicon) -> Iterator[Piece]:
    """Read the longest known run at each place, else a word."""
    is_mixed = any(char.islower() for word, _ in tokens for char in word)
    place, glue = 0, ""
    while place < len(tokens):
        count, text, kind = _known(tokens, place, lexicon) or (1, *_word(tokens, place, is_mixed))
        if is_mixed and kind == "common" and tokens[place][0].istitle():
            text = text[0].upper() + text[1:]
        end = tokens[place + count - 1][1]
        if name_key(tokens[place][0]) in ELIDED and count == 1 and kind == "small":
            end = "'"
        yield Piece(text, kind, glue)
        place, glue = place + count, " – " if end == LOOSE_HYPHEN else end


def _known(
    tokens: list[tuple[str, str]], place: int, lexicon: Lexicon
) -> tuple[int, str, Kind] | None:
    """Find the longest known run that starts at a place: its length, text and kind."""
    most = 1
    while most < LONGEST and place + most < len(tokens) and _is_link(tokens[place + most - 1][1]):
        most += 1
    keys = [name_key(word) for word, _ in tokens[place : place + most]]
    marks = [" SUR " if mark == ON else " " for _, mark in tokens[place : place + most]]
    whole = [lexicon.whole(key) for key in keys]
    for count in range(most, 0, -1):
        ends = [*marks[: count - 1], ""]
        found = lexicon.find(_run(whole, ends)) or lexicon.find(_run(keys, ends))
        if found:
            return (count, *found)
    if keys[0] in ("SAINT", "SAINTE") and most > 1 and marks[0] == " " and _is_patron(keys[1]):
        known = lexicon.find(keys[1])
        patron = known[0] if known else _cased(tokens[place + 1][0], is_mixed=False)
        return 2, f"{keys[0].capitalize()}-{patron[0].upper()}{patron[1:]}", "proper"
    return None


def _run(keys: list[str], marks: list[str]) -> str:
    """Write as many words as there are marks, each with the one that follows it."""
    return "".join(key + mark for key, mark in zip(keys, marks, strict=False))


def _is_link(mark: str) -> bool:
    return mark in LINKS or mark in (ON, LOOSE_HYPHEN)


def _is_patron(key: str) -> bool:
    return key.lower() not in SMALL and key.isalpha()


def _word(tokens: list[tuple[str, str]], place: int, is_mixed: bool) -> tuple[str, Kind]:
    """Write a word that no list holds."""
    word, mark = tokens[place]
    key, last = name_key(word), place == len(tokens) - 1
    if key in ("D", "L") and not last and (mark == "'" or _is_elided(tokens[place + 1][0])):
        return key.lower(), "small"
    if (
        key in ("A", "QU")
        and not last
        and place
        and mark in (" ", "'")
        and not _is_initial(tokens, place)
    ):
        return {"A": "à", "QU": "qu"}[key], "small"
    text = _cased(word, is_mixed)
    return text, "acronym" if text.isalpha() and text.isupper() and len(text) > 1 else "proper"


def _is_initial(tokens: list[tuple[str, str]], place: int) -> bool:
    """Tell the first letter of somebody from "à": A de Rothschild."""
    return name_key(tokens[place + 1][0]) in ("D", "DE", "DU", "DES")


def _is_elided(word: str) -> bool:
    """Tell whether a lone D or L stands for "d'" or "l'" before a word."""
    return name_key(word)[:1] in VOWELS | {"H"}


def _cased(word: str, is_mixed: bool) -> str:
    """Take the capitals of a word away, unless it is a number or cannot be pronounced."""
    is_spelt = len(word) <= SHORT and word.isupper() and UNSAID.fullmatch(name_key(word))
    if is_spelt or any(char.isdigit() for char in word):
        return word
    if is_mixed and not (word.isupper() and len(word) > 1):
        return word
    text = word.capitalize()
    for ending, accented in ENDINGS:
        text = ending.sub(accented, text)
    return text


def _elides(key: str) -> bool:
    """Tell whether "de" is elided before a word."""
    if key[:1] == "H":
        return not ASPIRATED.match(key)
    return key[:1] in VOWELS and not (key[0] == "Y" and key[1:2] in VOWELS)


def _without_loose_end(pieces: list[Piece]) -> list[Piece]:
    """Leave out the small words on which a name cut by its register ends."""
    while len(pieces) > 1 and pieces[-1].kind == "small":
        pieces.pop()
    return pieces


def _set_capitals(pieces: list[Piece]) -> None:
    """Capital at the start, and at the article that begins a proper name and its first noun."""
    before: Piece | None = None
    opened = False
    for piece in pieces:
        is_article = piece.text.lower() in ARTICLES and piece.kind == "small"
        opens = is_article and (before is None or before.kind != "small" or not _joins(piece))
        if before is None or opens or (opened and piece.kind == "common"):
            piece.text = piece.text[:1].upper() + piece.text[1:]
        before, opened = piece, opens


def _joins(piece: Piece) -> bool:
    return piece.glue in LINKS or piece.glue == ". "


def _link_towns(pieces: list[Piece], city: str) -> list[Piece]:
    """Put "de" before the town that a hospital is called by, and hyphens between two towns."""
    linked: list[Piece] = []
    hospital = False
    for place, piece in enumerate(pieces):
        before = linked[-1] if linked else None
        is_town = piece.kind == "town" and piece.text[0].isupper()
        called = before and _is_called_by(linked, piece, hospital, city)
        if before and before.kind == "small" and before.text == "de" and is_town:
            linked.pop()
            linked += _of(piece, before.glue)
        elif before and before.text == "de" and piece.is_linked and _begins_open(piece):
            linked[-1] = Piece("d", "small", before.glue)
            linked.append(Piece(piece.text, piece.kind, "'"))
        elif before and not _is_compound(pieces, place) and called:
            linked += _of(piece, " ")
        else:
            if is_town and hospital and piece.is_linked and _is_its_town(linked):
                piece.glue = "-"
            linked.append(piece)
        hospital = (hospital and _joins(piece)) or _plain(piece) in HOSPITALS
    return linked


def _is_its_town(linked: list[Piece]) -> bool:
    """Tell whether what is written ends on a town after "de"."""
    return len(linked) > 1 and linked[-1].kind == "town" and linked[-2].kind == "small"


def _begins_open(piece: Piece) -> bool:
    """Tell whether a word begins with a vowel that nothing makes doubtful."""
    return name_key(piece.text)[:1] in VOWELS - {"Y"}


def _is_compound(pieces: list[Piece], place: int) -> bool:
    """Tell a town that is half of a name: Annecy-Genevois."""
    after = pieces[place + 1] if place + 1 < len(pieces) else None
    return after is not None and after.glue == "-" and after.kind == "proper"


def _plain(piece: Piece) -> str:
    """Text of a piece without the capital of its place."""
    return piece.text if piece.kind == "acronym" else piece.text[:1].lower() + piece.text[1:]


def _is_called_by(linked: list[Piece], piece: Piece, hospital: bool, city: str) -> bool:
    """Tell whether what precedes is called by a town or a land, so that "de" stands between."""
    before = linked[-1]
    is_next = piece.is_linked or (piece.glue == " – " and len(linked) == 1)
    if piece.text in LANDS and piece.is_linked:
        return _plain(before) in HOSPITALS
    if piece.kind != "town" or not is_next or not piece.text[0].isupper():
        return False
    if _plain(before) in PLACED:
        return True
    if name_key(piece.text) != city:
        return False
    is_name = before.kind in ("proper", "town") and not any(map(str.isdigit, before.text))
    is_named = hospital and is_name and not _is_its_town(linked)
    return before.kind in ("acronym", "common") or is_named


def _of(piece: Piece, glue: str) -> list[Piece]:
    """Write "de" and what follows it."""
    article, _, rest = piece.text.partition(" ")
    if article in ("Le", "Les") and piece.kind == "town" and rest:
        return [Piece("du" if article == "Le" else "des", "small", glue), Piece(rest, "town", " ")]
    if piece.text in LANDS:
        return [Piece("du", "small", glue), piece]
    if _elides(name_key(piece.text)):
        return [Piece("d", "small", glue), Piece(piece.text, piece.kind, "'")]
    return [Piece("de", "small", glue), Piece(piece.text, piece.kind, " ")]


def _joined(pieces: list[Piece]) -> str:
    """Write the pieces one after the other, without loose marks at the ends."""
    text = "".join(piece.glue + piece.text for piece in pieces)
    text = re.sub(r"\s+", " ", text).strip(" -–,;:/.'&+")
    return text + ")" * (text.count("(") > text.count(")"))
