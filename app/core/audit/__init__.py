"""The log of what was done: who, what, when, before, after; written in the transaction of the change itself.

Facts and values stand apart: a person's values can be erased and the log stays whole. Each entry is bound to the one
before it by a hash over its facts and over salted commitments of its values (`chain`), so that whoever alters, removes,
adds or moves an entry in the database is found (`checking`); triggers of the database refuse it in the first place.
"""

from app.core.audit.chain import bind_chain
from app.core.audit.forgetting import forget_values, personal_values
from app.core.audit.models import AuditEntry, AuditHead, AuditLink, AuditValue
from app.core.audit.standing_in import ACTING_FOR, bind_lenders, in_place_of
from app.core.audit.writing import Deed, Values, record, record_many

__all__ = [
    "ACTING_FOR",
    "AuditEntry",
    "AuditHead",
    "AuditLink",
    "AuditValue",
    "Deed",
    "Values",
    "bind_chain",
    "bind_lenders",
    "forget_values",
    "in_place_of",
    "personal_values",
    "record",
    "record_many",
]
