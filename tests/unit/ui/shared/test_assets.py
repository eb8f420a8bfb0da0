"""Files published for the browser."""

import errno
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo.atlas.load import Atlas, load_atlas
from geo.drawing.screen_map import BACKGROUNDS
from geo.errors import BundleError
from geo.ui.shared import assets, layer_files
from tests import builders


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def test_a_name_carries_the_content(tmp_path: Path) -> None:
    one = assets.publish(tmp_path, "sites", "json", b"1")
    other = assets.publish(tmp_path, "sites", "json", b"2")
    assert one != other
    assert assets.PUBLISHED_NAME.match(one)
    assert (tmp_path / one).read_bytes() == b"1"
    assert assets.publish(tmp_path, "sites", "json", b"1") == one


def test_several_servers_may_publish_at_once(tmp_path: Path) -> None:
    content = os.urandom(1_000_000)
    with ThreadPoolExecutor(8) as pool:
        names = {
            task.result()
            for task in [
                pool.submit(assets.publish, tmp_path, "areas", "json", content) for _ in range(16)
            ]
        }
    assert [path.name for path in tmp_path.iterdir()] == list(names)
    assert (tmp_path / names.pop()).read_bytes() == content


def test_a_truncated_file_is_written_again(tmp_path: Path) -> None:
    name = assets.publish(tmp_path, "areas", "json", b"whole")
    (tmp_path / name).write_bytes(b"who")
    assets.publish(tmp_path, "areas", "json", b"whole")
    assert (tmp_path / name).read_bytes() == b"whole"


def test_only_old_unused_files_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = assets.publish(tmp_path, "areas", "json", b"kept")
    stale = assets.publish(tmp_path, "areas", "json", b"stale")
    (tmp_path / "autre.txt").write_text("à quelqu'un", encoding="utf-8")
    assets.clean(tmp_path, {kept})
    assert (tmp_path / stale).exists()
    later = time.time() + 2 * assets.KEPT_SECONDS
    monkeypatch.setattr("time.time", lambda: later)
    assets.clean(tmp_path, {kept})
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([kept, "autre.txt"])


def test_what_was_being_written_is_removed_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{assets.WRITING}x").write_bytes(b"half")
    assets.clean(tmp_path, set())
    assert list(tmp_path.iterdir())
    later = time.time() + 2 * assets.WRITING_SECONDS
    monkeypatch.setattr("time.time", lambda: later)
    assets.clean(tmp_path, set())
    assert not list(tmp_path.iterdir())


def test_a_file_used_again_is_young_again(tmp_path: Path) -> None:
    path = tmp_path / assets.publish(tmp_path, "areas", "json", b"kept")
    before = path.stat().st_ctime_ns
    time.sleep(0.02)
    assets.publish(tmp_path, "areas", "json", b"kept")
    assert path.stat().st_ctime_ns > before


def test_removed_files_are_missed(atlas: Atlas, tmp_path: Path) -> None:
    addresses = assets.publish_all(atlas, tmp_path)
    assert assets.are_there(addresses, tmp_path)
    (tmp_path / addresses.areas.removeprefix(assets.FROM_FRAME)).unlink()
    assert not assets.are_there(addresses, tmp_path)


def test_everything_the_map_needs_is_published(atlas: Atlas, tmp_path: Path) -> None:
    addresses = assets.publish_all(atlas, tmp_path / "static")
    for address in vars(addresses).values():
        assert (tmp_path / "static" / address.removeprefix(assets.FROM_FRAME)).is_file()
    names = {path.name for path in (tmp_path / "static").iterdir()}
    style = next(name for name in names if name.startswith("style."))
    text = (tmp_path / "static" / style).read_text(encoding="utf-8")
    assert "url(images/" not in text
    assert all(name in text for name in names if name.endswith(".png"))


def test_the_script_holds_leaflet_and_the_map_and_names_only_the_optional_backgrounds() -> None:
    script = assets.script_content().decode()
    for address in BACKGROUNDS.values():
        assert address in script
        script = script.replace(address, "")
    assert "Leaflet 1.9" in script
    assert "Atlas.map" in script
    assert "sourceMappingURL" not in script
    assert script.count("https://") <= 2  # Leaflet's own credit, which the map does not show


