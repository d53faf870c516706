"""Several processes that train one model, started by torchrun, over Gloo."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.ml.training_runs import newest_tensors, write_pictures
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.core.training.training_log import read_log
from wganpaint_gui.ml.training.checkpoint import read_checkpoint

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Gloo between processes of one machine, POSIX signals"),
]
OPTIONS = ("--resolution", "32", "--width", "4", "--batch-size", "8", "--held-out", "6", "--device", "cpu")

# What the command runs, with a look into every process at the end: its weights, and which files it wrote. On one rank
# something goes wrong: it dies at an update (0: before the first), sees no pictures, or tells rank 0 to end, and
# hangs or does not.
_RUN = """
import os, signal, sys
from pathlib import Path
import numpy as np
from wganpaint_gui.cli import main, train
from wganpaint_gui.ml.training import training

rank, out, arguments = os.environ["RANK"], Path(sys.argv[1]), sys.argv[3:]
(out / f"pid-{rank}").write_text(str(os.getpid()))
wrong, where, at = (sys.argv[2] + "::").split(":")[:3]
if where != rank:
    wrong = ""
networks = []  # and not the training: what it wraps them in has to go before Python ends
init = training.Training.__init__
def remember(self, *arguments, **options):
    if wrong == "dies" and at == "0":
        os.kill(os.getpid(), signal.SIGKILL)
    init(self, *arguments, **options)
    gan = self.learner.gan
    networks[:] = gan.generator, gan.critic, gan.average
training.Training.__init__ = remember
from wganpaint_gui.ml.training.encoder_stage import EncoderStage
begin = EncoderStage.__init__
def remember_encoder(self, config, generate, encoder, *arguments, **options):
    begin(self, config, generate, encoder, *arguments, **options)
    networks.append(encoder)
EncoderStage.__init__ = remember_encoder

if sys.argv[2].startswith("hangs"):
    train._PATIENCE = 0.5
from wganpaint_gui.ml.training.gan_updates import GanUpdates
make = GanUpdates.make
def fail(self, progress):
    made = make(self, progress)
    if wrong and progress.generator_updates >= int(at):
        if wrong == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        os.kill(int((out / "pid-0").read_text()), signal.SIGTERM)
        if wrong == "hangs":
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.pause()
    return made
GanUpdates.make = fail

from wganpaint_gui.ml.training import run_files
write = run_files.write_checkpoint
def write_checkpoint(path, *arguments):
    (out / f"wrote-{rank}").write_text(path.name)
    write(path, *arguments)
run_files.write_checkpoint = write_checkpoint

if wrong == "blind":
    arguments[1] = str(out / "nowhere")
code = main(arguments)
if code == 0:
    values = [value.detach().numpy().ravel() for network in networks for value in network.parameters()]
    np.save(out / f"weights-{rank}.npy", np.concatenate(values))
