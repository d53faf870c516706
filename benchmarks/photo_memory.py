"""Memory and time of opening a 24-megapixel photo: bytes a pixel kept and at the peak, in a process of its own."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 6000, 4000
LIMITS = {"kept": 5.0, "peak": 8.0}  # bytes a pixel

# Runs alone, so that nothing but the photo is measured. Linux: the kernel's own count of resident pages.
CHILD = """
import json, sys, time
from pathlib import Path
from wganpaint_gui.core.photo.photo import load_photo
from wganpaint_gui.core.photo.pyramid import Pyramid

def resident(name):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024

small = load_photo(Path(sys.argv[2])); Pyramid.build(small); del small  # libraries load before the count begins
before = resident("VmRSS:")
start = time.perf_counter()
photo = load_photo(Path(sys.argv[1]))
loaded = time.perf_counter()
pyramid = Pyramid.build(photo)
built = time.perf_counter()
area = photo.width * photo.height
print(json.dumps({
    "kept": (resident("VmRSS:") - before) / area,
    "peak": (resident("VmHWM:") - before) / area,
    "load_s": loaded - start,
    "pyramid_s": built - loaded,
}))
"""


def photographic(width: int, height: int) -> Image.Image:
    """Something with the detail of a photo: smooth colours and some grain."""
    random = np.random.default_rng(0)
    coarse = Image.fromarray(random.integers(0, 256, (height // 40, width // 40, 3), dtype=np.uint8))
    smooth = np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC)).astype(np.int16)
    grain = random.integers(-6, 7, (height, width, 1), dtype=np.int16)
    return Image.fromarray(np.clip(smooth + grain, 0, 255).astype(np.uint8))


def measure(photo: Path, small: Path) -> dict[str, float]:
    command = [sys.executable, "-c", CHILD, str(photo), str(small)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {name: round(value, 3) for name, value in json.loads(output).items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the numbers there as well")
    arguments = parser.parse_args()
    results: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder, "small.jpg")
        photographic(80, 80).save(small)
        image = photographic(WIDTH, HEIGHT)
        exif = Image.Exif()
        for name, orientation in (("JPEG", 1), ("JPEG, turned by EXIF", 6)):
            exif[0x0112] = orientation
            path = Path(folder, f"{orientation}.jpg")
            image.save(path, quality=90, exif=exif.tobytes())
            results[name] = measure(path, small)
        for name, suffix in (("PNG", "png"), ("TIFF", "tif")):
            path = Path(folder, f"photo.{suffix}")
            image.save(path, compress_level=1)  # TIFF takes no notice of it
            results[name] = measure(path, small)
    for name, found in results.items():
        print(
            f"{name}: {found['kept']:.2f} bytes/pixel kept, {found['peak']:.2f} at the peak, "
            f"read in {found['load_s']:.2f} s, pyramid in {found['pyramid_s']:.2f} s"
        )
    print(json.dumps(results))
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2) + "\n")
    return int(any(found[name] > limit for found in results.values() for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
