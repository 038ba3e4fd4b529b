"""What customers write in English, by how content they are and what it is about ("any" fits everywhere)."""

DAYS = ("on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday")

HIGH = {
    "counter": (
        "Walked in without a word of Polish and walked out ten minutes later with everything done.",
        "No queue, a smile and a straight answer.",
        "The lady at the counter even drew me a map to the tax office.",
    ),
    "advice": (
        "Account opened in {soon} minutes, app and card included. Impressive.",
        "The adviser talked me out of the expensive option. That is how you earn trust.",
        "Called me back exactly when he said he would.",
    ),
    "machine": (
        "The deposit machine just works, at any hour.",
        "The cash machine kept my card, and somebody came out and fixed it on the spot.",
    ),
    "phone": (
        "Through in under a minute, and the agent already knew what it was about.",
        "Lost my wallet on holiday. One call, card blocked, new one at home when I landed.",
        "Fluent English and no script reading. Thank you.",
    ),
    "digital": (
        "Cleanest banking app I have used so far.",
        "A real person answered in the chat within two minutes.",
        "Blocking and unblocking my card takes seconds.",
    ),
    "mortgage": (
        "{days} days from application to decision, as a foreigner. Did not expect that.",
        "Every cost was on the table at the first meeting and nothing changed later.",
    ),
    "complaint": (
        "They admitted the mistake, said sorry and refunded me the next day.",
        "Somebody actually phoned me about my complaint. Well done.",
    ),
    "callback": (
        "I left a bad score in spring, the manager rang me, and things really did change.",
        "You can tell that this branch reads its feedback.",
    ),
    "any": (
        "Quick, clear, human.",
        "Would recommend to any expat.",
        "Great service, keep it up.",
        "They kept their word.",
        "I feel taken seriously here.",
        "No complaints at all, only thanks.",
    ),
}

MIDDLE = {
    "counter": (
        "Friendly, but only one counter was open {day}.",
        "Fine, though {minutes} minutes of waiting is a lot for one signature.",
    ),
    "advice": (
        "Good advice, but the first free appointment was {days} days away.",
        "Clear enough. Too much paper to sign.",
    ),
    "machine": (
        "Works, but it only ever has large notes.",
        "The English menu is half Polish.",
    ),
    "phone": (
        "Helpful in the end, after {minutes} minutes of music.",
        "Sorted, though I was passed on twice.",
    ),
    "digital": (
        "Good app, but the last update hid the transfers.",
        "Works well. Some messages still come in Polish only.",
    ),
    "mortgage": (
        "We got there, but the list of documents kept changing.",
        "Decent terms. The insurance part could be explained in plainer words.",
    ),
    "complaint": (
        "Money back, no apology.",
        "Took {days} days, but the answer was fair.",
    ),
    "callback": (
        "Somebody called after the survey. Nice touch, let us see what follows.",
        "Shorter queues than last year, Fridays still need work.",
    ),
    "any": (
        "All right, nothing special.",
        "Good, could be better.",
        "Depends on who is on shift.",
        "Fees are a bit high, the rest is fine.",
        "More information in English would help.",
    ),
}

LOW = {
    "counter": (
        "{minutes} minutes in the queue with three staff chatting behind the glass.",
        "Was told the system is down, come back tomorrow. So I took another day off.",
        "Third visit, same question, no answer.",
    ),
    "advice": (
        "Nobody mentioned the card fee until it was on my statement.",
        "They promised to call back. That was {days} days ago.",
        "Appointment at {hour}:00, seen {minutes} minutes later, not a word about it.",
    ),
    "machine": (
        "The machine swallowed my cash and it took {days} days to get it back.",
        "Out of order again, third weekend in a row.",
    ),
    "phone": (
        "{minutes} minutes on hold and then cut off.",
        "Three calls, three different answers.",
        "The English line put me through to somebody who did not speak English.",
    ),
    "digital": (
        "Cannot log in since the update, and the text message never comes.",
        "The chat bot sends me in circles.",
        "The app logs me out in the middle of a transfer. Every time.",
    ),
    "mortgage": (
        "Two months of papers and a refusal without a reason.",
        "The rate in the contract was not the one we talked about.",
    ),
    "complaint": (
        "A copied paragraph from the terms. Nobody had read my letter.",
        "Still waiting after {days} days.",
    ),
    "callback": (
        "They did call back, but the fee is still not refunded.",
        "Better than it was, but {minutes} minutes in a queue is still too long.",
    ),
    "any": (
        "Would not recommend.",
        "Promises, promises.",
        "Fees go up, service goes down.",
        "Moving my account elsewhere.",
        "Everybody sends you to somebody else.",
    ),
}

TAILS = {
    "high": ("Thank you!", "Keep it up.", "Big plus.", "More people like that, please."),
    "middle": ("Otherwise fine.", "Hoping it improves.", "Fair enough overall."),
    "low": ("Disappointing.", "Second time this year.", "Please do something about it.", "I expect a call."),
}
