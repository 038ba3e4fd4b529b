"""What the tables of this feature hold about people: customers' words, in which a colleague may be named."""

from app.core.personal import PLAIN, WORDS, Register

REGISTER: Register = {
    "touchpoint": {PLAIN: "id code name"},
    "feedback": {
        PLAIN: "id import_id unit_id answered_on metric score touchpoint_id channel language external_id row_key",
        WORDS: "comment",
    },
    "feedback_group": {PLAIN: "id import_id unit_id period_id metric low middle high n mean scale_low scale_high"},
    "feedback_day": {PLAIN: "import_id unit_id day metric touchpoint_id score n"},
    "feedback_quarter": {
        PLAIN: "import_id unit_id period_id metric touchpoint_id low middle high n score_sum square_sum"
    },
}
