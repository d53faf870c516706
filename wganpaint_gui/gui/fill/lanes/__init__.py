"""The search panel under the photo: one lane per method with its candidates and loss curve, and the timeline."""
