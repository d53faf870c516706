"""The model card: how a model file describes itself, read from its header without torch."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

from wganpaint_gui.core.errors import ModelError
from wganpaint_gui.core.json_reader import read_json
from wganpaint_gui.core.system.atomic import atomic_write
from wganpaint_gui.core.wording import quoted

from .safetensors_header import header_bytes, read_header_json

FORMAT_VERSION = 2  # of new files; those of version 1 have no encoder
METADATA_KEY = "wganpaint"
CHECKSUM_KEY = "sha256"  # in the metadata too: of the tensors, from format version 2 on
UNIFORM_PRIOR = "uniform[-1,1]"
FACE_FRAMING = "faces: eyes near (0.30, 0.30) and (0.70, 0.30), mouth near y = 0.70"
CriticNorm = Literal["batch", "layer", "none"]
Upsampling = Literal["transposed", "resize"]  # 5x5 transposed convolutions; nearest pixels, then 3x3 convolutions

_KNOWN_VERSIONS = (1, FORMAT_VERSION)
_RESOLUTIONS = (32, 64, 128, 256)


@dataclass(frozen=True)
class NetworkConfig:
    """The shape of generator and critic; the defaults are the paper's. Raises ModelError for impossible values."""

    resolution: int = 64  # pixels a side: 32, 64, 128 or 256
    width: int = 64  # channels next to the image; doubled at each halving of the size, at most eightfold
    latent_size: int = 100
    critic_norm: CriticNorm = "batch"
    channels: int = 3  # of the image
    upsampling: Upsampling = "transposed"  # how the generator doubles the size; files from before there were two

    def __post_init__(self) -> None:
        _whole("resolution", self.resolution, 32, 256)
        if self.resolution not in _RESOLUTIONS:
            raise ModelError(f"The network's resolution is {self.resolution}; it must be 32, 64, 128 or 256.")
        _whole("width", self.width, 1, 256)
        _whole("latent size", self.latent_size, 1, 4096)
        if self.critic_norm not in get_args(CriticNorm):
            raise ModelError(
                f"The network's critic norm is {quoted(self.critic_norm)}; it must be batch, layer or none."
            )
        if self.upsampling not in get_args(Upsampling):
            raise ModelError(f"The network's upsampling is {quoted(self.upsampling)}; it must be transposed or resize.")
        if self.channels != 3:
            raise ModelError(f"The network has {self.channels} image channels; it must have 3 (red, green, blue).")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: Any) -> NetworkConfig:
        """Rebuild from `to_json`; raises ModelError for unknown names and bad values."""
        return cls(**_known_fields(cls, values, "network config"))


@dataclass(frozen=True)
class ModelCard:
    """Where a model comes from and what it is for; stored inside its file."""

    name: str
    network: NetworkConfig = field(default_factory=NetworkConfig)
    prior: str = UNIFORM_PRIOR  # of the latents; the search projects onto its support
    preset: str = ""  # of the training
    updates: int = 0  # of the generator
    aware_updates: int = 0  # of the critic in the search-aware stage
    encoder_updates: int = 0  # of the encoder; 0 = the model has none
    images_seen: int = 0  # real images, repeats counted
    dataset: str = ""
    dataset_size: int = 0  # images
    framing: str = FACE_FRAMING
    licence: str = ""
    created: str = ""  # ISO date
    notes: str = ""
    good_fit: float | None = field(default=None, compare=False)  # least score of a good known-region fit; None: unknown
    fair_fit: float | None = field(default=None, compare=False)  # least score of a fair one
    format: int = field(default=FORMAT_VERSION, compare=False)  # of the file that it was read from

    def __post_init__(self) -> None:
        _check_format(self.format)
        for name in ("updates", "aware_updates", "encoder_updates", "images_seen", "dataset_size"):
            _whole(name, getattr(self, name), 0, 2**63 - 1)
        if self.format < 2 and self.encoder_updates:
            raise ModelError("The model has format version 1, which knows no encoder, but counts its updates.")
        if self.prior != UNIFORM_PRIOR:
            raise ModelError(
                f"The model's latent prior is {quoted(self.prior)}; this program knows {UNIFORM_PRIOR} only."
            )
        for name in ("name", "preset", "dataset", "framing", "licence", "created", "notes"):
            if not isinstance(getattr(self, name), str):
                raise ModelError(f"The model card's {name} is not a text.")
        for name in ("good_fit", "fair_fit"):
            value = getattr(self, name)
            if value is not None and (type(value) not in (int, float) or not math.isfinite(value)):
                raise ModelError(f"The model's {name} is {value!r}; it must be a number.")

    @property
    def has_encoder(self) -> bool:
        """Whether the model has an encoder, so that a search can begin at a first guess."""
        return self.encoder_updates > 0

    @property
    def counts(self) -> tuple[int, int, int]:
        """Updates of the generator, of the critic in the search-aware stage, and of the encoder."""
        return self.updates, self.aware_updates, self.encoder_updates

    @property
    def knows_faces(self) -> bool:
        """Whether it draws only faces, framed as `FACE_FRAMING` says."""
        return self.framing.startswith("faces")

    @property
    def faceless_warning(self) -> str:
        """A warning for masks that cover no face; "" for models of other things."""
        if not self.knows_faces:
            return ""
        doubt = f"The model {self.name} knows only faces, and fills anything else with parts of faces."
        return f"No face was found under the mask. {doubt}"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def to_json_text(self) -> str:
        """Return the card as it is written into a new file's metadata."""
        return json.dumps({**self.to_json(), "format": FORMAT_VERSION}, ensure_ascii=False)

    @classmethod
    def from_json(cls, values: Any) -> ModelCard:
        """Rebuild from `to_json`; raises ModelError for another format version, unknown names and bad values."""
        if isinstance(values, dict):
            _check_format(values.get("format"))  # first: what another version has may be unknown here
        known = _known_fields(cls, values, "model card")
        for needed in ("name", "network"):
            if needed not in known:
                raise ModelError(f"The model card has no {needed}.")
        return cls(**{**known, "network": NetworkConfig.from_json(known["network"])})


