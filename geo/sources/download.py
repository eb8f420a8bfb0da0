"""Fetch the raw files from their producers: resumed, retried, bounded, checked."""

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import httpx

from geo.errors import SourceError
from geo.faults import Faults
from geo.sources.registry import SOURCES, sha256_of
from geo.sources.source import Source

ATTEMPTS = 5
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
NOT_FOUND = "fichier introuvable (code 404)."
MAX_FILE_BYTES = 1_000_000_000
MAX_FILE_SECONDS = 1800.0
CHUNK_BYTES = 1 << 18
USER_AGENT = "atlas-ght"
TIMEOUT = httpx.Timeout(60.0, connect=15.0)
RETRIED_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
PROXY_CURE = (
    "Vérifiez l'accès à Internet et le proxy (variables HTTPS_PROXY et NO_PROXY), "
    "ou déposez le fichier dans le dossier des sources et lancez le build sans --download."
)

Client: TypeAlias = httpx.Client
Progress = Callable[[Source, int, int | None], None]


def _stay_silent(_source: Source, _held: int, _total: int | None) -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """
    How hard to try.

    Parameters
    ----------
    attempts
        Tries per file.
    max_bytes
        Largest file accepted, bytes.
    max_seconds
        Longest time for a file, all tries together.
    pause
        Waits that many seconds.
    on_progress
        Called with the source, the bytes held so far and the total when it is known.
    """

    attempts: int = ATTEMPTS
    max_bytes: int = MAX_FILE_BYTES
    max_seconds: float = MAX_FILE_SECONDS
    pause: Callable[[float], None] = time.sleep
    on_progress: Progress = _stay_silent


class _RefusedError(Exception):
    """The file cannot be had; the message is the French fault."""


class _UnchangedError(Exception):
    """The producer has no other version than the one held."""


class _TransientError(Exception):
    """Worth another try; `wait_s` when the server asked for a pause."""

    def __init__(self, fault: str, wait_s: float = 0.0) -> None:
        self.wait_s = wait_s
        super().__init__(fault)


def download_sources(
    folder: Path,
    sources: Iterable[Source] = SOURCES,
    client: httpx.Client | None = None,
    settings: Settings | None = None,
) -> dict[str, Path]:
    """
    Fetch every source that has a public address.

    Parameters
    ----------
    folder
        Where to write; made if absent. A file is written as `<name>.part`, then renamed, with
        its digest in `<name>.sha256`. A file already there with its digest is kept.
    sources
        Sources; those without `download_url` are passed over.
    client
        HTTP client; by default one that follows redirections and reads the proxy variables.
    settings
        Tries, bounds, progress.

    Returns
    -------
    paths
        Path of each fetched file by key of source.

    Raises
    ------
    SourceError
        All files that could not be had, together; the others are written.
    """
    options = settings or Settings()
    folder.mkdir(parents=True, exist_ok=True)
    faults = Faults("téléchargement des sources")
    paths: dict[str, Path] = {}
    with contextlib.nullcontext(client) if client else open_client() as http:
        for source in sources:
            if source.download_url is None:
                continue
            target = folder / (source.download_name or source.file_name)
            try:
                if not _is_intact(target):
                    _fetch(_Part(target), source, http, options)
                paths[source.key] = target
            except _RefusedError as error:
                faults.add(f"{source.title} ({source.download_url}) : {error}")
    faults.raise_if_any()
    return paths


@dataclass(frozen=True, slots=True)
class Arrival:
    """
    What a producer gave.

    Parameters
    ----------
    path
        Where it is.
    url, etag, modified
        Address in the end, and what the server said of the version; empty when it said nothing.
        They are those of the file held when the producer has no other version.
    is_other
        False when the producer has no other version than the file held.
    """

    path: Path
    url: str = ""
    etag: str = ""
    modified: str = ""
    is_other: bool = True


