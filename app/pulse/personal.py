"""What the tables of this feature hold about people: nothing that could be led back to one of them."""

from app.core.personal import PLAIN, Register

REGISTER: Register = {
    "draft_set": {PLAIN: "id measure period_id import_id rule scale_low scale_high is_means created_at"},
    "draft_tally": {PLAIN: "id draft_id unit_id detractors passives promoters n mean headcount"},
}
