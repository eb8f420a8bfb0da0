"""Collected facts."""

from pathlib import Path

from geo.sources.adapters import facts
from tests.unit.sources.adapters.raw import RAW, faults_of, spoil


def test_ghts_keep_the_unknown_unknown() -> None:
    ghts = facts.read_ghts(RAW / "ghts.csv")
    assert ghts.columns.to_list() == list(facts.GHT_COLUMNS)
    assert ghts["listed_member_count"].to_list() == [2, 1]
    assert ghts["reg_code"].isna().to_list() == [False, True]
    assert ghts["support_finess_ej"].isna().to_list() == [False, True]


def test_bad_ghts_are_all_listed(tmp_path: Path) -> None:
    spoiled = spoil(
        tmp_path,
        "ghts.csv",
        ("OI-01,Océan Indien", "GE-06,Océan Indien"),
        ("44,2,2018", "44,deux,l'an dernier"),
        (",1,2018,dgos_list,,", ",1,2018,internet,100000017,"),
    )
    message = faults_of(facts.read_ghts, spoiled)
    assert "ght_code en double : GE-06" in message
    assert "member_count non numérique(s) : deux" in message
    assert "composition_vintage invalide(s) : l'an dernier" in message
    assert "composition_source inconnu(s) : internet" in message
    assert "support_finess_ej sans support_evidence" in message


def test_members() -> None:
    members = facts.read_members(RAW / "ght_members.csv")
    assert members.columns.to_list() == list(facts.MEMBER_COLUMNS)
    assert members["role"].to_list() == ["support", "partie", "partie"]
    assert members["entity_name"].isna().to_list() == [False, True, False]


def test_bad_members_are_all_listed(tmp_path: Path) -> None:
    spoiled = spoil(
        tmp_path,
        "ght_members.csv",
        ("100000058,,,partie,deduced", "100000017,,,support,devine"),
        ("OI-01,970408589", "Océan,97040"),
        ("partie,read", "chef,read"),
    )
    message = faults_of(facts.read_members, spoiled)
    assert "finess_ej en double : 100000017" in message
    assert "finess_ej invalide(s) : 97040" in message
    assert "ght_code invalide(s) : Océan" in message
    assert "role inconnu(s) : chef" in message
    assert "evidence inconnu(s) : devine" in message
    assert "plusieurs établissements support pour les GHT : GE-06" in message


def test_successors(tmp_path: Path) -> None:
    successors = facts.read_successors(RAW / "ej_successors.csv")
    assert successors.to_numpy().tolist() == [["080000037", "080011174", "same_site"]]
    looped = spoil(
        tmp_path, "ej_successors.csv", ("080011174", "080000037"), ("same_site", "on dit")
    )
    message = faults_of(facts.read_successors, looped)
    assert "entité qui se succède à elle-même : 080000037" in message
    assert "evidence inconnu(s) : on dit" in message


def test_published_figures_come_one_per_row() -> None:
    published = facts.read_published(RAW / "published_figures.csv")
    assert published[["ght_code", "figure", "value"]].to_numpy().tolist() == [
        ["GE-06", "population", 350000],
        ["GE-06", "area_km2", 7000],
        ["GE-06", "members", 5],
        ["ARA-09", "population", 800000],
        ["ARA-09", "members", 15],
        ["ARA-09", "beds", 7700],
    ]
    assert published["year"].isna().sum() == 3


def test_a_published_line_needs_a_figure_or_a_note_and_an_address(tmp_path: Path) -> None:
    spoiled = spoil(
        tmp_path,
        "published_figures.csv",
        ("800000,,15,7700", ",,,"),
        ("loire,Undated.", "loire,"),
        ("https://example.org/aube", "example.org"),
    )
    message = faults_of(facts.read_published, spoiled)
    assert "ligne sans chiffre ni remarque pour les GHT : ARA-09" in message
    assert "source_url invalide(s) : example.org" in message


