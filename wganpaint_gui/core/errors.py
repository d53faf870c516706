"""The errors that the program expects: each has a sentence for the user and a hint what to do next."""


class WganPaintError(Exception):
    """A failure that the user can understand and act on; shown without a traceback.

    message: what happened, and to which file, as one sentence. hint: what to do next, or "".
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class UsageError(WganPaintError):
    """What was asked for cannot be done, found before any work."""


class PhotoError(WganPaintError):
    """A photo or a mask file cannot be read."""


class SaveError(WganPaintError):
    """A file cannot be written; what was there before is untouched."""


class ProjectError(WganPaintError):
    """A project file cannot be read."""


class ExistsError(SaveError):
    """A file or folder of that name exists; it was not overwritten."""


class ChangedError(SaveError):
    """Another program has written the file since this one read or wrote it; nothing was overwritten."""


class MaskError(WganPaintError):
    """The mask is empty, covers everything, or does not fit its photo."""


class FrameError(WganPaintError):
    """A frame lies outside the photo, or shows the model nothing it can use."""


class SettingsError(WganPaintError):
    """A setting has an invalid value."""


class ModelError(WganPaintError):
    """A model file is missing, damaged or not a model."""


class NameTakenError(ModelError):
    """A model of that name is installed already."""


class DeviceError(WganPaintError):
    """The chosen device does not exist, or is out of memory."""


class BatchError(DeviceError):
    """A batch of training images does not fit into the device's memory, but one of `fits` images does."""

    def __init__(self, message: str, fits: int) -> None:
        super().__init__(message, f"A batch of {fits} fits.")
        self.fits = fits


class DataError(WganPaintError):
    """Training images are missing, too few, or cannot be read."""


class TrainingError(WganPaintError):
    """A training run cannot be started, continued or resumed; what it has saved is untouched."""


class EvaluationError(WganPaintError):
    """The results of an earlier evaluation are damaged, or of other input or settings."""


class LibraryError(WganPaintError):
    """A shared library is missing or damaged, or the system is too old."""
