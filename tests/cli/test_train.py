"""`wganpaint train`: from pictures to a model, killed and gone on with, and a sentence for everything that is wrong."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran, Run
from tests.ml.training_runs import newest_tensors, write_pictures
from wganpaint_gui.cli import main
from wganpaint_gui.core.models.model_card import read_card
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.core.training.training_log import read_log
from wganpaint_gui.ml.training.checkpoint import Progress, read_checkpoint

TINY = ("--resolution", 32, "--width", 4, "--batch-size", 4, "--held-out", 6, "--device", "cpu")
Train = Callable[..., Ran]
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pictures(tmp_path_factory.mktemp("data") / "portraits")


@pytest.fixture
def train(wganpaint: Run, pictures: Path, tmp_path: Path) -> Train:
    """`wganpaint train` on a few pictures with the smallest networks; later arguments win."""

    def run(*arguments: object, data: Path = pictures) -> Ran:
        return wganpaint("train", data, "--out", tmp_path / "run", *TINY, "--generator-updates", 6, *arguments)

    return run


@pytest.fixture(scope="module")
def finished(pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of six updates."""
    run = tmp_path_factory.mktemp("finished") / "run"
    with pytest.MonkeyPatch.context() as home:
        home.setenv("WGANPAINT_HOME", str(run.with_name("home")))
        arguments = ("train", pictures, "--out", run, *TINY, "--generator-updates", 6)
        assert main([str(argument) for argument in arguments]) == 0
    return run