def test_a_note_without_a_figure_is_no_fault_and_no_figure(tmp_path: Path) -> None:
    noted = spoil(tmp_path, "published_figures.csv", ("800000,,15,7700", ",,,"))
    assert set(facts.read_published(noted).ght_code) == {"GE-06"}


def with_scopes(folder: Path, *scopes: str) -> Path:
    """Add what each line describes to the published figures."""
    lines = (RAW / "published_figures.csv").read_text("utf-8").splitlines()
    path = folder / "published_figures.csv"
    ends = zip(lines, ["scope", *scopes], strict=True)
    path.write_text("".join(f"{line},{end}\n" for line, end in ends), encoding="utf-8")
    return path


def test_a_published_figure_may_say_what_it_describes(tmp_path: Path) -> None:
    """A file without the column says nothing; a word that nobody knows is refused."""
    assert facts.read_published(RAW / "published_figures.csv").scope.isna().all()
    published = facts.read_published(with_scopes(tmp_path, "support_basin", ""))
    scopes = published.drop_duplicates("ght_code").set_index("ght_code").scope
    assert scopes["GE-06"] == "support_basin"
    assert scopes.isna()["ARA-09"]
    message = faults_of(facts.read_published, with_scopes(tmp_path, "ght", "canton"))
    assert "scope inconnu(s) : canton" in message


def test_the_same_figure_of_one_page_counts_once(tmp_path: Path) -> None:
    text = (RAW / "published_figures.csv").read_text("utf-8")
    path = tmp_path / "published_figures.csv"
    path.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    assert len(facts.read_published(path)) == len(
        facts.read_published(RAW / "published_figures.csv")
    )


def test_successors_of_2024(tmp_path: Path) -> None:
    path = tmp_path / "successors.csv"
    head = "finess_ej_2018,finess_ej_2024,evidence\n"
    path.write_text(head + "080000037,080011174,same_site_sae2024\n", encoding="utf-8")
    assert facts.read_successors_2024(path).to_dict("records") == [
        {
            "finess_ej_before": "080000037", "finess_ej_after": "080011174",
            "evidence": "same_site_sae2024",
        }
    ]  # fmt: skip
    path.write_text(head + "080000037,080000037,on dit\n", encoding="utf-8")
    message = faults_of(facts.read_successors_2024, path)
    assert "entité qui se succède à elle-même : 080000037" in message
    assert "evidence inconnu(s) : on dit" in message


def test_compositions(tmp_path: Path) -> None:
    compositions = facts.read_compositions(RAW / "compositions.csv")
    assert compositions["city"].isna().to_list() == [False, True]
    doubled = spoil(tmp_path, "compositions.csv", ("EHPAD de Bayel", "CH de Troyes"))
    assert "ght_name et member_establishment en double" in faults_of(
        facts.read_compositions, doubled
    )


def test_members_of_2024_say_how_each_was_established() -> None:
    members = facts.read_members_2024(RAW / "ght_members_2024.csv").set_index("finess_ej")
    assert members.evidence.to_list() == [
        "proved", "carried", "merged", "proved", "table_error", "not_counted",
    ]  # fmt: skip
    assert members.other_finess_ej.dropna().to_dict() == {
        "220000046": "350000022",
        "970408589": "970100228",
    }
    assert members.is_surveyed.to_list() == [True, False, False, True, True, True]
    assert members.entity_name.isna().to_list() == [False, True, False, False, False, False]


def test_bad_members_of_2024_are_all_listed(tmp_path: Path) -> None:
    spoiled = spoil(
        tmp_path,
        "ght_members_2024.csv",
        ("carried_from_2018_not_in_sae", "believed"),
        ("970403606", "970408589"),
        ("BRE-06,220000046", "22,220000046"),
        ("MAMOUDZOU,355,,1", "MAMOUDZOU,355,,oui"),
    )
    message = faults_of(facts.read_members_2024, spoiled)
    assert "evidence inconnue(s) : believed" in message
    assert "finess_ej en double : 970408589" in message
    assert "ght_code_2024 invalide(s) : 22" in message
    assert "in_sae_2024 inconnu(s) : oui" in message
