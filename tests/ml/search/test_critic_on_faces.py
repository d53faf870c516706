"""The shipped critic on real, held-out faces: higher must mean more real, in eval mode, as the search uses it.

The faces are licensed for research and are not part of this repository. WGANPAINT_FACES names a zip of aligned 64x64
faces that the model never saw; without it these tests are skipped.
"""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from wganpaint_gui.ml.search.prepared_model import PreparedModel

FACES = os.environ.get("WGANPAINT_FACES", "")
pytestmark = pytest.mark.skipif(not Path(FACES).is_file(), reason="WGANPAINT_FACES names no zip of held-out faces")
COUNT = 200


@pytest.fixture(scope="module")
def faces() -> torch.Tensor:
    """[N, 3, 64, 64] in [-1, 1]."""
    with zipfile.ZipFile(FACES) as archive:
        names = sorted(name for name in archive.namelist() if name.lower().endswith(".png"))[:COUNT]
        images = [np.asarray(Image.open(archive.open(name)).convert("RGB")) for name in names]
    return torch.tensor(np.stack(images)).permute(0, 3, 1, 2) / 127.5 - 1


def test_real_faces_score_above_generated_ones_in_the_mean(faces: torch.Tensor, shipped: PreparedModel):
    z = torch.empty(len(faces), shipped.latent_size).uniform_(-1, 1, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        real, generated = shipped.score(faces), shipped.score(shipped.generate(z))
    difference = float(real.mean() - generated.mean())
    error = float((real.var() / len(real) + generated.var() / len(generated)).sqrt())
    assert difference > 3 * error, (difference, error)


def test_whole_faces_score_above_faces_with_a_strangers_middle(faces: torch.Tensor, shipped: PreparedModel):
    composites = faces.clone()
    composites[:, :, 16:48, 16:48] = faces.roll(1, 0)[:, :, 16:48, 16:48]
    with torch.no_grad():
        assert float((shipped.score(faces) > shipped.score(composites)).float().mean()) > 0.6
