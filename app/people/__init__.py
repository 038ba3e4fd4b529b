"""People and places: accounts that sign in, employees who work here, units and their history, roles held on a subtree.

An account and an employee are two things, each may exist without the other. An assignment ties an employee to a unit
and a job for a span of days. Rights come from grants, and from being assigned to a unit; never from being somebody's
line manager.

Lowest first: `models`; `days`, `credentials` and `chart` (rules, without a database); `queries`; `actions`; `imports`;
`wording` (sentences and plain cells); `forms`; and the edge: `views`, `api`, `jobs`, `commands`.
"""
