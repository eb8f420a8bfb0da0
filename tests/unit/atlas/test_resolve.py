"""From what people type to a code: one when only one fits, never a guess."""

from dataclasses import replace

import pandas as pd
import pytest

from geo.atlas import resolve, words
from geo.atlas.load import Atlas
from geo.atlas.resolve import Directory


@pytest.fixture(scope="module")
def communes(atlas: Atlas) -> Directory:
    return resolve.commune_directory(atlas)


@pytest.mark.parametrize(
    ("typed", "code", "how"),
    [
        ("01004", "01004", ""),
        ("1004", "01004", "zéro de tête rétabli"),
        ("1004.0", "01004", "zéro de tête rétabli"),
        ("2a004", "2A004", ""),
        ("St-Etienne", "42218", "lu par son nom : Saint-Étienne"),
        ("SAINT ETIENNE", "42218", "lu par son nom : Saint-Étienne"),
        ("Havre (Le)", "76351", "lu par son nom : Le Havre"),
        ("Saint-Denis (93)", "93066", "lu par son nom : Saint-Denis"),
        ("Saint-Denis (97411)", "97411", "lu par son nom : Saint-Denis"),
        ("75115", "75056", "arrondissement, compté avec Paris"),
        ("Paris 15e", "75056", "arrondissement, compté avec Paris"),
        ("Lyon 3ème arrondissement", "69123", "arrondissement, compté avec Lyon"),
        ("Marseille 08", "13055", "arrondissement, compté avec Marseille"),
        ("98511", "97611", "ancien code de Mamoudzou"),
        ("14666", "14712", "comptée avec Troarn"),
        ("15031", "15141", "comptée avec Neussargues-Moissac"),
        ("15035", "15141", "comptée avec Neussargues-Moissac"),
        ("15047", "15141", "comptée avec Neussargues-Moissac"),
        ("15171", "15141", "comptée avec Neussargues-Moissac"),
        ("85165", "85084", "comptée avec Essarts-en-Bocage"),
        ("85212", "85084", "comptée avec Essarts-en-Bocage"),
        ("Sannerville", "14712", "comptée avec Troarn"),
        ("Arcis le Ponsart", "51014", "lu par son nom : Arcis-le-Ponsart"),
        ("Lyon 3e", "69123", "arrondissement, compté avec Lyon"),
        ("69383", "69123", "arrondissement, compté avec Lyon"),
        (
            "01330",
            "01187",
            "Ruffieu, commune déléguée, fusionnée dans Haut Valromey depuis le 1er janvier 2025",
        ),
        (
            "1330",
            "01187",
            "Ruffieu, commune déléguée, fusionnée dans Haut Valromey depuis le 1er janvier 2025",
        ),
        (
            "Hotonnes",
            "01187",
            "Hotonnes, fusionnée dans Haut Valromey depuis le 1er janvier 2016",
        ),
        (
            "49144",
            "44180",
            "Freigné, fusionnée dans Vallons-de-l'Erdre depuis le 1er janvier 2018",
        ),
        ("12076", "12218", "ancien code de la commune Conques-en-Rouergue, changé le 4 mars 2024"),
        (
            "Saint-Florent (45)",
            "45277",
            "Saint-Florent, ancien nom de la commune Saint-Florent-le-Jeune, changé le 1er janvier 2026",  # noqa: E501
        ),
        ("10000", "10387", "code postal : Troyes"),
        ("75015", "75056", "code postal : Paris"),
        ("93200 Saint-Denis", "93066", "lu par son nom : Saint-Denis"),
        ("Saint-Denis (93200)", "93066", "lu par son nom : Saint-Denis"),
        (
            "Évry (91)",
            "91228",
            "Évry, fusionnée dans Évry-Courcouronnes depuis le 1er janvier 2019",
        ),
    ],
)
def test_a_commune_is_understood_and_what_was_done_is_said(
    communes: Directory, typed: str, code: str, how: str
) -> None:
    answer = communes.resolve(typed)
    assert (answer.code, answer.how, answer.problem) == (code, how, "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("SAINT-DENIS", "désigne 4 codes. Écrivez le code : Saint-Denis (11339), "),
        ("Celles", "Celles (15031)"),
        ("Lyonn", "inconnue. Les plus proches : "),
        ("Lyonn", "Lyon (69123)"),
        ("99999", "ce code n'est pas en vigueur"),
        ("01500", "code postal de 8\xa0communes. Écrivez le code : Ambérieu-en-Bugey (01004), "),
        ("Évry", "désigne 2 codes. Écrivez le code : Évry (89162), Évry-Courcouronnes (91228)."),
        (
            "Archail-Draix",
            "ancien code ou ancien nom de 2\xa0communes. Écrivez le code : Archail (",
        ),
        ("97150", "hors de l'atlas"),
        ("97123", "hors de l'atlas"),
        ("97801", "hors de l'atlas"),
        ("4,2E+08", "écriture scientifique"),
        ("", "vide"),
    ],
)
def test_what_several_communes_or_none_fit_is_never_guessed(
    communes: Directory, typed: str, said: str
) -> None:
    answer = communes.resolve(typed)
    assert answer.code == ""
    assert said in communes.unknown(typed, answer)