@pytest.fixture
def trained(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, where `train` writes."""
    return Path(shutil.copytree(finished, tmp_path / "run"))


def start(
    *arguments: object, program: tuple[str, str] = ("-m", "wganpaint_gui"), **streams: Any
) -> subprocess.Popen[str]:
    """In a process of its own, with one thread."""
    command = [sys.executable, *program, "train", *(str(one) for one in arguments)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.Popen(command, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"}, **streams)


def progress_of(run: Path) -> Progress:
    return read_checkpoint(RunFolder(run).numbered_checkpoints()[0].path)[1]


@pytest.mark.usefixtures("quick_ticks")
def test_pictures_become_a_model_that_fills_photos(train: Train, wganpaint: Run, tmp_path: Path, photo: Path):
    ran = train("--aware-updates", 2, "--encoder-updates", 3, "--licence", "mine")
    assert ran.code == 0
    model = tmp_path / "run" / "model.safetensors"
    assert ran.out.splitlines() == [str(model)]
    assert "24 of 24 pictures can be used." in ran.complaints
    assert any("critic gap" in line and "SWD" in line for line in ran.complaints)
    assert any(line.startswith("update 6") for line in ran.complaints)
    assert any(line.startswith("search-aware update 2") for line in ran.complaints)
    assert any(line.startswith("encoder update 3, first guesses ") for line in ran.complaints)
    shown = wganpaint("models", "show", model)
    card = json.loads(shown.out)
    assert (card["updates"], card["aware_updates"], card["encoder_updates"]) == (6, 2, 3)
    assert (card["dataset"], card["licence"], card["format"]) == ("portraits", "mine", 2)
    out = tmp_path / "filled.png"
    filled = wganpaint(
        "inpaint", photo, "--mask", "center", "--frame", "10,2,64", "--model", model, "-o", out, "--steps", 2
    )
    assert filled.code == 0
    assert out.exists()


def test_json_tells_every_tick_and_the_end(train: Train, tmp_path: Path):
    ran = train("--tick-updates", 3, "--json")
    ticks, end = ran.objects[:-1], ran.objects[-1]
    assert [tick["update"] for tick in ticks] == [3, 6]
    assert end == {
        "outcome": "done",
        "run": str(tmp_path / "run"),
        "model": str(tmp_path / "run" / "model.safetensors"),
        "stage": "gan",
        "update": 6,
        "total": 6,
    }


def test_a_model_that_resizes_is_trained_and_gone_on_with(train: Train, tmp_path: Path):
    assert train("--upsampling", "resize").code == 0
    assert read_card(tmp_path / "run" / "model.safetensors").network.upsampling == "resize"
    assert train("--resume", "--generator-updates", 8).code == 0
    ran = train("--resume", "--generator-updates", 9, "--upsampling", "transposed")
    assert ran.code == 2
    assert "upsampling (resize, now transposed)" in ran.complaints[-1]


@pytest.mark.parametrize(("option", "value"), [("--upsampling", "resize"), ("--width", 4), ("--resolution", 32)])
def test_the_network_of_a_model_to_begin_with_cannot_be_changed(
    wganpaint: Run, pictures: Path, tmp_path: Path, option: str, value: object
):
    ran = wganpaint("train", pictures, "--out", tmp_path / "run", "--model", "faces-64", option, value)
    assert ran.code == 2
    assert "The network of the model faces-64 cannot be changed" in ran.complaints[-1]
    assert not (tmp_path / "run").exists()


def test_an_unknown_upsampling_is_refused(train: Train):
    ran = train("--upsampling", "bilinear")
    assert ran.code == 2
    assert "transposed" in ran.complaints[-1]


def pretend(monkeypatch: pytest.MonkeyPatch, *, amx: bool = False, avx512: bool = False) -> None:
    """What torch says about this processor."""
    monkeypatch.setattr("torch.cpu._is_amx_tile_supported", lambda: amx)
    monkeypatch.setattr("torch.cpu._is_avx512_bf16_supported", lambda: avx512)


@pytest.mark.parametrize(
    ("units", "precision", "why"),
    [
        ({"amx": True}, "bfloat16", "because this processor has AMX."),
        ({"avx512": True}, "bfloat16", "because this processor has AVX-512 BF16."),
        ({}, "float32", "because the processor has no unit for bfloat16."),
    ],
)
def test_the_run_says_which_precision_it_took_and_stores_that(
    train: Train, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, units: Any, precision: str, why: str
):
    pretend(monkeypatch, **units)
    ran = train("--generator-updates", 1)
    assert ran.code == 0
    assert ran.complaints.count(f"Convolutions are computed in {precision}, {why}") == 1
    assert RunFolder(tmp_path / "run").read_settings().config.precision == precision


def test_a_run_in_bfloat16_that_goes_on_elsewhere_says_that_its_bits_differ(
    train: Train, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pretend(monkeypatch, amx=True)
    assert not any("bits" in line for line in train("--generator-updates", 1).complaints)
    pretend(monkeypatch)
    ran = train("--resume", "--precision", "auto", "--generator-updates", 2)
    assert ran.code == 0
    assert sum("will differ in the last bits" in line for line in ran.complaints) == 1
    assert not any(line.startswith("Convolutions are") for line in ran.complaints)
    assert RunFolder(tmp_path / "run").read_settings().config.precision == "bfloat16"


def test_a_precision_that_was_asked_for_is_taken(train: Train, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pretend(monkeypatch, amx=True)
    ran = train("--precision", "float32", "--generator-updates", 1)
    assert ran.code == 0
    assert not any(line.startswith("Convolutions are") for line in ran.complaints)
    assert RunFolder(tmp_path / "run").read_settings().config.precision == "float32"


def test_a_zip_trains_the_same_model_as_its_folder(train: Train, wganpaint: Run, pictures: Path, tmp_path: Path):
    archive = shutil.make_archive(str(tmp_path / "pictures"), "zip", pictures)
    assert train().code == 0
    again = ("train", archive, "--out", tmp_path / "zipped", *TINY, "--generator-updates", 6)
    assert wganpaint(*again).code == 0
    one, other = (newest_tensors(tmp_path / name) for name in ("run", "zipped"))
    assert all((one[name] == other[name]).all() for name in one)


# Nobody can kill a process at a chosen update but the process itself.
_KILLED = """
import os, signal, sys
from wganpaint_gui.cli import main
from wganpaint_gui.ml.training.gan_updates import GanUpdates

make = GanUpdates.make
def make_and_die(self, progress):
    made = make(self, progress)
    if progress.generator_updates == 17:
        os.kill(os.getpid(), signal.SIGKILL)
    return made
GanUpdates.make = make_and_die
sys.exit(main(sys.argv[1:]))
"""


@posix
@pytest.mark.slow
def test_killed_between_two_checkpoints_it_goes_on_and_ends_as_if_it_had_not_been(pictures: Path, tmp_path: Path):
    options = (*TINY, "--generator-updates", 30, "--tick-updates", 5)
    with start(pictures, "--out", tmp_path / "whole", *options) as process:
        assert process.wait(timeout=120) == 0
    killed = tmp_path / "killed"
    with start(pictures, "--out", killed, *options, program=("-c", _KILLED)) as process:
        process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    assert progress_of(killed).generator_updates == 15
    with start(pictures, "--out", killed, "--resume", "--device", "cpu") as process:
        assert process.wait(timeout=120) == 0
    one, other = (newest_tensors(tmp_path / name) for name in ("whole", "killed"))
    assert one.keys() == other.keys()
    assert [name for name in one if not (one[name] == other[name]).all()] == []
    logs = [read_log(tmp_path / name / "metrics.jsonl").gan for name in ("whole", "killed")]
    assert logs[0].values.tolist() == logs[1].values.tolist()


@posix
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_saves_what_it_has(pictures: Path, tmp_path: Path, number: signal.Signals):
    run = tmp_path / "run"
    with start(pictures, "--out", run, *TINY, "--generator-updates", 100_000, "--tick-updates", 3) as process:
        assert process.stderr is not None
        assert any(line.startswith("update 3") for line in process.stderr)
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "--resume" in err
    assert "Traceback" not in err
    done = progress_of(run).generator_updates
    assert done >= 3
    assert len(read_log(RunFolder(run).metrics_file).gan) == done


def test_a_new_run_never_overwrites_an_old_one(train: Train, trained: Path):
    before = {path: path.stat().st_mtime_ns for path in trained.rglob("*")}
    ran = train("--seed", 1)
    assert ran.code == 2
    assert "never overwrites" in ran.complaints[-1]
    assert {path: path.stat().st_mtime_ns for path in trained.rglob("*")} == before


def test_resuming_refuses_other_settings_and_names_them(train: Train, trained: Path):
    ran = train("--resume", "--seed", 3, "--width", 8)
    assert ran.code == 2
    assert "other settings: seed (0, now 3), width (4, now 8)" in ran.complaints[-1]


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--framing", "faces", "framing (aligned, now faces)"),
        ("--held-out", 5, "held-out images (6, now 5)"),
        ("--model", "faces-64", "first model (none, now"),
    ],
)
def test_resuming_refuses_another_beginning_and_names_it(
    wganpaint: Run, pictures: Path, tmp_path: Path, option: str, value: object, says: str
):
    run = tmp_path / "run"
    assert wganpaint("train", pictures, "--out", run, *TINY, "--framing", "aligned", "--generator-updates", 2).code == 0
    ran = wganpaint("train", pictures, "--out", run, "--resume", option, value)
    assert ran.code == 2
    assert says in ran.complaints[-1]


def test_resuming_needs_nothing_but_the_run(wganpaint: Run, pictures: Path, tmp_path: Path, tiny_model: Path):
    """Whatever framing, held-out images and first model it was begun with; that model's file may be gone."""
    run, base = tmp_path / "run", tmp_path / "base.safetensors"
    shutil.copy(tiny_model, base)
    options = ("--held-out", 3, "--framing", "aligned", "--model", base, "--batch-size", 4, "--device", "cpu")
    assert wganpaint("train", pictures, "--out", run, *options, "--generator-updates", 2).code == 0
    base.unlink()
    resume = ("train", pictures, "--out", run, "--resume", "--device", "cpu")
    assert wganpaint(*resume, "--generator-updates", 4).code == 0
    assert progress_of(run).generator_updates == 4
    done = wganpaint(*resume)
    assert done.code == 0
    assert "All updates of this run are already done" in done.complaints[-1]


def test_settings_survive_in_the_checkpoints(train: Train, trained: Path):
    settings = RunFolder(trained).read_settings()
    for damage in (lambda path: path.write_text("{"), lambda path: path.unlink()):
        damage(trained / "config.json")
        assert RunFolder(trained).read_settings() == settings
    assert train("--resume", "--generator-updates", 8).code == 0


def test_a_runs_folder_is_a_model(train: Train, wganpaint: Run, trained: Path, tmp_path: Path):
    assert wganpaint("samples", trained, "-o", tmp_path / "grid.png", "--count", 4).code == 0


def test_an_encoder_can_be_trained_for_a_model_alone_and_longer(
    wganpaint: Run, finished: Path, pictures: Path, tmp_path: Path
):
    run, model = tmp_path / "run", finished / "model.safetensors"
    command = ("train", pictures, "--out", run, "--device", "cpu")
    begun = wganpaint(*command, "--model", model, "--generator-updates", 0, "--encoder-updates", 2, "--held-out", 6)
    assert begun.code == 0, begun.complaints
    assert wganpaint(*command, "--resume", "--encoder-updates", 5).code == 0
    cards = [read_card(path) for path in (model, run / "model.safetensors")]
    assert [(card.updates, card.encoder_updates) for card in cards] == [(6, 0), (6, 5)]
    assert read_log(run / "metrics.jsonl").encoder.updates.tolist() == [1, 2, 3, 4, 5]


@pytest.mark.usefixtures("quick_ticks")
def test_a_finished_generator_is_not_trained_on_and_the_run_stays_as_it_is(train: Train, tmp_path: Path):
    assert train("--aware-updates", 2).code == 0
    before = (tmp_path / "run" / "config.json").read_bytes()
    ran = train("--resume", "--generator-updates", 9)
    assert ran.code == 2
    assert "its generator is finished" in ran.complaints[-1]
    assert (tmp_path / "run" / "config.json").read_bytes() == before


def test_resuming_refuses_other_images(train: Train, trained: Path, tmp_path: Path):
    ran = train("--resume", data=write_pictures(tmp_path / "others", count=25))
    assert ran.code == 2
    assert "not those this run was trained on" in ran.complaints[-1]


def test_resuming_goes_on_without_the_pictures_once_they_are_decoded(train: Train, pictures: Path, tmp_path: Path):
    moved = tmp_path / "moved"
    shutil.copytree(pictures, moved)
    assert train(data=moved).code == 0
    shutil.rmtree(moved)
    assert train("--resume", "--generator-updates", 8, data=moved).code == 0
    assert progress_of(tmp_path / "run").generator_updates == 8


def test_resuming_without_a_run_says_so(train: Train):
    ran = train("--resume")
    assert ran.code == 2
    assert "no training run" in ran.complaints[-1]


def test_resuming_with_damaged_checkpoints_says_so(train: Train, trained: Path):
    for path in (trained / "checkpoints").iterdir():
        path.write_bytes(path.read_bytes()[:500])
    ran = train("--resume", "--generator-updates", 8)
    assert ran.code == 2
    assert "damaged" in ran.complaints[-1]
    assert (trained / "model.safetensors").exists()


def test_an_edited_config_is_refused_where_no_checkpoint_has_the_settings(train: Train, trained: Path):
    path = trained / "config.json"
    shutil.rmtree(trained / "checkpoints")
    path.write_text(path.read_text().replace('"batch_size": 4', '"batch_size": -4', 1))
    ran = train("--resume")
    assert ran.code == 2
    assert "config.json" in ran.complaints[-1]


def test_two_programs_never_train_in_one_folder(train: Train, trained: Path):
    with RunFolder(trained).locked():
        ran = train("--resume", "--generator-updates", 8)
    assert ran.code == 2
    assert "under way in another program" in ran.complaints[-1]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: None, "no picture"),
        (lambda folder: (folder / "a.txt").write_text("no picture"), "no picture"),
        (lambda folder: write_pictures(folder, count=1), "one"),
        (lambda folder: write_pictures(folder, count=5, side=20), "small"),
    ],
    ids=["empty", "text", "one", "small"],
)
def test_data_that_cannot_be_trained_on_is_refused_with_a_sentence(
    train: Train, tmp_path: Path, make: Callable[[Path], object], says: str
):
    folder = tmp_path / "data"
    folder.mkdir()
    make(folder)
    ran = train(data=folder)
    assert ran.code == 2
    assert says in ran.complaints[-1].lower()
    assert not (tmp_path / "run").exists()


