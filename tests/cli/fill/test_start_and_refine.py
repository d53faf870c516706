"""`--start` and `--refine`: where a search starts, what is fitted after it, and that without both nothing is new."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from tests.cli.conftest import Run, pixels_of, write_photo
from wganpaint_gui.core.edit.mask_io import load_mask
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import load_photo
from wganpaint_gui.core.search.compose import Composer
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.settings import DEFAULT_STEPS, InpaintConfig, Method
from wganpaint_gui.ml.batch.frame_filler import FrameFiller
from wganpaint_gui.ml.search.fill import Fill
from wganpaint_gui.ml.search.images import to_uint8
from wganpaint_gui.ml.search.inpainting import DEFAULT_RATES
from wganpaint_gui.ml.search.losses import make_target, search_losses
from wganpaint_gui.ml.search.prepared_model import PreparedModel, load_prepared
from wganpaint_gui.ml.search.start import initial_latents

CPU = torch.device("cpu")
FRAME = Frame(10, 2, 64)
QUICK = ("--frame", "10,2,64", "--restarts", 2, "--device", "cpu")


def prepared(path: Path) -> PreparedModel:
    return load_prepared(path, CPU, "auto")  # as the command does


# --- the defaults ----------------------------------------------------------------------------------------------


def test_a_model_with_an_encoder_starts_at_its_guess(
    wganpaint: Run, guessing_model: Path, photo: Path, mask: Path, tmp_path: Path
):
    options = ("--model", guessing_model, "--refine", 0, "--json", *QUICK)
    ran = wganpaint("inpaint", photo, "--mask", mask, "-o", tmp_path / "out.png", *options)
    (result,) = ran.objects
    assert (result["start"], result["steps"]) == ("guess", DEFAULT_STEPS["guess"])
    assert ran.complaints == []


def test_a_model_without_one_starts_at_random_and_that_is_said_once(
    wganpaint: Run, tiny_model: Path, photo: Path, mask: Path, tmp_path: Path
):
    photos = (photo, write_photo(tmp_path / "other.png", 1))
    options = ("--model", tiny_model, "--refine", 0, "--json", *QUICK)
    ran = wganpaint("inpaint", *photos, "--mask", mask, "-o", tmp_path / "done", *options)
    assert [(one["start"], one["steps"]) for one in ran.objects] == [("random", DEFAULT_STEPS["random"])] * 2
    assert ran.complaints == [
        "wganpaint: The model tiny has no encoder: searches start at random latents, as with --start random."
    ]


def test_a_guess_that_is_not_a_number_starts_at_random_and_the_result_says_so(
    wganpaint: Run, blind_model: Path, photo: Path, mask: Path, tmp_path: Path
):
    options = ("--model", blind_model, "--refine", 0, "--json", *QUICK)
    ran = wganpaint("inpaint", photo, "--mask", mask, "-o", tmp_path / "out.png", *options)
    assert (ran.objects[0]["start"], ran.objects[0]["steps"]) == ("random", DEFAULT_STEPS["random"])
    assert "guess is not a number, so the search starts at random latents" in ran.complaints[0]


def test_steps_that_are_given_count_wherever_the_search_starts(
    inpaint: Run, guessing_model: Path, photo: Path, mask: Path, tmp_path: Path
):
    for start in ("guess", "random"):
        options = ("--model", guessing_model, "--start", start, "--steps", 4, "--json")
        (result,) = inpaint(photo, "--mask", mask, "-o", tmp_path / f"{start}.png", *options).objects
        assert (result["start"], result["steps"]) == (start, 4)
    assert (pixels_of(tmp_path / "guess.png") != pixels_of(tmp_path / "random.png")).any()


# --- refusals --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["inpaint", "evaluate"])
@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--refine", -1), "--refine is -1; it must be a whole number from 0 to 1000."),
        (("--refine", 1001), "--refine is 1001; it must be a whole number from 0 to 1000."),
        (("--start", "guess"), "--start guess: the model tiny has no encoder, which makes the first guess."),
        (("--start", "guess"), "Use --start random, or train an encoder for it: `wganpaint train --encoder-updates N`"),
        (("--start", "here"), "invalid choice: 'here'"),
    ],
)
def test_what_cannot_be_is_refused_before_the_work(
    wganpaint: Run, tiny_model: Path, photo: Path, tmp_path: Path, command: str, options: tuple[str, int], says: str
):
    out = tmp_path / "out"
    what = {
        "inpaint": (photo, "--mask", "center", "-o", out / "out.png", "--model", tiny_model),
        "evaluate": (tiny_model, photo.parent, "--out", out),
    }[command]
    ran = wganpaint(command, *what, *options)
    assert (ran.code, ran.out, out.exists()) == (2, "", False)
    assert says in ran.complaints[-1]


@pytest.mark.parametrize("command", ["inpaint", "evaluate"])
def test_the_help_says_why_critic_only_is_not_refined(wganpaint: Run, command: str):
    said = " ".join(wganpaint(command, "--help").out.split())
    assert "method yeh only: fitted to the critic alone, the generator would find the critic's blind spots" in said


# --- the papers' search ----------------------------------------------------------------------------------------


def papers_image(model: PreparedModel, composer: Composer, method: Method, steps: int) -> np.ndarray:
    """Search with torch's own Adam, a plain loop, and return the best image of the better of two starts."""
    config = InpaintConfig()
    target = make_target(composer.view, config, CPU)
    z = torch.tensor(initial_latents(0, 2, model.latent_size))[None].requires_grad_()
    adam = torch.optim.Adam([z], lr=DEFAULT_RATES[method]["adam"])
    lowest, best = torch.inf, z.detach().clone()[0, 0]
    for _ in range(steps):
        losses, _ = search_losses(model, z, (method,), target, 1.0)
        winner = int(losses[0].argmin())
        if losses[0, winner] < lowest:
            lowest, best = float(losses[0, winner].detach()), z.detach().clone()[0, winner]
        adam.zero_grad()
        losses.sum().backward()
        adam.step()
        with torch.no_grad():
            z.clamp_(-1, 1)
    return to_uint8(model.generate(best[None]))[0].numpy()


