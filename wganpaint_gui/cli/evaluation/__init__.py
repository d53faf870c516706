"""`wganpaint evaluate`: held-out images, the folder of results, and its figures."""
