"""What the tables of this feature hold about people: who published; the figures are of groups."""

from app.core.personal import ACTOR, FACT, PLAIN, Register

REGISTER: Register = {
    "result_set": {
        PLAIN: "id measure period_id rule scale_low scale_high is_means threshold status import_id",
        FACT: "published_at withdrawn_at",
        ACTOR: "published_by_id",
    },
    "result_figure": {
        PLAIN: "id set_id unit_id parent_id n detractors passives promoters mean headcount clamped_blocks"
    },
}
