"""Joining, moving, mending, leaving and coming back, of one person: drawn first, looked at, then carried out."""

from app.people.actions.employment.absence import LeaveWish, end_leave, plan_leave, take_leave
from app.people.actions.employment.acts import (
    add,
    come_back,
    correct_details,
    correct_work,
    leave_company,
    move,
    withdraw_last_day,
    withdraw_work,
)
from app.people.actions.employment.standing import Plan, Standing, hold, nobody_yet, standing_of
from app.people.actions.employment.writing import carry_out, refuse_beyond_rights, refuse_impossible

__all__ = [
    "LeaveWish",
    "Plan",
    "Standing",
    "add",
    "carry_out",
    "come_back",
    "correct_details",
    "correct_work",
    "end_leave",
    "hold",
    "leave_company",
    "move",
    "nobody_yet",
    "plan_leave",
    "refuse_beyond_rights",
    "refuse_impossible",
    "standing_of",
    "take_leave",
    "withdraw_last_day",
    "withdraw_work",
]