def told_apart(one: ModelCard, other: ModelCard) -> tuple[str, str]:
    """Return names that tell two models apart in one sentence: their own, or by how long each was trained."""
    if one.name != other.name:
        return one.name, other.name
    if one.counts != other.counts:
        return _with_updates(one), _with_updates(other)
    return one.name, f"another model called {other.name}"


def _with_updates(card: ModelCard) -> str:
    updates, aware, encoder = card.counts
    counts = [f"{updates:,} updates"]
    counts += [f"{aware:,} search-aware ones"] * (aware > 0) + [f"{encoder:,} of its encoder"] * (encoder > 0)
    *most, last = counts
    return f"{card.name} after {', '.join(most)} and {last}" if most else f"{card.name} after {last}"


@dataclass(frozen=True)
class ModelHeader:
    """The header of a model file: the card, and the shape of every tensor by name."""

    card: ModelCard
    shapes: dict[str, tuple[int, ...]]
    checksum: str | None  # of the tensors


def read_card(path: Path) -> ModelCard:
    """Read the card of a model file; only the header is read.

    Raises ModelError, with a message of its own for each case: the file is missing, not a model, a pickle, cut short,
    or of another format version.
    """
    return read_header(path).card


def read_header(path: Path) -> ModelHeader:
    """Read card and tensor shapes of a model file. Raises ModelError as `read_card` does."""
    try:
        with open(path, "rb") as file:
            header = read_header_json(file, path)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "does not exist" if missing else f"cannot be read ({error.strerror or error})"
        raise ModelError(f"The model file {path} {reason}.", "Choose another model.") from error
    metadata = header.pop("__metadata__", {})
    text = metadata.get(METADATA_KEY) if isinstance(metadata, dict) else None
    if not isinstance(text, str):
        raise ModelError(
            f"{path} is a safetensors file but not a WganPaint model: it has no model card.",
            "Use a model.safetensors that this program has trained or exported.",
        )
    try:
        card = ModelCard.from_json(read_json(text))
    except ValueError as error:
        raise ModelError(f"The model card inside {path} is damaged.", "Get the file again.") from error
    except ModelError as error:
        raise ModelError(f"{path} cannot be used. {error.message}", error.hint) from error
    return ModelHeader(
        card, {name: tuple(entry["shape"]) for name, entry in header.items()}, metadata.get(CHECKSUM_KEY)
    )


def copy_model(source: Path, target: Path, *, name: str, overwrite: bool) -> None:
    """Copy a model file; the card of the copy says `name`.

    Raises ModelError where `source` is not a model, SaveError where the copy fails or, without `overwrite`, `target` is
    there already.
    """
    read_card(source)  # refuses what is not a model
    with source.open("rb") as reader:
        header = _renamed(reader, name)
        atomic_write(target, lambda writer: _write_copy(writer, header, reader), overwrite=overwrite)


def _check_format(version: object) -> None:
    if type(version) is not int or version not in _KNOWN_VERSIONS:
        raise ModelError(
            f"The model has format version {quoted(version)}; this program knows versions 1 and {FORMAT_VERSION}.",
            "Update the program, or export the model again with this one.",
        )


def _known_fields(cls: type[Any], values: Any, what: str) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise ModelError(f"The {what} is not a JSON object.")
    unknown = set(values) - {one.name for one in fields(cls)}
    if unknown:
        raise ModelError(f"The {what} has unknown entries: {', '.join(sorted(unknown))}.")
    return dict(values)


def _whole(name: str, value: object, low: int, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ModelError(f"The model's {name} is {quoted(value)}; it must be a whole number from {low} to {high}.")


def _renamed(reader: BinaryIO, name: str) -> bytes:
    """Read the header of a model file and return it with another name in its card; leaves `reader` at the data."""
    header = read_json(reader.read(int.from_bytes(reader.read(8), "little")))
    card = read_json(header["__metadata__"][METADATA_KEY])
    header["__metadata__"][METADATA_KEY] = json.dumps({**card, "name": name}, ensure_ascii=False)
    return header_bytes(header)


def _write_copy(writer: BinaryIO, header: bytes, tensors: BinaryIO) -> None:
    """Write header and tensors. Offsets count from the header's end, so a longer header changes none of them."""
    writer.write(header)
    shutil.copyfileobj(tensors, writer)
