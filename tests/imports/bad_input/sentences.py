"""The sentences of the table, as a person meets them: in English, Polish and Russian, with {} for what differs."""

from tests.imports.bad_input.case import Sentence


def told(sentence: Sentence, **values: str) -> Sentence:
    english, polish, russian = (each.format(**values) for each in sentence)
    return english, polish, russian


def of_lines(sentence: Sentence, *lines: tuple[int, str]) -> Sentence:
    """Said of lines that are listed behind it."""
    listed = (
        ", ".join(line.format(*each) for each in lines) for line in ("line {} “{}”", "wiersz {} „{}”", "строка {} «{}»")
    )
    english, polish, russian = (
        each.format(count=len(lines), listed=some) for each, some in zip(sentence, listed, strict=True)
    )
    return english, polish, russian


EMPTY = (
    "This cell is empty, and the import needs it.",
    "Ta komórka jest pusta, a import jej potrzebuje.",
    "Эта ячейка пуста, а импорту она нужна.",
)
SIGN = (
    "This is a sign for an empty cell, and the import needs a value. Fill it in, or leave the row out.",
    "To jest znak pustej komórki, a import potrzebuje wartości. Uzupełnij ją albo pomiń ten wiersz.",
    "Это обозначение пустой ячейки, а импорту нужно значение. Впишите его или исключите эту строку.",
)
RANGE = (
    "This is a range, and the import needs a number. Write the exact one, or leave the row out.",
    "To jest przedział, a import potrzebuje liczby. Wpisz dokładną albo pomiń ten wiersz.",
    "Это диапазон, а импорту нужно число. Впишите точное или исключите эту строку.",
)
SHARE = (
    "This is a share, and the import needs a number of people. Bring the counts.",
    "To jest odsetek, a import potrzebuje liczby osób. Podaj liczby zamiast procentów.",
    "Это доля, а импорту нужно число людей. Укажите количество вместо процентов.",
)
NO_PEOPLE = (
    "This is not a number of people.",
    "To nie jest liczba osób.",
    "Это не число людей.",
)
NOBODY = (
    "Nobody answered here, so there is no score.",
    "Nikt tu nie odpowiedział, więc nie ma wyniku.",
    "Здесь никто не ответил, поэтому показателя нет.",
)
NO_SUM = (
    "Promoters, passives and detractors add up to {sum}, but the row says {n} answers. Mend the one that is wrong.",
    (
        "Promotorzy, neutralni i krytycy dają razem {sum}, a według wiersza liczba odpowiedzi to {n}. Popraw to, co"
        " jest błędne."
    ),
    "Промоутеров, нейтралов и критиков вместе {sum}, а по строке число ответов — {n}. Исправьте то, что неверно.",
)
TOTAL = (
    (
        "This looks like a total of other rows, and a total is no unit. Leave the row out; if it is a unit, give it"
        " a name and a code of its own."
    ),
    (
        "To wygląda na sumę innych wierszy, a suma nie jest jednostką. Pomiń ten wiersz; jeśli to jednostka, nadaj"
        " jej własną nazwę i własny kod."
    ),
    (
        "Похоже, это итог по другим строкам, а итог — не подразделение. Исключите эту строку; если это"
        " подразделение, дайте ему собственные название и код."
    ),
)
LIKE_TOTALS_OF_FEW = (
    "{count} rows look like totals of others and are not taken: {listed}",
    "{count} wiersze wyglądają na sumy innych i nie zostały wzięte: {listed}",
    "{count} строки похожи на итоги по другим и не взяты: {listed}",
)
BELOW_OF_FEW = (
    "{count} lines below the table are left out: {listed}",
    "{count} wiersze pod tabelą zostały pominięte: {listed}",
    "Под таблицей пропущены {count} строки: {listed}",
)
ABOVE = (
    "1 line above the header is left out: {listed}",
    "1 wiersz nad nagłówkiem został pominięty: {listed}",
    "Над заголовком пропущена 1 строка: {listed}",
)
NO_UNIT = (
    "There is no unit with this code.",
    "Nie ma jednostki o tym kodzie.",
    "Подразделения с таким кодом нет.",
)
NEAR_UNIT = (
    "There is no unit with this code. Is it “{close}”?",
    "Nie ma jednostki o tym kodzie. Czy chodzi o „{close}”?",
    "Подразделения с таким кодом нет. Имеется в виду «{close}»?",
)
NEAR_PARENT = (
    "There is no unit with this code, neither in the file nor here. Is it “{close}”?",
    "Jednostki o tym kodzie nie ma ani w pliku, ani tutaj. Czy chodzi o „{close}”?",
    "Подразделения с таким кодом нет ни в файле, ни здесь. Имеется в виду «{close}»?",
)
NO_PARENT = (
    "There is no unit with this code, neither in the file nor here, or its own row was refused.",
    "Jednostki o tym kodzie nie ma ani w pliku, ani tutaj, albo jej własny wiersz został odrzucony.",
    "Подразделения с таким кодом нет ни в файле, ни здесь, или его собственная строка отклонена.",
)
LOOP = (
    "This unit would stand under itself, by way of: {codes}. Mend the unit above in one of these rows.",
    (
        "Ta jednostka podlegałaby samej sobie, za pośrednictwem: {codes}. Popraw jednostkę nadrzędną w jednym z tych"
        " wierszy."
    ),
    (
        "Это подразделение подчинялось бы самому себе через: {codes}. Исправьте вышестоящее подразделение в одной из"
        " этих строк."
    ),
)
UNDER_ITSELF = (
    "A unit cannot stand under itself. Write the code of the unit above it.",
    "Jednostka nie może podlegać samej sobie. Wpisz kod jednostki nadrzędnej.",
    "Подразделение не может подчиняться самому себе. Впишите код вышестоящего подразделения.",
)
OTHER_NAME = (
    (
        "On line {line} this code has another name, “{name}”. Keep the right one; if the unit was renamed, give each"
        " row its first day."
    ),
    (
        "W wierszu {line} ten kod ma inną nazwę: „{name}”. Zostaw właściwą; jeśli nazwa jednostki się zmieniła,"
        " podaj w każdym wierszu pierwszy dzień."
    ),
    (
        "В строке {line} у этого кода другое название: «{name}». Оставьте верное; если подразделение переименовали,"
        " укажите в каждой строке первый день."
    ),
)
SAME_NAME = (
    (
        "“{name}” stands under the same unit with the code “{code}” too. If both are one unit, keep one code; two"
        " units may have one name."
    ),
    (
        "„{name}” ma pod tą samą jednostką nadrzędną także kod „{code}”. Jeśli to jedna jednostka, zostaw jeden kod;"
        " dwie jednostki mogą mieć tę samą nazwę."
    ),
    (
        "«{name}» есть в том же вышестоящем подразделении и с кодом «{code}». Если это одно подразделение, оставьте"
        " один код; у двух подразделений может быть одно название."
    ),
)
UNIT_TWICE = (
    "This unit stands already on line {line} with the same first day, and says something else. Keep one row.",
    "Ta jednostka jest już w wierszu {line} z tym samym pierwszym dniem, a ten wiersz mówi co innego. Zostaw jeden.",
    "Это подразделение уже есть в строке {line} с тем же первым днём, а в этой строке сказано другое. Оставьте одну.",
)
TWO_TOPS = (
    "There is one company at the top: “{code}”. Write the code of the unit above this one.",
    "Na szczycie jest jedna firma: „{code}”. Podaj kod jednostki nadrzędnej.",
    "Наверху одна компания: «{code}». Укажите код вышестоящего подразделения.",
)
OWN_MANAGER = (
    "Nobody is their own manager. Name somebody else, or leave the cell empty.",
    "Nikt nie jest swoim własnym przełożonym. Podaj kogoś innego albo zostaw komórkę pustą.",
    "Никто не бывает руководителем самому себе. Укажите другого человека или оставьте ячейку пустой.",
)
NO_MANAGER = (
    "There is nobody with this e-mail address or number, neither in the file nor here, or their row was refused.",
    "Osoby o tym adresie e-mail lub numerze nie ma ani w pliku, ani tutaj, albo jej wiersz został odrzucony.",
    "Человека с таким адресом почты или номером нет ни в файле, ни здесь, или его строка отклонена.",
)
PERSON_TWICE = (
    "This person stands already on line {line} with the same first day, and the rows differ. Keep the right one.",
    "Ta osoba jest już w wierszu {line} z tym samym pierwszym dniem, a wiersze się różnią. Zostaw właściwy.",
    "Этот человек уже есть в строке {line} с тем же первым днём, но строки различаются. Оставьте верную.",
)
TWO_EMAILS = (
    "On line {line} the same person has another e-mail address.",
    "W wierszu {line} ta sama osoba ma inny adres e-mail.",
    "В строке {line} у того же человека другой адрес почты.",
)
TWO_NUMBERS = (
    "On line {line} the same e-mail address has another employee number.",
    "W wierszu {line} ten sam adres e-mail ma inny numer pracownika.",
    "В строке {line} у того же адреса почты другой табельный номер.",
)
NO_KEY = (
    "Give an e-mail address or an employee number: by one of them the person is known again.",
    "Podaj adres e-mail lub numer pracownika: po jednym z nich rozpoznamy tę osobę.",
    "Укажите адрес почты или табельный номер: по одному из них человека можно узнать снова.",
)
OUTSIDE = (
    "This score is outside the scale from {low} to {high}.",
    "Ta ocena wykracza poza skalę od {low} do {high}.",
    "Эта оценка за пределами шкалы от {low} до {high}.",
)
ZERO = (
    "0 is not on the scale from {low} to {high}. If it means that nobody answered, leave it empty.",
    "0 nie ma na skali od {low} do {high}. Jeśli oznacza, że nikt nie odpowiedział, zostaw komórkę pustą.",
    "На шкале от {low} до {high} нет 0. Если он означает, что никто не ответил, оставьте ячейку пустой.",
)
NO_WHOLE_SCORE = (
    "A score is a whole number from {low} to {high}.",
    "Ocena to liczba całkowita od {low} do {high}.",
    "Оценка — целое число от {low} до {high}.",
)
NO_SCORE = (
    "This row has no score, no counts and no mean.",
    "Ten wiersz nie ma ani oceny, ani liczebności, ani średniej.",
    "В этой строке нет ни оценки, ни количеств, ни среднего.",
)
OTHER_ANSWER = (
    "Another answer with this number in the source is already there, with other content.",
    "Jest już inna odpowiedź o tym numerze w źródle, z inną treścią.",
    "Уже есть другой ответ с этим номером в источнике и с другим содержанием.",
)
NO_METRIC = (
    "A metric is nps, csat or ces.",
    "Wskaźnik to nps, csat lub ces.",
    "Метрика — это nps, csat или ces.",
)
MAYBE_THOUSAND = (
    "This may be a thousand or a fraction. Write it without a separator.",
    "To może być tysiąc albo ułamek. Zapisz to bez separatora.",
    "Это может быть тысяча или дробь. Запишите без разделителя.",
)
MAYBE_FRACTION = (
    "This may be a thousand or a fraction. Write it without a separator, or with a decimal point.",
    "To może być tysiąc albo ułamek. Zapisz to bez separatora albo z kropką dziesiętną.",
    "Это может быть тысяча или дробь. Запишите без разделителя или с десятичной точкой.",
)
GROUP_TWICE = (
    "This unit stands twice for the same question and period, with different numbers.",
    "Ta jednostka występuje dwa razy dla tego samego pytania i okresu, z różnymi liczbami.",
    "Это подразделение указано дважды для одного вопроса и периода с разными числами.",
)
UNSAID = (
    (
        "No score is above 5, so this may not be a scale from 0 to 10. Say under “How scores are counted in this"
        " file” which it is."
    ),
    (
        "Żadna ocena nie przekracza 5, więc może to nie być skala od 0 do 10. Wskaż w polu „Jak w tym pliku liczymy"
        " oceny”, która to skala."
    ),
    (
        "Ни одна оценка не выше 5, поэтому это может быть не шкала от 0 до 10. Укажите в поле «Как считаются оценки"
        " в этом файле», какая это шкала."
    ),
)
TOO_WIDE = (
    (
        "This row has {cells} cells and the header {width}, so the cells may stand under the wrong headers. Often a"
        " separator inside a text is the cause: put that text in quotation marks."
    ),
    (
        "Liczba komórek w tym wierszu to {cells}, a w nagłówku {width}, więc komórki mogą stać pod niewłaściwymi"
        " nagłówkami. Często przyczyną jest separator wewnątrz tekstu: ujmij ten tekst w cudzysłów."
    ),
    (
        "Ячеек в этой строке {cells}, а в заголовке {width}, поэтому они могут стоять не под своими заголовками."
        " Частая причина — разделитель внутри текста: заключите этот текст в кавычки."
    ),
)
CUT_OFF = (
    (
        "The file ends in the middle of this row: it has {cells} cells of {width}. The export may have been cut off:"
        " export it again, or fill in the row."
    ),
    (
        "Plik kończy się w środku tego wiersza: liczba komórek to {cells} zamiast {width}. Możliwe, że eksport"
        " został przerwany: wyeksportuj plik jeszcze raz albo uzupełnij wiersz."
    ),
    (
        "Файл обрывается посреди этой строки: ячеек {cells} вместо {width}. Возможно, выгрузка была прервана:"
        " выгрузите файл ещё раз или дополните строку."
    ),
)
