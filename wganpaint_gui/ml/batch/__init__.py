"""Fills photos from files into files: requests, masks, frames one after another, films and records."""
