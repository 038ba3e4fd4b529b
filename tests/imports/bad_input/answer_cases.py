"""Files of answers: cells that are no answer, or that may be two."""

from app.core.imports import DateOrder, Scale, ScaleRule
from tests.imports.bad_input import date_sentences as dates
from tests.imports.bad_input import sentences as says
from tests.imports.bad_input.case import Case, text
from tests.imports.bad_input.sentences import of_lines, told

ANSWERS = "unit_code;date;metric;score;comment;external_id\n"
GROUPS = "unit_code;metric;period;promoters;passives;detractors;mean;n\n"
RESULTS = "unit_code;period;question;score\n"
COUNTS = "unit_code;period;promoters;passives;detractors;n\n"
MEANS = "unit_code;period;mean;n\n"
MIXED = ANSWERS + "N1;30/09/2025;nps;9;;\nN1;5/31/2022;nps;9;;\nN1;05/06/2022;nps;9;;\nN1;2026-01-02;nps;9;;\n"
TEN = told(says.OUTSIDE, low="0", high="10")
FIVE = told(says.OUTSIDE, low="1", high="5")

FEEDBACK_CASES = [
    Case(
        "codes outside the scale",
        "feedback",
        text(
            ANSWERS + "N1;2026-09-01;nps;11;;\nN1;2026-09-01;nps;99;;\nN1;2026-09-01;nps;-1;;\nN1;2026-09-01;csat;7;;\n"
            "N1;2026-09-01;csat;0;;\nN1;2026-09-01;nps;8,5;;\nN1;2026-09-01;nps;10;;\n"
        ),
        new=1,
        rows=(
            (2, "score", "11", TEN),
            (3, "score", "99", TEN),
            (4, "score", "-1", TEN),
            (5, "score", "7", FIVE),
            (6, "score", "0", told(says.ZERO, low="1", high="5")),
            (7, "score", "8,5", told(says.NO_WHOLE_SCORE, low="0", high="10")),
        ),
    ),
    Case(
        "signs for nothing among scores",
        "feedback",
        text(
            ANSWERS + "N1;2026-09-01;nps;N/D;;\nN1;2026-09-01;nps;-;;\nN1;2026-09-01;nps;. %;;\n"
            "N1;2026-09-01;nps;Not Available;;\nN1;2026-09-01;nps;;;\nN1;2026-09-01;nps;300 or more;;\n"
            "N1;Not Available;nps;9;;\nN1;;nps;9;;\nN1;2026-09-01;;9;;\nN1;2026-09-01;nps;0;;\n"
        ),
        new=1,
        rows=(
            (2, "score", "N/D", says.NO_SCORE),
            (3, "score", "-", says.NO_SCORE),
            (4, "score", ". %", says.NO_SCORE),
            (5, "score", "Not Available", says.NO_SCORE),
            (6, "score", "", says.NO_SCORE),
            (7, "score", "300 or more", told(says.NO_WHOLE_SCORE, low="0", high="10")),
            (8, "date", "Not Available", says.SIGN),
            (9, "date", "", says.EMPTY),
            (10, "metric", "", says.NO_METRIC),
        ),
    ),
    Case(
        "units that nobody knows",
        "feedback",
        text(
            ANSWERS + "N01;2026-09-01;nps;9;;\nCOMPNAY;2026-09-01;nps;9;;\nQ7;2026-09-01;nps;9;;\n;2026-09-01;nps;9;;\n"
            "N/D;2026-09-01;nps;9;;\nAll Responses;2026-09-01;nps;9;;\nвсего;2026-09-01;nps;9;;\n"
        ),
        rows=(
            (5, "unit_code", "", says.EMPTY),
            (6, "unit_code", "N/D", says.SIGN),
        ),
        unmatched=("N01", "COMPNAY", "Q7"),
        beside=(of_lines(says.LIKE_TOTALS_OF_FEW, (7, "All Responses"), (8, "всего")),),
    ),
    Case(
        "duplicate keys",
        "feedback",
        text(ANSWERS + "N1;2026-09-01;nps;9;;7\nN1;2026-09-01;nps;9;;7\nN1;2026-09-01;nps;8;;7\n"),
        new=1,
        same=1,
        rows=((4, "external_id", "7", says.OTHER_ANSWER),),
    ),
    Case("duplicate rows without a key", "feedback", text(ANSWERS + "N1;2026-09-01;nps;9;;\n" * 3), new=3),
    Case(
        "groups that are none",
        "feedback",
        text(
            GROUPS + "N1;nps;2026-Q1;0;0;0;;\nN1;nps;2026-Q1;;;;8.1;0\nN1;nps;2026-Q1;;;;0;N/D\n"
            "N1;nps;2026-Q1;;;;8.1;300 or more\nN1;nps;2026-Q1;;;;8.1;<50\nN1;nps;2026-Q1;70 %;20 %;10 %;;\n"
            "N1;nps;2026-Q1;1;2;3;;40\nN1;nps;2026-Q1;3;2;1;;6\n"
        ),
        new=1,
        rows=(
            (2, "promoters", "0", says.NOBODY),
            (3, "n", "0", says.NOBODY),
            (4, "n", "N/D", says.SIGN),
            (5, "n", "300 or more", says.RANGE),
            (6, "n", "<50", says.RANGE),
            (7, "detractors", "10 %", says.SHARE),
            (8, "n", "40", told(says.NO_SUM, sum="6", n="40")),
        ),
    ),
    Case(
        "separators of thousands and fractions",
        "feedback",
        text(
            GROUPS + "N1;nps;2026-Q1;;;;8.1;1\u00a0234\nN2;nps;2026-Q1;;;;8,1 %\u00a0;1,234\n"
            "S1;nps;2026-Q1;;;;8.1;1.234\nS1;nps;2026-Q2;;;;1,234;10\nN1;nps;2026-Q2;;;;8.1;12\u202f345\n"
        ),
        new=3,
        rows=((4, "n", "1.234", says.MAYBE_THOUSAND), (5, "mean", "1,234", says.MAYBE_FRACTION)),
    ),
    Case(
        "mixed orders of dates",
        "feedback",
        text(MIXED),
        file=told(dates.MIXED_DATES, one="30/09/2025", other="5/31/2022"),
        waits=True,
    ),
    Case(
        "mixed orders of dates, each read by itself",
        "feedback",
        text(MIXED),
        new=3,
        rows=((4, "date", "05/06/2022", dates.FITS_BOTH),),
        order=DateOrder.MIXED,
    ),
    Case(
        "dates that fit both orders",
        "feedback",
        text(ANSWERS + "N1;05/06/2022;nps;9;;\nN1;07.07.2022;nps;9;;\n"),
        file=told(dates.OPEN_DATES, text="05/06/2022", one="2022-06-05", other="2022-05-06"),
        waits=True,
    ),
    Case(
        "dates against the order that was chosen",
        "feedback",
        text(ANSWERS + "N1;30/09/2025;nps;9;;\nN1;5/31/2022;nps;9;;\nN1;31.02.2026;nps;9;;\nN1;2026-01-02;nps;9;;\n"),
        new=2,
        rows=((3, "date", "5/31/2022", dates.NO_SUCH_DAY), (4, "date", "31.02.2026", dates.NO_SUCH_DAY)),
        order=DateOrder.DAY_FIRST,
    ),
    Case(
        "dates that are none",
        "feedback",
        text(ANSWERS + "N1;44927;nps;9;;\nN1;1 May 2026;nps;9;;\n" + "N1;2026-05-01;nps;9;;\n" * 3),
        new=3,
        rows=((2, "date", "44927", told(dates.SERIAL_DAY, day="2023-01-01")), (3, "date", "1 May 2026", dates.NO_DATE)),
    ),
]

