"""The French of screens, files, PDF and commands: one term for one thing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo import wording
from geo.formats import format_change, format_deviation, typeset
from tests.conftest import ROOT

# Term to drop -> what is said instead. They are looked for in the texts, not in names of the code.
DROPPED = {
    r"\b[Nn]on affect|\bcommunes? affect": "rattachée, rattachement",
    r"\b[Zz]ones? hors GHT|\b[Aa]ires? hors GHT": "territoires hors GHT",
    r"Comptée depuis": "Fusionnée avec",
    r"\b[Pp]ire écart": "écart maximal",
    r"\b[Pp]opulation attendue": "population pondérée par les probabilités",
    r"[Ss]ituation réelle": "données en vigueur",
    r"Hôpital de proximité": "centre hospitalier (ex-hôpital local)",
    r"[Zz]ones disputées": "communes disputées",
    r"[Hh]ésit": "instable, disputée",
    r"\bTout effacer": "Effacer les filtres",
    r"\bEmporter|\bà emporter": "télécharger",
    r"\b[Rr]elevé partiel|\bRelevé de l'atlas": "liste partielle",
    r"recensement est partiel": "la liste est partielle",
    r"\bCartons\b": "encarts",
    r"[Pp]lace dans (un|le) GHT": "rôle dans le GHT",
    r"[Cc]ompte(nt)? dans le modèle": "retenu par le modèle",
    r"habitants/km²": "hab./km²",
    r"travailleurs? refusé": "processus de calcul",
    r"(tableau|lien|fichier|page \w+)[^.;:]* porte(nt)? les": "donne les",
    r"[Cc]liquez (un|une|des) ": "cliquez sur",
    r"est de moins de": "inférieur à",
    r"DATABASE_URL|requirements\.txt|config\.toml|git checkout|\bATLAS_GHT_": "no name of ours",
    r"rattachés? à \{region\}|rattachés? à (Hauts|Pays)": "à la région …",
    r"\b[Dd]ans le département \{|\bde \{region\}": "no bare preposition before a name",
    r"\b[Dd]e le |\bà le |\bde les |\bà les ": "du, au, des, aux",
    r"« le vrai »|dit tout": "no image",
    r"\bEcrit|\bEtablissements? :|\bCLE=": "accents on capitals",
    r"Second territoire|du second\b": "deuxième",
}
FOR_VISITORS = r"DATABASE_URL|requirements\.txt|config\.toml|git checkout|\bATLAS_GHT_"
WORDS = re.compile(r"geo/ui/.*words\w*\.py$")  # the others are read in a terminal


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Give the texts of a module, those of a formatted string together, without its comments."""
    tree = ast.parse(path.read_text("utf-8"))
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, kinds) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            said |= {id(part) for part in node.values}
            yield (
                node.lineno,
                "".join(
                    str(part.value)
                    if isinstance(part, ast.Constant)
                    else f"{{{ast.unparse(part.value)}}}"
                    for part in node.values
                    if isinstance(part, ast.Constant | ast.FormattedValue)
                ),
            )
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def commands() -> Iterator[tuple[str, int, str]]:
    """Give the help of each command: its docstring, which people read."""
    for path in sorted((ROOT / "geo/cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and (said := ast.get_docstring(node)):
                yield path.name, node.lineno, said


@pytest.fixture(scope="module")
def said() -> list[tuple[str, int, str]]:
    """Every text, with the module and the line where it is."""
    paths = sorted((ROOT / "geo").rglob("*.py"))
    named = ((path, path.relative_to(ROOT).as_posix()) for path in paths)
    return [
        *((name, line, text) for path, name in named for line, text in texts(path)),
        *commands(),
    ]


@pytest.mark.parametrize("term", DROPPED)
def test_no_text_has_a_term_that_was_dropped(said: list[tuple[str, int, str]], term: str) -> None:
    words = re.compile(term)
    found = [
        f"{name}:{line} {text[:80]}"
        for name, line, text in said
        if words.search(text) and (term != FOR_VISITORS or WORDS.search(name))
    ]
    assert not found, f"say: {DROPPED[term]}"


def test_a_region_is_led_to_without_an_article_that_depends_on_its_name() -> None:
    for name in ("Grand Est", "Hauts-de-France", "Pays de la Loire", "Île-de-France", "Corse"):
        assert wording.attached_to(name) == f"Territoires rattachés à la région {name}"


def test_a_sentence_is_typeset() -> None:
    said = typeset("L'avance : 5 % « oui » ; vraiment ? Oui !")
    assert said == "L’avance\u00a0: 5\u00a0% «\u00a0oui\u00a0»\u202f; vraiment\u202f? Oui\u202f!"
    assert typeset("https://exemple.fr/?a=1;b=2") == "https://exemple.fr/?a=1;b=2"
    assert typeset(said) == said


def test_a_change_has_its_sign_and_a_true_minus() -> None:
    assert format_change(1) == "+1"
    assert format_change(-6.6, 1) == "−6,6"
    assert format_change(0.02, 1) == "0,0"
    assert format_change(None) == "inconnu"
    assert format_deviation(-33.4) == "−33,4\u00a0%"
