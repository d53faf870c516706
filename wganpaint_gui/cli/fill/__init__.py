"""`wganpaint inpaint`: requests, search, film, record, results."""