RESULT_CASES = [
    Case(
        "employees' scores that are none",
        "results",
        text(RESULTS + "N1;2026-Q1;;11\nN1;2026-Q1;;N/D\nQ7;2026-Q1;;9\nN2;2026-Q1;;9\nN2;N/D;;9\n"),
        new=1,
        rows=(
            (2, "score", "11", TEN),
            (3, "score", "N/D", says.NO_SCORE),
            (4, "unit_code", "Q7", says.NO_UNIT),
            (6, "period", "N/D", says.SIGN),
        ),
    ),
    Case(
        "a scale of five that nobody named",
        "results",
        text(RESULTS + "N1;2026-Q1;;1\nN2;2026-Q1;;5\n"),
        file=says.UNSAID,
        waits=True,
    ),
    Case(
        "employees' counts that are none",
        "results",
        text(COUNTS + "N1;2026-Q1;0;0;0;0\nN2;2026-Q1;1;2;3;99\nS1;2026-Q1;70%;20%;10%;\nN1;2026-Q1;5;4;3;12\n"),
        new=1,
        rows=(
            (2, "promoters", "0", says.NOBODY),
            (3, "n", "99", told(says.NO_SUM, sum="6", n="99")),
            (4, "detractors", "10%", says.SHARE),
        ),
    ),
    Case(
        "a number of thirty digits",
        "results",
        text(COUNTS + "N1;2026-Q1;" + "9" * 30 + ";2;1;\nN2;2026-Q1;5;4;3;12\n"),
        new=1,
        rows=((2, "promoters", "9" * 30, says.NO_PEOPLE),),
    ),
    Case(
        "a zero that means nobody answered",
        "results",
        text(MEANS + "N1;2026-Q1;0;0\nN2;2026-Q1;-;300 or more\nS1;2026-Q1;7.5;120\n"),
        new=1,
        rows=((2, "n", "0", says.NOBODY), (3, "n", "300 or more", says.RANGE)),
        scale=Scale(ScaleRule.MEAN, 0, 10),
    ),
    Case(
        "a unit with two sets of numbers",
        "results",
        text(COUNTS + "N1;2026-Q1;5;4;3;12\nN1;2026-Q1;5;4;3;12\nN1;2026-Q1;5;4;1;10\n"),
        new=1,
        same=1,
        rows=((4, "unit_code", "", says.GROUP_TWICE),),
    ),
]
