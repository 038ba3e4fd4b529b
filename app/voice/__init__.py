"""The customers' voice: touchpoints, feedback (NPS, CSAT, CES), and the rollups that pages read.

A row of feedback counts only once its import is visible. Rollups are written in the transaction of the row, carry the
same import, and `flask voice rebuild-rollups` proves them equal: no page's cost grows with the number of answers.
"""
