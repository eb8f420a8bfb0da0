"""Updates: each state of a source, the version in use untouched until all is right, and undone."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import openpyxl
import pandas as pd
import pytest

from geo.atlas.manifest import Manifest, bundled_file, read_manifest, write_manifest
from geo.build.update import Outcome, Request, source_table, update
from geo.build.versions import former_versions, only_one, undo, undone_folder
from geo.cli.app import main
from geo.errors import BundleError, GhtError, SourceError, UserError
from geo.sources import renewal as states
from geo.sources.download import Settings
from geo.sources.reading import SUPPLIED_LIST, WANTED, newer_surveys, provenance
from geo.sources.renewal import Places, Renewal
from geo.sources.source import Source
from tests.loopback import Producers, producers

Captured = pytest.CaptureFixture[str]
BY_KEY = {source.key: source for source in WANTED}
OCTOBER = "Wed, 14 Oct 2026 07:28:00 GMT"
NO_PROXY = functools.partial(httpx.Client, trust_env=False, timeout=10)
YEAR = 2026


def tables(population: int) -> dict[str, pd.DataFrame]:
    """Only what two versions are compared on."""
    return {
        "ghts": pd.DataFrame(
            {"ght_code": ["GE-06"], "ght_name": "Aube", "support_finess_ej": "100000090",
             "support_name": "CH"}
        ),
        "members": pd.DataFrame(
            {"finess_ej": ["100000090"], "ght_code": "GE-06", "entity_name": "CH",
             "role": "support"}
        ),
        "territories": pd.DataFrame(
            {"area_code": ["GE-06"], "area_name": "Aube", "population": population,
             "area_km2": population / 100, "population_year": 2023}
        ),
        "assignments": pd.DataFrame({"insee_code": ["10387"], "area_code": "GE-06"}),
        "communes": pd.DataFrame({"insee_code": ["10387"], "commune_name": "Troyes"}),
    }  # fmt: skip


def write_version(
    folder: Path, population: int, sources: Sequence[Mapping[str, str]] = ()
) -> Manifest:
    """Write a version of the data."""
    folder.mkdir(parents=True)
    files = {}
    for name, table in tables(population).items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
        columns = tuple(map(str, table.columns))
        files[name] = bundled_file(folder, f"{name}.parquet", len(table), columns)
    manifest = Manifest("2026-11-30", "0.1.0", files, tuple(sources), {})
    write_manifest(manifest, folder)
    return manifest


def population_of(folder: Path) -> int:
    return int(pd.read_parquet(folder / "territories.parquet").population[0])


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass
class World:
    """Three sources with an address, one without, a survey to come, and what an update told."""

    folder: Path
    served: Producers
    told: list[str] = field(default_factory=list)
    shown: dict[str, Renewal] = field(default_factory=dict)
    read: dict[str, Path] = field(default_factory=dict)

    @property
    def out(self) -> Path:
        return self.folder / "data"

    def sources(self, year: int) -> tuple[Source, ...]:
        url = self.served.address
        later = newer_surveys([f"sae_{year - 1}"]).values()
        return (
            replace(BY_KEY["finess"], download_url=url("/finess")),
            replace(BY_KEY["populations"], download_url=url("/populations")),
            BY_KEY["mayotte"],
            *later,
            SUPPLIED_LIST,
        )

    def build(self, sources: Path, out: Path, _: object, supplied: Mapping[str, Path]) -> Manifest:
        """Stand for the build: the population is in the file of populations."""
        assert sources.is_dir()
        self.read = dict(supplied)
        known = {source.key: source for source in self.sources(YEAR)}
        stated = [provenance(known[key], path) for key, path in supplied.items()]
        return write_version(out, int(supplied["populations"].read_bytes()), stated)

    def request(self, **given: object) -> Request:
        supplied: Mapping[str, Path] = given.pop("supplied", {})  # type: ignore[assignment]
        places = Places(self.folder / "cache", self.folder / "mine", supplied)
        line = {"client": NO_PROXY, "settings": Settings(attempts=1), "year": YEAR}
        return Request(self.out, places, **(line | given))  # type: ignore[arg-type]

    def update(self, **given: object) -> Outcome:
        self.told.clear()
        return update(self.request(**given), self.told.append, self.show)

    def show(self, renewals: Sequence[Renewal]) -> None:
        self.shown = {one.source.key: one for one in renewals}

    def state(self, key: str) -> tuple[str, str, str]:
        """Vintages and state of a source, as a person reads them."""
        row = source_table([self.shown[key]]).iloc[0]
        return row.iloc[1], row.iloc[2], row.iloc[3]

    def why(self, key: str) -> str:
        return str(source_table([self.shown[key]]).iloc[0, 4])


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Return an installation without data, the producers of its sources, and a folder of files."""
    with producers() as served:
        made = World(tmp_path, served)
        served.files = {"/finess": b"register", "/populations": b"500"}
        served.dates = {"/finess": OCTOBER, "/populations": OCTOBER}
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / BY_KEY["mayotte"].file_name).write_bytes(b"2017")
        patterns = [
            ("{year}", served.address("/708/{year}")),
            ("{year}, base administrative", served.address("/707/{year}")),
        ]
        monkeypatch.setattr("geo.sources.addresses.SURVEY_FILES", patterns)
        monkeypatch.setattr("geo.sources.addresses.sources_to_renew", made.sources)
        monkeypatch.setattr("geo.build.update.sources_to_renew", made.sources)
        monkeypatch.setattr("geo.build.update.build", made.build)
        monkeypatch.setattr("geo.build.update.check_bundle", lambda _: iter(["Vérifié."]))
        yield made


