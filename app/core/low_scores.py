"""Scores that never pass 5: taken for 0 to 10 only when somebody says that they are."""

from app.core.imports import N_, Message

HIGHEST_OF_FIVE = 5
ONE_OF_SEVERAL = Message(
    N_(
        "No score of this question is above 5, so this may not be a scale from 0 to 10, as that of the others. All of a"
        " file is counted by one rule: bring this question in a file of its own, and say there which scale it is."
    )
)
NEVER_PAST_FIVE = Message(
    N_(
        "No score is above 5, so this may not be a scale from 0 to 10. Say under “How scores are counted in this file”"
        " which it is."
    )
)
