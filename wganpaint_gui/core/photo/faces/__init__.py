"""Faces: where they are, and the square around each for which the face model was trained."""
