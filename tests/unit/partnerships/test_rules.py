"""Records of partnerships: each bad file is named after its fault, and is refused for it."""

import datetime
from pathlib import Path

import pytest

from geo.errors import SourceError
from geo.partnerships.rules import Known, check_records, raise_faults
from geo.partnerships.yaml_file import read_records
from geo.partnerships.yaml_text import parse_yaml
from tests import builders

FILES = Path(__file__).parents[2] / "fixtures" / "partnerships"
TODAY = datetime.date(2026, 11, 21)
KNOWN = Known(frozenset({"GE-06"}), frozenset({"109999901"}), frozenset({"100000001"}))

# File -> field and problem.
BAD = {
    "unknown_finess": ("parties.1.finess_et", "numéro FINESS inconnu"),
    "malformed_finess": ("parties.1.finess_et", "forme inattendue"),
    "unknown_ght": ("ght_codes", "GHT inconnu"),
    "unknown_form": ("form", "forme hors de la liste"),
    "unknown_domain": ("domains.1", "domaine hors de la liste"),
    "unknown_kind": ("parties.2.kind", "nature hors de la liste"),
    "unknown_status": ("status", "état hors de la liste"),
    "unknown_role": ("parties.2.role", "rôle hors de la liste"),
    "unknown_certainty": ("dates.signed.certainty", "certitude hors de la liste"),
    "impossible_date": ("dates.signed.value", "date impossible"),
    "future_date": ("dates.signed", "date à venir"),
    "unlikely_year": ("dates.signed", "année invraisemblable"),
    "end_before_start": ("dates.ended", "fin avant le début"),
    "html_in_name": ("parties.2.name", "balise HTML ou chevron"),
    "formula_cell": ("title", "texte qui commence comme une formule de tableur"),
    "control_character": ("summary", "caractère invisible ou retour à la ligne"),
    "missing_source": ("sources", "champ absent"),
    "empty_sources": ("sources", "liste trop courte"),
    "unknown_shared_source": ("sources.1", "champs attendus"),
    "source_without_address": ("sources.1", "source sans adresse ni titre"),
    "script_address": ("sources.1.url", "forme inattendue"),
    "missing_summary": ("summary", "texte attendu"),
    "empty_title": ("title", "texte vide"),
    "long_title": ("title", "texte trop long"),
    "unknown_field": ("couleur", "champ inconnu"),
    "text_for_list": ("allowed", "liste attendue"),
    "event_of_unknown_source": ("events.1.source", "source absente du partenariat"),
    "unknown_link": ("links.1.target", "partenariat lié inconnu"),
    "private_member": ("parties.2.role", "membre d'un GHT qui n'est pas public"),
    "repeated_domain": ("domains", "valeur en double"),
    "repeated_source": ("sources", "source en double"),
    "duplicate_identifier": ("id", "identifiant déjà pris"),
    "duplicate_agreement": ("title", "partenariat en double avec convention"),
}


def test_every_bad_file_is_expected() -> None:
    assert {path.stem for path in FILES.glob("*.yaml")} == {*BAD, "valid"}


def test_a_valid_file_has_no_fault() -> None:
    assert check_records(read_records(FILES / "valid.yaml"), KNOWN, TODAY) == []


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_for_its_fault_alone(name: str) -> None:
    faults = check_records(read_records(FILES / f"{name}.yaml"), KNOWN, TODAY)
    assert [(fault.field, fault.problem) for fault in faults] == [BAD[name]]
    assert all(fault.cure.endswith(".") and fault.record for fault in faults)


def test_the_sentence_says_where_what_and_the_cure() -> None:
    (fault,) = check_records(read_records(FILES / "unknown_finess.yaml"), KNOWN, TODAY)
    assert fault.sentence == (
        "convention, champ parties.1.finess_et : numéro FINESS inconnu (109999999). "
        "Corrigez le numéro, ou laissez-le vide."
    )


def test_a_record_without_identifier_is_named_by_its_place() -> None:
    faults = check_records([builders.partnership(), builders.partnership(id=None), "un texte"])  # type: ignore[list-item]
    assert [(fault.position, fault.record, fault.field) for fault in faults] == [
        (1, "n° 2", "id"),
        (2, "n° 3", ""),
    ]


def test_codes_are_not_checked_without_an_atlas() -> None:
    assert check_records([builders.partnership(ght_codes=["ZZ-01"])]) == []


