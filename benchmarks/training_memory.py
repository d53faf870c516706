"""Memory of a training run on very many images: the peak of the process, with every image touched once.

python benchmarks/training_memory.py [--images 200000] [--width 64] [--updates 20]
Linux only: reads /proc. Mapped pages of the image file count, although the system may take them back at any time.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from wganpaint_gui.core.training.training_config import preset_config
from wganpaint_gui.ml.device import keep_allocations, pick_device
from wganpaint_gui.ml.training.batches import Batches
from wganpaint_gui.ml.training.gan import Gan

_CHUNK = 4096


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=200_000)
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--updates", type=int, default=20)
    arguments = parser.parse_args()
    keep_allocations()
    config = replace(preset_config("gp", width=arguments.width), batch_size=64)
    with tempfile.TemporaryDirectory() as folder:
        images = _images(Path(folder) / "images.rgb", arguments.images)
        batches = Batches(images, config.batch_size, pick_device("cpu"), seed=0, flip=True)
        gan = Gan(config, batches, pick_device("cpu"))
        for number in range(arguments.updates):
            batches.prepare()
            gan.critic_update(penalised=number % config.penalty_every == 0)
            gan.generator_update()
        touched = sum(int(images[first : first + _CHUNK, 0, 0, 0].sum()) for first in range(0, len(images), _CHUNK))
        for first in range(0, len(images), _CHUNK):
            touched += int(images[first : first + _CHUNK].max())
        print(f"{arguments.images:,} images, width {arguments.width}, batch {config.batch_size}:")
        for name, what in (
            ("VmHWM", "peak altogether"),
            ("RssAnon", "of its own now"),
            ("RssFile", "mapped files now"),
        ):
            print(f"  {what}: {_kilobytes(name) / 2**20:.2f} GiB")
        assert touched > 0


def _images(path: Path, count: int) -> np.ndarray:
    """On the disk, as a prepared data set lies there."""
    source = np.random.default_rng(0)
    chunk = source.integers(0, 256, (_CHUNK, 64, 64, 3), np.uint8)
    with path.open("wb") as file:
        for first in range(0, count, _CHUNK):
            file.write(chunk[: count - first].tobytes())
    return np.memmap(path, np.uint8, "r", shape=(count, 64, 64, 3))


def _kilobytes(name: str) -> int:
    status = Path("/proc/self/status").read_text()
    found = re.search(rf"{name}:\s+(\d+) kB", status)
    assert found
    return int(found[1])


if __name__ == "__main__":
    main()