def refresh(
    folder: Path, source: Source, held: Arrival | None, http: httpx.Client, options: Settings
) -> Arrival:
    """
    Fetch a source again, unless the producer says that the file held is its current version.

    Parameters
    ----------
    folder
        Where to write; made if absent. The file held stays until another one is whole.
    source
        With a `download_url`.
    held
        What an earlier call returned; None to fetch whatever the producer has.
    http
        HTTP client, see `open_client`.
    options
        Tries, bounds, progress.

    Raises
    ------
    SourceError
        Why the file cannot be had.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / (source.download_name or source.file_name)
    is_held = held is not None and held.path == target and _is_intact(target)
    part = _Part(target, _conditions(held) if held is not None and is_held else {})
    try:
        _fetch(part, source, http, options)
    except _UnchangedError:
        return replace(held or part.answer, is_other=False)
    except _RefusedError as error:
        raise SourceError(source.title, [str(error)]) from error
    return replace(part.answer, path=target)


def _conditions(held: Arrival) -> dict[str, str]:
    """Ask only for another version than the one held."""
    asked = {"If-None-Match": held.etag, "If-Modified-Since": held.modified}
    return {name: value for name, value in asked.items() if value}


def open_client() -> httpx.Client:
    """Open a client that follows redirections and reads the proxy variables."""
    return httpx.Client(follow_redirects=True, timeout=TIMEOUT, headers={"User-Agent": USER_AGENT})


def _fetch(part: "_Part", source: Source, http: httpx.Client, options: Settings) -> None:
    fault = ""
    part.until = time.monotonic() + options.max_seconds
    for attempt in range(options.attempts):
        try:
            _attempt(part, source, http, options)
        except _TransientError as error:
            fault = str(error)
            if attempt + 1 < options.attempts:
                wait_s = min(FIRST_PAUSE_S * 2**attempt, LONGEST_PAUSE_S)
                options.pause(min(max(error.wait_s, wait_s), LONGEST_PAUSE_S))
        else:
            _settle(part, source)
            return
    raise _RefusedError(f"{fault} Abandon après {options.attempts} essais. {PROXY_CURE}")


class _Part:
    """The unfinished file, the version it belongs to, and until when it may be waited for."""

    def __init__(self, target: Path, conditions: Mapping[str, str] | None = None) -> None:
        self.target = target
        self.path = target.with_name(target.name + ".part")
        self.stamp = target.with_name(target.name + ".part.version")
        self.conditions = dict(conditions or {})
        self.answer = Arrival(target)
        self.until = 0.0

    def held(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def version(self) -> str:
        return self.stamp.read_text("utf-8") if self.stamp.exists() else ""

    def resume_headers(self) -> dict[str, str]:
        if self.held() and self.version():
            return {"Range": f"bytes={self.held()}-", "If-Range": self.version()}
        return self.conditions

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)
        self.stamp.unlink(missing_ok=True)


def _attempt(part: _Part, source: Source, http: httpx.Client, options: Settings) -> None:
    headers = {"Accept-Encoding": "identity", **part.resume_headers()}
    try:
        with http.stream("GET", str(source.download_url), headers=headers) as response:
            _check_status(response, part)
            said = response.headers
            part.answer = Arrival(
                part.target, str(response.url), said.get("ETag", ""), said.get("Last-Modified", "")
            )
            _receive(response, part, source, options)
    except httpx.ProxyError as error:
        raise _RefusedError(f"le proxy refuse la connexion ({error}). {PROXY_CURE}") from error
    except httpx.TransportError as error:
        raise _TransientError(f"serveur injoignable ou connexion coupée ({error}).") from error
    except httpx.TooManyRedirects as error:
        raise _RefusedError(f"trop de redirections. {PROXY_CURE}") from error
    except httpx.InvalidURL as error:
        raise _RefusedError("adresse invalide. Corrigez-la dans le registre.") from error


def _check_status(response: httpx.Response, part: _Part) -> None:
    status = response.status_code
    if status == httpx.codes.NOT_MODIFIED and part.conditions:
        raise _UnchangedError
    if status == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
        raise _RefusedError(f"le proxy demande un mot de passe (code 407). {PROXY_CURE}")
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        part.discard()
        raise _TransientError("la reprise du téléchargement est refusée (code 416).")
    if status in RETRIED_STATUSES:
        raise _TransientError(
            f"le serveur répond qu'il n'est pas disponible (code {status}).",
            _asked_pause(response.headers.get("Retry-After", "")),
        )
    if status == httpx.codes.NOT_FOUND:
        raise _RefusedError(
            f"{NOT_FOUND} Le producteur l'a déplacé : "
            "cherchez-le sur sa page, puis déposez-le dans le dossier des sources."
        )
    if status not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
        raise _RefusedError(f"réponse inattendue (code {status}). {PROXY_CURE}")


def _asked_pause(value: str) -> float:
    return float(value) if value.isdigit() else 0.0


def _receive(response: httpx.Response, part: _Part, source: Source, options: Settings) -> None:
    is_rest = response.status_code == httpx.codes.PARTIAL_CONTENT
    held = part.held() if is_rest else 0
    if is_rest and not response.headers.get("Content-Range", "").startswith(f"bytes {held}-"):
        part.discard()
        raise _TransientError("le serveur reprend à un autre endroit que demandé.")
    total = _total(response, held)
    _check_size(total or 0, options.max_bytes, part)
    if not is_rest:
        part.discard()
        version = response.headers.get("ETag", "")
        part.stamp.write_text("" if version.startswith("W/") else version, "utf-8")
    with part.path.open("ab") as stream:
        for chunk in response.iter_bytes(CHUNK_BYTES):
            if held == 0:
                _check_not_page(response, chunk)
            held += len(chunk)
            _check_size(held, options.max_bytes, part)
            _check_time(part, options.max_seconds)
            stream.write(chunk)
            options.on_progress(source, held, total)
    if held == 0:
        raise _TransientError("le serveur envoie un fichier vide.")


def _total(response: httpx.Response, held: int) -> int | None:
    length = response.headers.get("Content-Length", "")
    return held + int(length) if length.isdigit() else None


def _check_size(size: int, limit: int, part: _Part) -> None:
    if size > limit:
        part.discard()
        raise _RefusedError(
            f"fichier de plus de {limit // 1_000_000} Mo, anormal pour cette source. "
            "Vérifiez l'adresse sur la page du producteur."
        )


def _check_time(part: _Part, limit: float) -> None:
    if time.monotonic() > part.until:
        raise _RefusedError(
            f"téléchargement de plus de {limit / 60:.0f} minutes, interrompu. {PROXY_CURE}"
        )


def _check_not_page(response: httpx.Response, chunk: bytes) -> None:
    start = chunk[:256].lstrip().lower()
    is_page = response.headers.get("Content-Type", "").lower().startswith("text/html")
    if is_page or start.startswith((b"<!doctype html", b"<html")):
        raise _RefusedError(
            f"une page web arrive au lieu des données, sans doute celle d'un portail. {PROXY_CURE}"
        )


def _digest_path(target: Path) -> Path:
    return target.with_name(target.name + ".sha256")


def _is_intact(target: Path) -> bool:
    digest = _digest_path(target)
    if not (target.is_file() and digest.is_file()):
        return False
    return digest.read_text("utf-8").split()[:1] == [sha256_of(target)]


def _settle(part: _Part, source: Source) -> None:
    digest = sha256_of(part.path)
    if source.sha256 is not None and digest != source.sha256:
        part.discard()
        raise _RefusedError(
            f"empreinte sha256 différente de celle attendue ({digest[:12]} au lieu de "
            f"{source.sha256[:12]}). Le fichier a changé ou a été altéré : n'en tenez pas compte."
        )
    part.path.replace(part.target)
    part.discard()
    _digest_path(part.target).write_text(f"{digest}  {part.target.name}\n", "utf-8")
