"""`wganpaint inpaint`: work list, search, film, record, results."""
