"""What is held about people: shown to them, erased for them, and not kept for longer than it is needed.

It reads the marks of all columns (`core.personal`), so it knows every table and no feature by name but `people` and
`imports`. Legal texts stand here too: who is responsible, and what happens with people's data.
"""
