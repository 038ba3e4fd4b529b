"""The story of the demo company, as rows in the import columns: same date in, same rows out.

Start at `files.write`. `organisation` is the table that everything else reads: units, sizes, and where scores end.
`employees`, `results` and `feedback` turn it into rows; `timeline` says which two years; `cast` who to sign in as.
Nothing here knows Flask or the database, and all randomness is seeded by names, never by the date: another `today`
moves the story, it does not change it.
"""
