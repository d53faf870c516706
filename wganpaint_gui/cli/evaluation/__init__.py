"""`wganpaint evaluate`: held-out images, the experiment's folder, its figures."""
