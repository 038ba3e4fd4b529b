"""What is said of dates that are none, or that may be two."""

OPEN_DATES = (
    (
        "Dates of this file can be read in two ways: “{text}” is {one} or {other}. Say which, under “How dates are"
        " written in this file”."
    ),
    (
        "Daty w tym pliku można odczytać na dwa sposoby: „{text}” to {one} albo {other}. Powiedz, który jest właściwy,"
        " w polu „Jak w tym pliku są zapisane daty”."
    ),
    (
        "Даты этого файла можно прочесть двумя способами: «{text}» — это {one} или {other}. Укажите, какой верен, в"
        " поле «Как в этом файле записаны даты»."
    ),
)
MIXED_DATES = (
    (
        "Dates of this file have now the day first (“{one}”), now the month (“{other}”). Say how to read them, under"
        " “How dates are written in this file”; “now the one, now the other” takes those that can be read in one way"
        " only."
    ),
    (
        "W datach tego pliku raz najpierw jest dzień („{one}”), raz miesiąc („{other}”). Powiedz, jak je czytać, w polu"
        " „Jak w tym pliku są zapisane daty”; „raz tak, raz tak” bierze te, które można odczytać tylko w jeden sposób."
    ),
    (
        "В датах этого файла сначала стоит то день («{one}»), то месяц («{other}»). Укажите, как их читать, в поле"
        " «Как в этом файле записаны даты»; «то так, то этак» берёт те, что можно прочесть лишь одним способом."
    ),
)
FITS_BOTH = (
    "Dates of this file have the day first or the month, and this one fits both. Write it like 2026-09-30.",
    "W datach tego pliku najpierw jest dzień albo miesiąc, a ta pasuje do obu. Zapisz ją tak: 2026-09-30.",
    "В датах этого файла сначала стоит день или месяц, а эта подходит к обоим. Запишите её так: 2026-09-30.",
)
NO_SUCH_DAY = (
    "There is no such date in the calendar, or not in the order chosen for this file.",
    "Nie ma takiej daty w kalendarzu albo zapisano ją w innej kolejności niż wybrana dla tego pliku.",
    "Такой даты нет в календаре или она записана не в том порядке, что выбран для этого файла.",
)
NO_DATE = (
    "This is not a date. Write it like 2026-09-30.",
    "To nie jest data. Zapisz ją tak: 2026-09-30.",
    "Это не дата. Запишите так: 2026-09-30.",
)
SERIAL_DAY = (
    "This is not a date. As spreadsheets count days it would be {day}: format the column as dates.",
    "To nie jest data. W liczbie dni, jak zapisują ją arkusze, byłby to dzień {day}: ustaw w kolumnie format daty.",
    "Это не дата. По счёту дней, который ведут таблицы, это {day}: задайте столбцу формат даты.",
)