sys.exit(code)
"""


def torchrun(script: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--standalone",
        "--nproc-per-node",
        "2",
        script,
        *arguments,
    ]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    return subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True, timeout=240)


def said(ran: subprocess.CompletedProcess[str]) -> list[str]:
    """What the program itself said, by all processes together."""
    assert "Unexpected error" not in ran.stderr, ran.stderr
    return [line for line in ran.stderr.splitlines() if line.startswith("wganpaint:")]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "together.py"
    path.write_text(_RUN)
    return path


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pictures(tmp_path_factory.mktemp("together") / "pictures")


def test_all_ranks_end_with_equal_weights_and_the_first_alone_writes(script: Path, pictures: Path, tmp_path: Path):
    run = tmp_path / "run"
    options = (*OPTIONS, "--generator-updates", 12, "--tick-updates", 6, "--aware-updates", 4, "--encoder-updates", 3)
    ran = torchrun(script, tmp_path, "", "train", pictures, "--out", run, *options)
    assert ran.returncode == 0, ran.stderr
    one, other = (np.load(tmp_path / f"weights-{rank}.npy") for rank in (0, 1))
    assert len(one) > 1000
    assert (tmp_path / "wrote-0").exists()
    assert not (tmp_path / "wrote-1").exists()
    assert (one == other).all()
    log = read_log(run / "metrics.jsonl")
    assert log.gan.updates.tolist() == list(range(1, 13))  # once each: rank 0 alone writes
    assert log.aware.updates.tolist() == list(range(1, 5))
    assert log.encoder.updates.tolist() == list(range(1, 4))
    encoder = [value for name, value in newest_tensors(run).items() if name.startswith("encoder.fc.")]
    assert np.isin(np.concatenate([value.numpy().ravel() for value in encoder]), one).all()  # it was compared too
    assert ran.stderr.count("pictures can be used") == 1
    assert ran.stdout.splitlines() == [str(run / "model.safetensors")]


@pytest.mark.parametrize("rank", [0, 1])
def test_a_rank_that_dies_ends_the_run_with_a_checkpoint_that_goes_on(
    script: Path, pictures: Path, tmp_path: Path, rank: int
):
    run = tmp_path / "run"
    options = (*OPTIONS, "--generator-updates", 16, "--tick-updates", 4)
    ran = torchrun(script, tmp_path, f"dies:{rank}:9", "train", pictures, "--out", run, *options)
    assert ran.returncode != 0
    (sentence,) = said(ran)
    assert "Another process of this training ended" in sentence
    assert "--resume" in sentence
    _, progress = read_checkpoint(RunFolder(run).numbered_checkpoints()[0].path)
    assert progress.generator_updates >= 8  # rank 0 dies with what it has not written yet
    assert signal.SIGKILL.name in ran.stderr or "-9" in ran.stderr
    again = torchrun(script, tmp_path, "", "train", pictures, "--out", run, "--resume", "--device", "cpu")
    assert again.returncode == 0, again.stderr
    assert read_log(run / "metrics.jsonl").gan.updates.tolist() == list(range(1, 17))


def test_what_one_rank_cannot_begin_for_is_said_once_by_the_first(script: Path, pictures: Path, tmp_path: Path):
    ran = torchrun(script, tmp_path, "blind:1", "train", pictures, "--out", tmp_path / "run", *OPTIONS)
    assert ran.returncode != 0
    (sentence,) = said(ran)
    assert "Process 1, counted from 0: " in sentence
    assert "nowhere" in sentence


def test_a_rank_that_dies_before_the_first_update_is_missed(script: Path, pictures: Path, tmp_path: Path):
    ran = torchrun(script, tmp_path, "dies:1:0", "train", pictures, "--out", tmp_path / "run", *OPTIONS)
    assert ran.returncode != 0
    (sentence,) = said(ran)
    assert "Another process of this training ended before training began. Its own message says why" in sentence


@pytest.mark.parametrize("option", [(), ("--resume",), ("--device", "cuda:99")], ids=["data", "run", "device"])
def test_what_every_rank_fails_for_is_said_once(script: Path, tmp_path: Path, option: tuple[str, ...]):
    (tmp_path / "empty").mkdir()
    ran = torchrun(script, tmp_path, "", "train", tmp_path / "empty", "--out", tmp_path / "run", *OPTIONS, *option)
    assert ran.returncode != 0
    assert len(said(ran)) == 1


def test_told_to_end_while_it_waits_for_a_rank_that_hangs_it_ends_with_a_message(
    script: Path, pictures: Path, tmp_path: Path
):
    run = tmp_path / "run"
    options = (*OPTIONS, "--generator-updates", 40, "--tick-updates", 2)
    ran = torchrun(script, tmp_path, "hangs:1:5", "train", pictures, "--out", run, *options)
    assert ran.returncode != 0
    (sentence,) = said(ran)
    assert "Training could not stop cleanly: another process may have ended." in sentence
    assert "--resume" in sentence
    _, progress = read_checkpoint(RunFolder(run).numbered_checkpoints()[0].path)
    assert progress.generator_updates == 4


def test_where_one_rank_is_asked_to_stop_all_do_after_the_same_update(script: Path, pictures: Path, tmp_path: Path):
    run = tmp_path / "run"
    options = (*OPTIONS, "--generator-updates", 100_000, "--tick-updates", 100_000)
    ran = torchrun(script, tmp_path, "asks:1:5", "train", pictures, "--out", run, *options)
    assert said(ran) == []
    assert "Stopped and saved. Resume with:" in ran.stderr
    _, progress = read_checkpoint(RunFolder(run).numbered_checkpoints()[0].path)
    assert 5 <= progress.generator_updates < 100_000
