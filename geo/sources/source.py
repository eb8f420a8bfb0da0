"""What is known of one raw file before it is read: its name, producer, licence and vintage."""

from dataclasses import dataclass

LICENCE_OUVERTE = "Licence Ouverte 2.0"
ODBL = "ODbL 1.0"


@dataclass(frozen=True, slots=True)
class Source:
    """
    One raw file.

    Parameters
    ----------
    key
        Short name used by the build.
    file_name
        Name looked for below the folder of sources.
    title, producer, licence, vintage, description
        French text for the provenance shown on screen.
    url
        Public page of the producer.
    download_url
        Public address of the file in its current version; None when there is none and the file
        must be supplied.
    download_name
        Name given to the downloaded file when its format differs from the one of `file_name`.
    sha256
        Expected digest of the downloaded file; None when the address follows the newest version.
    """

    key: str
    file_name: str
    title: str
    producer: str
    url: str
    licence: str
    vintage: str
    description: str
    download_url: str | None = None
    download_name: str | None = None
    sha256: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """File names accepted for this source, best first."""
        return (
            (self.file_name,)
            if self.download_name is None
            else (
                self.file_name,
                self.download_name,
            )
        )