def test_an_identifier_of_the_atlas_is_taken_and_can_be_linked() -> None:
    known = Known(KNOWN.ght_codes, KNOWN.finess_ej, KNOWN.finess_et, frozenset({"partenariat-1"}))
    link = [{"relation": "succede_a", "target": "partenariat-1"}]
    assert check_records([builders.partnership(2, links=link)], known) == []
    (fault,) = check_records([builders.partnership(1)], known)
    assert fault.problem == "identifiant déjà pris"


def test_a_partnership_is_not_linked_to_itself() -> None:
    link = [{"relation": "succede_a", "target": "partenariat-1"}]
    (fault,) = check_records([builders.partnership(links=link)], KNOWN)
    assert fault.field == "links.1.target"


def test_a_planned_date_may_come_but_not_be_seen() -> None:
    planned = {"in_force": {"value": "2028", "certainty": "stated"}}
    assert check_records([builders.partnership(dates=planned)], KNOWN, TODAY) == []
    source = {"key": "s", "publisher": "P", "url": "https://example.org", "date": "2027"}
    (fault,) = check_records([builders.partnership(sources=[source], events=[])], KNOWN, TODAY)
    assert (fault.field, fault.problem) == ("sources.1", "date à venir")


@pytest.mark.parametrize(
    ("start", "end", "is_right"),
    [("2018-05", "2018", True), ("2018", "2018-05-16", True), ("2018-06", "2018-05-16", False)],
)
def test_an_end_is_compared_at_the_precision_known(start: str, end: str, is_right: bool) -> None:
    dates = {
        "signed": {"value": start, "certainty": "stated"},
        "ended": {"value": end, "certainty": "stated"},
    }
    assert (check_records([builders.partnership(dates=dates)], KNOWN, TODAY) == []) is is_right


def test_all_faults_are_raised_together() -> None:
    records = [builders.partnership(form="x", status="y")]
    with pytest.raises(SourceError) as error:
        raise_faults("partenariats.yaml", check_records(records))
    assert len(error.value.faults) == 2
    raise_faults("partenariats.yaml", [])


# The file


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("partnerships: [", r"YAML mal écrit, ligne \d"),
        ("a: &x [1]\nb: *x\n", "alias"),
        ("- 1\n", "liste « partnerships » absente"),
        ("partnerships: 3\n", "liste « partnerships » absente"),
        ("partnerships: []\nsources: 3\n", "liste « partnerships » absente"),
        ("!!python/object/apply:os.system [ls]\n", "balise YAML"),
        ("partnerships: [{{a: 1}: 2}]\n", "YAML mal écrit"),
        ("x" * 5_000_001, "fichier trop long"),
        ("partnerships: " + "[" * 40_000, "plus de 20 niveaux"),
        (
            "partnerships:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 850)),
            "plus de 20 niveaux",
        ),
    ],
)
def test_what_is_not_a_list_of_partnerships_is_refused(
    text: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "essai.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=said):
        read_records(path)


@pytest.mark.parametrize(
    "written",
    [
        *("2018-05-16", "2018-02-30", "2018", "010780054", "4.2e8", "1:30:00", "yes", "<<", ".inf"),
        *("0x" + "F" * 200_000, "9" * 9_000),
    ],
    ids=lambda text: text[:12],
)
def test_a_value_of_yaml_is_what_was_typed(written: str) -> None:
    ((record, line),) = parse_yaml(f"\npartnerships:\n  - id: {written}\n    vide:\n    nul: ~\n")
    assert record == {"id": written, "vide": None, "nul": None}
    assert line == 3


def test_dates_and_numbers_are_texts_again_and_shared_sources_are_inlined() -> None:
    text = (
        "sources: {journal: {publisher: J, date: 2018-03-01}, faux: 3}\n"
        "partnerships:\n"
        "  - {id: 12, sources: [journal, faux, {key: k}], dates: {signed: {value: 2018}}}\n"
        "  - un texte\n"
    )
    (first, _), (second, _) = parse_yaml(text)
    assert first["id"] == "12"
    assert first["dates"]["signed"]["value"] == "2018"
    assert first["sources"] == [
        {"key": "journal", "publisher": "J", "date": "2018-03-01"}, "faux", {"key": "k"},
    ]  # fmt: skip
    assert str(second) == "un texte"