@pytest.mark.parametrize("method", ["yeh", "critic"])
def test_from_random_without_refinement_it_is_the_search_of_the_papers(
    wganpaint: Run, guessing_model: Path, photo: Path, mask: Path, tmp_path: Path, method: Method
):
    """With an encoder in the model, which must not matter."""
    out = tmp_path / "out.png"
    options = ("--model", guessing_model, "--method", method, "--blend", "none", *QUICK)
    papers = ("--start", "random", "--refine", 0, "--steps", 50)
    assert wganpaint("inpaint", photo, "--mask", mask, "-o", out, *options, *papers).code == 0
    opened = load_photo(photo)
    composer = Composer(opened, load_mask(mask, (opened.width, opened.height)), FRAME, 32, "none")
    box, patch = composer.patch(papers_image(prepared(guessing_model), composer, method, 50))
    difference = np.abs(pixels_of(out)[box.slices].astype(int) - patch)
    assert difference.max() <= 1  # torch's Adam adds in another order


# --- the refinement --------------------------------------------------------------------------------------------


def test_the_refined_fill_is_what_is_written(inpaint: Run, tiny_model: Path, photo: Path, mask: Path, tmp_path: Path):
    out = tmp_path / "out.png"
    options = ("--refine", 8, "--frame", "10,2,64", "--json")
    (result,) = inpaint(photo, "--mask", mask, "-o", out, *options).objects
    opened = load_photo(photo)
    config = InpaintConfig(methods=("yeh",), start="random", steps=3, refine=8, candidates=2)
    fill = Fill(prepared(tiny_model), opened, load_mask(mask, (opened.width, opened.height)), FRAME, config)
    list(fill.run())
    ((candidate, refined),) = fill.search.state.refined.items()
    box, patch = fill.composer.patch(refined.image)
    assert np.array_equal(pixels_of(out)[box.slices], patch)
    assert (result["loss"], result["best_step"]) == (refined.loss, refined.step)
    assert (result["refined_steps"], result["steps"]) == (8, 3)
    assert candidate == fill.search.log.losses[:3, 0].min(axis=0).argmin()
    _, searched = fill.result(Selection(0, candidate), step=int(fill.search.log.losses[:3, 0, candidate].argmin()))
    assert (patch != searched).any()