def test_comments_stay_at_home_and_code_is_published_whole() -> None:
    sent = assets.script_content().decode()
    own = sent[sent.index("window.Atlas = {") :]
    assert not re.search(r"^\s*(//|/\*)", own, re.MULTILINE)
    for name in assets.SCRIPTS:
        text = (assets.SCRIPTS_FOLDER / name).read_text(encoding="utf-8")
        code = [line for line in text.splitlines() if not re.match(r" *(//|/\*| \*)", line)]
        assert "\n".join(code) in own, name


def test_published_areas_are_those_of_the_drawing(atlas: Atlas, tmp_path: Path) -> None:
    addresses = assets.publish_all(atlas, tmp_path)
    name = addresses.areas.removeprefix(assets.FROM_FRAME)
    areas = json.loads((tmp_path / name).read_text(encoding="utf-8"))
    drawing = json.loads(atlas.drawing("territories").read_text(encoding="utf-8"))
    drawn = {shape["id"] for shape in drawing["objects"]["territories"]["geometries"]}
    assert drawn <= set(areas["code"])


def test_a_missing_package_is_said_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "LEAFLET_PACKAGE", "no-such-package")
    with pytest.raises(assets.AssetError, match="pip install"):
        assets.script_content()


def test_an_emptied_package_is_said_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.files", lambda _: None)
    with pytest.raises(assets.AssetError, match="pip install"):
        assets.script_content()


def test_a_folder_that_cannot_be_written_is_said_in_french(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "static").write_text("pas un dossier", encoding="utf-8")
    with pytest.raises(assets.AssetError, match="écriture"):
        assets.publish_all(atlas, tmp_path / "static")


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.utime", refuse)
    with pytest.raises(PermissionError):
        assets.publish(tmp_path, "areas", "json", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_bundle_without_drawings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError):
        assets.publish_all(builders.atlas(), tmp_path)


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every change of the disk, as a file system mounted read-only does, to root too."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    for name in ("utime", "mkdir", "unlink", "remove", "replace", "rename", "chmod"):
        monkeypatch.setattr(os, name, refuse)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)


def test_a_complete_folder_may_be_read_only(
    atlas: Atlas, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    addresses = assets.publish_all(atlas, tmp_path)
    layer = layer_files.publish_layer("zones", b"{}", tmp_path)
    (tmp_path / "sites.0123456789abcdef.json").write_text("old")
    os.utime(tmp_path / "sites.0123456789abcdef.json", (1, 1))
    request.getfixturevalue("read_only")
    assert assets.publish_all(atlas, tmp_path) == addresses
    assert assets.are_there(addresses, tmp_path)
    assert layer_files.publish_layer("zones", b"{}", tmp_path) == layer
    layer_files.forget(tmp_path, 0)
    assert layer_files.is_there(layer, folder=tmp_path)


def test_old_files_that_nobody_may_remove_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    name = assets.publish(tmp_path, "sites", "json", b"1")
    later = time.time() + assets.KEPT_SECONDS + 60
    monkeypatch.setattr(time, "time", lambda: later)
    request.getfixturevalue("read_only")
    assets.clean(tmp_path, set())
    assert (tmp_path / name).is_file()


def test_what_cannot_be_written_is_said_with_the_cure(
    atlas: Atlas, tmp_path: Path, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("read_only")  # after `tmp_path`, which is written
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(assets.AssetError, match=assets.FOLDER_VARIABLE) as raised:
            assets.publish_all(atlas, folder)
        assert "static/ n'est pas accessible en écriture" in str(raised.value)
        assert str(tmp_path) not in str(raised.value)
        with pytest.raises(assets.AssetError, match=assets.FOLDER_VARIABLE):
            layer_files.publish_layer("zones", b"{}", folder)
    assert len(caplog.records) == 4
    said = vars(caplog.records[0])
    assert said["folder"] == str(tmp_path)
    assert "Read-only file system" in said["cause"]


def test_a_folder_is_made_where_it_is_named(atlas: Atlas, tmp_path: Path) -> None:
    folder = tmp_path / "of" / "ours"
    assert assets.are_there(assets.publish_all(atlas, folder), folder)


def test_the_folder_may_be_elsewhere(repository: Path, tmp_path: Path) -> None:
    code = "from geo.ui.shared.assets import STATIC_FOLDER; print(STATIC_FOLDER)"
    for named, expected in (("", repository / "static"), (str(tmp_path), tmp_path)):
        environment = os.environ | {assets.FOLDER_VARIABLE: named}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=repository, env=environment, check=True,
            capture_output=True, encoding="utf-8",
        )  # fmt: skip
        assert done.stdout.strip() == str(expected)