def test_a_missing_folder_and_a_missing_device_are_named(train: Train, tmp_path: Path):
    assert "nowhere" in train(data=tmp_path / "nowhere").complaints[-1]
    ran = train("--device", "cuda:7")
    assert ran.code == 2
    assert "cuda" in ran.complaints[-1]
    assert not (tmp_path / "run").exists()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="/proc is where not even root makes a folder")
def test_a_run_that_nobody_may_write_is_named_and_leaves_nothing(train: Train):
    ran = train("--out", "/proc/run")
    assert ran.code == 2
    assert "The run folder /proc/run cannot be created" in ran.complaints[-1]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(train: Train, tmp_path: Path):
    tmp_path.chmod(0o500)
    try:
        ran = train()
    finally:
        tmp_path.chmod(0o700)
    assert ran.code == 2
    assert str(tmp_path / "run") in ran.complaints[-1]


def test_a_run_under_a_file_is_refused(train: Train, tmp_path: Path):
    (tmp_path / "file").write_text("")
    ran = train("--out", tmp_path / "file" / "run")
    assert ran.code == 2
    assert "is a file" in ran.complaints[-1]


@pytest.mark.parametrize(
    ("option", "value"),
    [("--batch-size", 1), ("--generator-updates", -1), ("--width", 0), ("--resolution", 48), ("--seed", -1)],
)
def test_impossible_numbers_are_refused(train: Train, option: str, value: int, tmp_path: Path):
    ran = train(option, value)
    assert ran.code == 2
    assert str(value) in ran.complaints[-1]
    assert not (tmp_path / "run").exists()