def test_critic_only_is_never_refined(inpaint: Run, photo: Path, mask: Path, tmp_path: Path):
    for refine in (0, 5):
        options = ("--method", "critic", "--refine", refine, "--json")
        (result,) = inpaint(photo, "--mask", mask, "-o", tmp_path / f"{refine}.png", *options).objects
        assert result["refined_steps"] == 0
    assert np.array_equal(pixels_of(tmp_path / "0.png"), pixels_of(tmp_path / "5.png"))


def test_of_both_methods_the_first_alone_is_refined(inpaint: Run, photo: Path, mask: Path, tmp_path: Path):
    plain, refined = (
        inpaint(photo, "--mask", mask, "-o", tmp_path / f"{n}.png", "--method", "both", "--refine", n, "--json").objects
        for n in (0, 5)
    )
    assert [one["refined_steps"] for one in refined[0]["results"]] == [5, 0]
    assert refined[0]["results"][1]["loss"] == plain[0]["results"][1]["loss"]
    assert np.array_equal(pixels_of(tmp_path / "0-critic.png"), pixels_of(tmp_path / "5-critic.png"))
    assert not np.array_equal(pixels_of(tmp_path / "0-yeh.png"), pixels_of(tmp_path / "5-yeh.png"))


@pytest.mark.parametrize(("patience", "taken"), [(0, 1), (1000, 60)])
def test_the_bar_ends_full_however_early_a_refinement_ends(
    tiny_model: Path, photo: Path, mask: Path, patience: int, taken: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("wganpaint_gui.ml.search.refinement.PATIENCE", patience)
    config = InpaintConfig(start="random", steps=3, refine=60, candidates=1)
    opened = load_photo(photo)
    values = load_mask(mask, (opened.width, opened.height))
    filler = FrameFiller(prepared(tiny_model), opened, values, config, filming=False, warn=pytest.fail)
    frames = (FRAME, Frame(0, 0, 60), Frame(20, 5, 65))  # the last two have nothing left to fill, or little
    *_, last = filler.fill(frames)
    assert last.done == last.total
    assert len(filler.fills[0][0].refined_steps) == taken


def test_the_film_shows_the_refinement_and_says_so(
    inpaint: Run, photo: Path, mask: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    captions: list[str] = []
    write = ImageDraw.ImageDraw.text

    def noted(draw: ImageDraw.ImageDraw, place: object, text: str, *rest: object, **more: object) -> None:
        captions.append(text)
        write(draw, place, text, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", noted)
    film = tmp_path / "film.webp"
    options = ("--method", "both", "--refine", 14, "--frame", "10,2,64", "--animation", film)
    assert inpaint(photo, "--mask", mask, "-o", tmp_path / "out.png", *options).code == 0
    yeh = [caption.removeprefix("Contextual + perceptual: ") for caption in captions if "perceptual" in caption]
    assert yeh[:3] == ["step 0", "step 1", "step 2"]
    assert yeh[3:-1] == [f"refinement step {step}" for step in range(14)]
    assert yeh[-1].startswith("best, refinement step ")
    critic = [caption for caption in captions if caption.startswith("Critic only: best, step ")]
    assert len(critic) == 15  # it stands still while the other is refined
    with Image.open(film) as image:
        assert image.n_frames > 8