# What becomes of a source


def test_a_first_update_puts_the_data_in_place(world: World) -> None:
    outcome = world.update()
    assert outcome.is_swapped
    assert population_of(world.out) == 500
    assert world.state("finess") == ("aucun", "2026-10-14", "nouvelle")
    assert world.state("populations") == ("aucun", "2023", "nouvelle")
    assert world.state("mayotte") == ("aucun", "aucun", "non renouvelée")
    assert world.why("mayotte") == "gardée de 2017 ; sans adresse de téléchargement"
    assert "Aucune version en service : rien à comparer." in world.told
    assert sorted(path.name for path in world.folder.iterdir()) == [
        "cache", "data", "data.lock", "mine",
    ]  # fmt: skip


def test_the_manifest_has_the_vintage_and_the_address_of_what_came(world: World) -> None:
    world.update()
    stated = {source["key"]: source for source in read_manifest(world.out).sources}
    assert stated["finess"]["vintage"] == "2026-10-14"
    assert stated["finess"]["url"] == world.served.address("/finess")
    assert stated["populations"]["vintage"] == "2023", "not the date of its publication"


def test_nothing_new_builds_nothing_and_sends_nothing_again(world: World) -> None:
    world.update()
    before = content(world.out)
    world.served.answers.clear()
    outcome = world.update()
    assert (outcome.version, outcome.is_swapped) == ("", False)
    assert world.told[-1] == "Aucune source nouvelle : les données restent en l'état."
    assert world.state("finess") == ("2026-10-14", "2026-10-14", "inchangée")
    assert ("/finess", 304) in world.served.answers
    assert content(world.out) == before


def test_a_newer_file_makes_a_new_version_and_says_what_changes(world: World) -> None:
    world.update()
    world.served.files["/populations"] = b"700"
    outcome = world.update()
    assert world.state("populations") == ("2023", "2023", "nouvelle")
    assert world.why("populations") == "même millésime, autre fichier"
    assert world.state("finess")[2] == "inchangée"
    assert outcome.changes is not None
    rows = outcome.changes.table()[["kind", "before", "after"]]
    assert list(rows.itertuples(index=False, name=None)) == [
        ("population_changed", "500", "700"),
        ("measure_changed", "5", "7"),
    ]
    assert population_of(world.out) == 700


def test_a_producer_that_does_not_answer_leaves_the_last_file(world: World) -> None:
    world.update()
    del world.served.files["/populations"]
    world.served.files["/finess"] = b"newer register"
    assert world.update().is_swapped
    assert world.state("populations") == ("2023", "aucun", "absente")
    assert world.why("populations").startswith("gardée de 2023 ; fichier introuvable (code 404)")
    assert population_of(world.out) == 500


