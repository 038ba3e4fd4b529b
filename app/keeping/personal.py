"""What the tables of this feature hold about people: nothing."""

from app.core.personal import PLAIN, Register

REGISTER: Register = {"rehearsal": {PLAIN: "id archive copied_at began_at finished_at row_count failure"}}
