"""Scores that never pass 5: taken for 0 to 10 only when somebody says that they are."""

from app.core.imports import N_, Message

HIGHEST_OF_FIVE = 5
NEVER_PAST_FIVE = Message(
    N_(
        "No score is above 5, so this may not be a scale from 0 to 10. Say under “How scores are counted in this file”"
        " which it is."
    )
)