def test_an_older_file_never_takes_the_place_of_ours(world: World) -> None:
    world.update()
    world.served.files["/finess"] = b"old register"
    world.served.dates["/finess"] = "Fri, 08 Jan 2021 07:28:00 GMT"
    world.served.files["/populations"] = b"700"
    world.update()
    assert world.state("finess") == (
        "2026-10-14", "2021-01-08", "plus ancienne que la nôtre : gardée",
    )  # fmt: skip
    assert world.read["finess"].read_bytes() == b"register"
    assert world.shown["finess"].is_changed is False


def test_a_version_never_goes_back_when_its_own_file_is_lost(world: World) -> None:
    """The cache was cleared, and the producer has only an older file."""
    world.update()
    before = content(world.out)
    for path in (world.folder / "cache").rglob("finess*"):
        if path.is_file():
            path.unlink()
    world.served.dates["/finess"] = "Fri, 08 Jan 2021 07:28:00 GMT"
    world.served.files["/populations"] = b"700"
    with pytest.raises(SourceError, match="aucun fichier du millésime 2026-10-14 ou plus récent"):
        world.update()
    assert "le fichier de ce millésime n'est plus là" in world.why("finess")
    assert content(world.out) == before


def test_every_source_that_nobody_has_is_told_with_its_cure(world: World) -> None:
    world.served.files.clear()
    (world.folder / "mine" / BY_KEY["mayotte"].file_name).unlink()
    with pytest.raises(SourceError) as error:
        world.update()
    assert len(error.value.faults) == 3
    assert "--address finess=ADRESSE" in error.value.faults[0]
    assert not world.out.exists()


def test_a_file_of_the_folder_takes_the_place_of_an_earlier_one(world: World) -> None:
    world.update()
    (world.folder / "mine" / BY_KEY["mayotte"].file_name).write_bytes(b"mended")
    assert world.update().is_swapped
    assert world.state("mayotte")[2] == "non renouvelée"
    assert "le fichier du dossier remplace celui de la version en service" in world.why("mayotte")


@pytest.mark.parametrize(
    ("option", "vintage"),
    [
        ("populations@2024={}", "2024"),
        ("populations={}", "publié le 2026-10-14"),
    ],
)
def test_a_person_may_give_another_address(world: World, option: str, vintage: str) -> None:
    world.update()
    world.served.files["/2/ensemble"] = b"900"
    world.served.dates["/2/ensemble"] = OCTOBER
    world.update(addresses=[option.format(world.served.address("/2/ensemble"))])
    assert world.state("populations") == ("2023", vintage, "nouvelle")
    assert population_of(world.out) == 900


