"""Project files (.wganpaint): their content, reading and writing, and protection against overwriting."""
