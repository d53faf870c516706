"""The panel under the photo: one lane a method, candidates, curves, and the timeline."""