def test_the_date_of_a_given_address_may_be_in_its_name(world: World) -> None:
    world.served.files["/v_2025-07.csv"] = b"900"
    world.update(addresses=["populations=" + world.served.address("/v_2025-07.csv")])
    assert world.state("populations")[1] == "2025-07"


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("populations", "écrivez CLÉ=ADRESSE ou CLÉ@MILLÉSIME=ADRESSE"),
        ("populations=ftp://x", "écrivez CLÉ=ADRESSE"),
        ("beds=https://example.org/x", "source inconnue"),
    ],
)
def test_an_address_that_cannot_be_read_is_refused(world: World, option: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        world.update(addresses=[option])


# Surveys to come


def test_a_survey_to_come_is_taken_from_its_administrative_base_first(world: World) -> None:
    world.update()
    assert world.why("sae_2025") == "pas encore publiée, ou déplacée"
    world.served.files["/707/2025"] = b"7z of summer"
    assert world.update().is_swapped
    assert world.state("sae_2025") == ("aucun", "2025, base administrative", "nouvelle")
    assert world.read["sae_2025"].name == "sae_2025.7z"
    world.served.files["/708/2025"] = b"7z of winter"
    world.update()
    assert world.state("sae_2025") == ("2025, base administrative", "2025", "nouvelle")
    assert world.read["sae_2025"].read_bytes() == b"7z of winter"


def test_a_survey_to_come_whose_producer_is_silent_is_not_said_to_be_unpublished(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "geo.sources.addresses.SURVEY_FILES", [("{year}", "http://127.0.0.1:9/{year}")]
    )
    world.update()
    assert world.why("sae_2025").startswith("aucun fichier ; serveur injoignable")


def test_a_survey_that_served_stays_when_its_producer_is_down(world: World) -> None:
    world.served.files["/708/2025"] = b"7z"
    world.update()
    del world.served.files["/708/2025"]
    world.served.files["/populations"] = b"700"
    world.update()
    assert world.state("sae_2025")[2] == "absente"
    assert world.read["sae_2025"].read_bytes() == b"7z"


# The list of GHTs


def members_list(folder: Path, name: str) -> Path:
    """Write a list as the ministry does."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ARS_LIB", "GHT_CODE", "GHT_LIB", "ES_FINESS", "GHT_SUPPORT"])
    sheet.append(["Grand Est", "GE-06", "Aube et Sézannais", "100000090", "O"])
    book.save(folder / name)
    return folder / name


def test_without_a_newer_list_the_members_of_2024_stay_and_so_does_their_proof(
    world: World,
) -> None:
    world.served.files["/708/2025"] = b"7z"
    world.update()
    assert "composition" not in world.read
    assert world.why("composition") == "aucune liste plus récente n'est donnée"
    (line,) = [line for line in world.told if line.startswith("Membres des GHT")]
    assert "ceux de 2024 restent ; ils sont prouvés sur la SAE 2024" in line


def test_a_newer_list_is_read_and_kept_for_the_next_updates(world: World) -> None:
    path = members_list(world.folder, "dgos_ght_liste_2026_01.xlsx")
    world.update(supplied={"composition": path})
    assert world.state("composition")[1:] == ("2026-01", "nouvelle")
    assert any("lus, non prouvés" in line for line in world.told)
    path.unlink()
    world.served.files["/populations"] = b"700"
    world.update()
    assert world.read["composition"].name == path.name
    assert world.state("composition")[0] == "2026-01"


def test_an_older_list_is_not_read(world: World) -> None:
    sources = [{"key": "members_2024", "vintage": "2024", "sha256": ""}]
    write_version(world.out, 500, sources)
    path = members_list(world.folder, "dgos_ght_liste_2019_01.xlsx")
    world.update(supplied={"composition": path})
    assert world.state("composition") == ("2024", "2019-01", "plus ancienne que la nôtre : gardée")
    assert "composition" not in world.read


def test_a_supplied_file_must_exist(world: World) -> None:
    with pytest.raises(UserError, match="Fichier absent"):
        world.update(supplied={"composition": world.folder / "nothing.xlsx"})


# The version in use


def broken_build(*_: object) -> Manifest:
    raise SourceError("sources", ["fichier tronqué."])


def full_disk(*_: object) -> Manifest:
    raise OSError("no space left on device")


@pytest.mark.parametrize(("broken", "error"), [(broken_build, GhtError), (full_disk, OSError)])
def test_a_build_that_breaks_leaves_the_version_in_use(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    broken: Callable[..., Manifest],
    error: type[Exception],
) -> None:
    world.update()
    before = content(world.out)
    world.served.files["/populations"] = b"700"
    monkeypatch.setattr("geo.build.update.build", broken)
    with pytest.raises(error):
        world.update()
    assert content(world.out) == before
    assert sorted(path.name for path in world.folder.iterdir()) == [
        "cache", "data", "data.lock", "mine",
    ]  # fmt: skip
    monkeypatch.setattr("geo.build.update.build", world.build)
    world.update()
    assert population_of(world.out) == 700, "what came is not asked for again, nor forgotten"


def test_a_version_that_fails_its_checks_is_never_in_use(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.update()
    world.served.files["/populations"] = b"700"

    def refused(_: Path) -> Iterator[str]:
        yield "Empreintes"
        raise BundleError("table absente")

    monkeypatch.setattr("geo.build.update.check_bundle", refused)
    with pytest.raises(BundleError):
        world.update()
    assert population_of(world.out) == 500


def test_a_trial_replaces_nothing_and_says_what_would_change(world: World) -> None:
    world.update()
    world.served.files["/populations"] = b"700"
    outcome = world.update(is_dry=True)
    assert (outcome.is_swapped, population_of(world.out)) == (False, 500)
    assert outcome.changes is not None
    assert outcome.changes.count == 2
    assert world.update().is_swapped, "the trial is not taken for an update"


def test_a_version_of_another_shape_is_replaced_all_the_same(world: World) -> None:
    world.update()
    (world.out / "ghts.parquet").write_bytes(b"altered")
    world.served.files["/populations"] = b"700"
    outcome = world.update()
    assert outcome.is_swapped
    assert outcome.changes is None
    assert any(line.startswith("Changements non comparés") for line in world.told)


def test_a_folder_of_other_things_is_never_replaced(world: World) -> None:
    world.out.mkdir()
    (world.out / "notes.txt").write_text("precious")
    with pytest.raises(UserError, match="n'est pas un dossier de données"):
        world.update()
    assert world.served.answers == []


# Going back


def test_the_former_version_is_put_back_byte_for_byte(world: World) -> None:
    world.update()
    before = content(world.out)
    world.served.files["/populations"] = b"700"
    newer = world.update().version
    left, back = undo(world.out)
    assert content(world.out) == before
    assert (left, back) == (newer, read_manifest(world.out).version)
    assert population_of(undone_folder(world.out)) == 700
    with pytest.raises(UserError, match="rien à rétablir"):
        undo(world.out)
    assert content(world.out) == before


def test_as_many_former_versions_as_asked_are_kept(world: World) -> None:
    for count in range(5):
        world.served.files["/populations"] = str(count).encode()
        world.update(keep=2)
    assert [population_of(path) for path in former_versions(world.out)] == [2, 3]
    undo(world.out)
    undo(world.out)
    assert population_of(world.out) == 2
    world.served.files["/populations"] = b"9"
    world.update(keep=0)
    assert former_versions(world.out) == []


def test_an_interrupted_swap_is_repaired(world: World) -> None:
    """The machine stopped between the two renamings."""
    world.update()
    world.served.files["/populations"] = b"700"
    world.update()
    undo(world.out)
    (world.folder / "data.former" / "0001-abc").parent.mkdir(exist_ok=True)
    world.out.rename(world.folder / "data.former" / "0001-abc")
    world.update()
    assert world.told[0].startswith("Un remplacement avait été interrompu")
    assert population_of(world.out) == 700


def test_a_swap_that_fails_puts_the_version_in_use_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.update()
    before = content(world.out)
    world.served.files["/populations"] = b"700"
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.parent.name.startswith(".atlas-ght-update-"):
            raise PermissionError("refused")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        world.update()
    assert content(world.out) == before


def test_two_updates_do_not_run_together(world: World) -> None:
    with only_one(world.out), pytest.raises(UserError, match="déjà en cours"):
        world.update()
    assert world.served.answers == []
    assert world.update().is_swapped


# The command


@pytest.fixture
def command(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Return the command line, on this installation."""
    folders = ["--out", world.out, "--cache", world.folder / "cache"]
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    def run(*words: object) -> int:
        own = [] if "--undo" in words else ["--sources", world.folder / "mine"]
        return main(["update", *map(str, (*folders, *own, *words))])

    return run


def test_the_command_shows_the_sources_then_what_changes(
    world: World, command: Callable[..., int], capsys: Captured
) -> None:
    assert command() == 0
    world.served.files["/populations"] = b"700"
    assert command("--keep", 2) == 0
    said = capsys.readouterr()
    assert "même millésime, autre fichier" in said.out
    assert "Population modélisée changée : 1" in said.out
    assert "Superficie" in said.out
    assert "python -m geo update --undo" in said.err
    assert command("--undo") == 0
    assert "rétablie" in capsys.readouterr().out
    assert population_of(world.out) == 500


def test_the_command_fails_with_a_sentence(
    world: World, command: Callable[..., int], capsys: Captured
) -> None:
    assert command("--undo") == 1
    assert "rien à rétablir" in capsys.readouterr().err
    assert command("--keep", "-1") == 2
    assert command("--use", "finess") == 1
    world.served.files.clear()
    assert command() == 1
    said = capsys.readouterr()
    assert "absente" in said.out
    assert "aucun fichier" in said.err


@pytest.mark.parametrize(
    ("vintage", "other", "expected"),
    [
        ("2018", "2026-10", True),
        ("2018 et 2026-10", "2026-11", True),
        ("2026", "2026-10-14", False),
        ("2026-10-13", "2026-10-14", True),
        ("non datée", "2026", False),
        ("2026", "non datée", False),
        ("fichier communes-100m.geojson.gz", "2018", False),
        ("publié le 2024-12-19", "2025", True),
    ],
)
def test_vintages_are_compared_as_far_as_both_say(vintage: str, other: str, expected: bool) -> None:
    assert states.is_older(vintage, other) is expected