def test_a_merged_commune_is_a_part_and_one_that_changed_its_code_is_whole(
    communes: Directory,
) -> None:
    """Several parts of a commune may stand in a file; the same commune twice is a mistake."""
    parts = {typed: communes.resolve(typed).is_part for typed in ("01330", "12076", "75015")}
    assert parts == {"01330": True, "12076": False, "75015": True}


def test_a_code_of_today_comes_before_the_postcode_that_is_written_alike(
    communes: Directory,
) -> None:
    both = [code for code in communes.labels if code in communes.aliases.postal]
    assert len(both) > 1000
    assert all(communes.resolve(code).code == code for code in both)


def test_every_former_code_leads_to_the_commune_of_today(atlas: Atlas, communes: Directory) -> None:
    """
    Its last event counts.

    Codes of the Paris region before 1968 are left to the postcodes written alike.
    """
    former = atlas.former_communes
    former = former[~former.former_code.isin(communes.labels) & (former.date >= "1970")]
    former = former[former.date == former.groupby("former_code").date.transform("max")]
    assert len(former) > 3000
    for code, today in former.groupby("former_code").current_code:
        wanted = {communes.parts[one].code if one in communes.parts else one for one in today}
        answer = communes.resolve(str(code))
        assert {answer.code} == wanted or (len(answer.candidates) == len(wanted) > 1)


@pytest.mark.parametrize(
    "typed",
    ["ARA-09", "ara09", "ARA-9", "GHT Loire", "ght de la loire", "LOIRE", "GHT Loire (ARA-09)"],
)
def test_a_ght_is_found_by_code_and_by_name(atlas: Atlas, typed: str) -> None:
    assert resolve.ght_directory(atlas).resolve(typed).code == "ARA-09"


def test_a_part_of_a_name_is_proposed_not_taken(atlas: Atlas) -> None:
    ghts = resolve.ght_directory(atlas)
    answer = ghts.resolve("aube")
    assert answer.code == ""
    assert "Les plus proches : Aube et Sézannais (GE-06)" in ghts.unknown("aube", answer)


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("entity", "10780054", "010780054"),
        ("entity", "CH de Troyes", "100000017"),
        ("entity", "centre hospitalier de TROYES", "100000017"),
        ("entity", "CHU de Saint-Etienne", "420784878"),
        ("entity", "CHU Nancy", "540023264"),
        ("entity", "CHRU de Nancy", "540023264"),
        ("entity", "CHU de Rennes", "350005179"),
        ("site", "10000024", "010000024"),
        ("site", "ch fleyriat viriat", "010000024"),
        ("site", "0", ""),
        ("entity", "4,2E+08", ""),
        ("region", "ile de france", "11"),
        ("region", "1", "01"),
        ("area", "hors 750712184", "HORS-750712184"),
    ],
)
def test_numbers_without_their_zero_and_names(
    atlas: Atlas, kind: str, typed: str, code: str
) -> None:
    directory: Directory = getattr(resolve, f"{kind}_directory")(atlas)
    assert directory.resolve(typed).code == code


def test_every_code_and_every_unique_name_leads_to_itself(
    atlas: Atlas, communes: Directory
) -> None:
    assert all(communes.resolve(code).code == code for code in communes.labels)
    ghts = resolve.ght_directory(atlas)
    assert all(ghts.resolve(f"GHT {name}").code == code for code, name in ghts.labels.items())


def test_what_is_not_shown_is_counted_in_french() -> None:
    assert words.proposed(["01001"], 2, True) == " Écrivez le code : 01001 (et 1\u00a0autre)."
    assert words.proposed(["01001"], 1, False) == " Les plus proches : 01001."


@pytest.mark.parametrize("typed", ["ARA-10", "ara10", "ARA 10", "Rhône Centre", "ght rhone centre"])
def test_a_ght_that_is_gone_leads_to_the_one_that_has_its_members(atlas: Atlas, typed: str) -> None:
    answer = resolve.ght_directory(atlas).resolve(typed)
    assert answer.code == "ARA-22"
    assert answer.how == "Rhône Centre (ARA-10) fait partie de Val Rhône Centre (ARA-22)"


def test_every_ght_that_is_gone_leads_to_one_of_today(atlas: Atlas) -> None:
    areas = resolve.area_directory(atlas)
    gone = set(atlas.former_ghts.former_code)
    assert gone
    assert {areas.resolve(code).code for code in gone} <= set(atlas.ghts.ght_code)


def test_a_ght_that_was_divided_leads_to_where_most_members_are(atlas: Atlas) -> None:
    divided = pd.DataFrame(
        [("XXX-01", "Divisé", "GE-06", 7), ("XXX-01", "Divisé", "GE-05", 2)],
        columns=list(atlas.former_ghts.columns),
    )
    tables = {"ghts": atlas.ghts, "former_ghts": divided}
    answer = resolve.ght_directory(replace(atlas, tables=tables)).resolve("XXX-01")
    assert answer.code == "GE-06"
    assert answer.how.startswith("la plupart des membres de Divisé (XXX-01) sont dans ")
