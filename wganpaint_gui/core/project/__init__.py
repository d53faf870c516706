"""Project files (.wganpaint): what is stored, how it is read back, and who saved it last."""
