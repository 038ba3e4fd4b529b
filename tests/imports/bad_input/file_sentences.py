"""What is said of a file that cannot be taken at all, in English, Polish and Russian; {} stands for what differs."""

NO_ROWS = (
    "There is no row below the header. Choose another sheet or header row, or another file.",
    "Pod nagłówkiem nie ma żadnego wiersza. Wybierz inny arkusz, inny wiersz nagłówka albo inny plik.",
    "Под заголовком нет ни одной строки. Выберите другой лист, другую строку заголовка или другой файл.",
)
NEEDED = (
    "The import needs “{column}”: name the column that holds it.",
    "Import potrzebuje „{column}”: wskaż kolumnę, która to zawiera.",
    "Импорту нужно «{column}»: укажите столбец, где это стоит.",
)
EMPTY = (
    "This file is empty. Check that the export finished, then choose the file again.",
    "Ten plik jest pusty. Sprawdź, czy eksport się zakończył, i wybierz plik jeszcze raz.",
    "Этот файл пуст. Проверьте, завершился ли экспорт, и выберите файл ещё раз.",
)
NOT_A_TABLE = (
    "This file is not a table. Choose a CSV, TSV, XLSX, XLSM or ODS file.",
    "Ten plik nie jest tabelą. Wybierz plik CSV, TSV, XLSX, XLSM lub ODS.",
    "Этот файл не таблица. Выберите файл CSV, TSV, XLSX, XLSM или ODS.",
)
WEB_PAGE = (
    "This file is a web page, whatever its name says. Open it in your spreadsheet program, save it as XLSX or CSV.",
    (
        "Ten plik to strona internetowa, niezależnie od nazwy. Otwórz go w arkuszu kalkulacyjnym i zapisz jako XLSX"
        " lub CSV."
    ),
    (
        "Этот файл — веб-страница, как бы он ни назывался. Откройте его в табличном редакторе и сохраните как XLSX"
        " или CSV."
    ),
)
LEGACY = (
    "This workbook is in an old or binary Excel format. Open it in your spreadsheet program and save it as XLSX.",
    "Ten skoroszyt ma stary albo binarny format Excela. Otwórz go w arkuszu kalkulacyjnym i zapisz jako XLSX.",
    "Эта книга в старом или двоичном формате Excel. Откройте её в табличном редакторе и сохраните как XLSX.",
)
ENCRYPTED = (
    "This file is protected by a password. Remove the password and choose the file again.",
    "Ten plik jest zabezpieczony hasłem. Usuń hasło i wybierz plik jeszcze raz.",
    "Этот файл защищён паролем. Снимите пароль и выберите файл ещё раз.",
)
DAMAGED = (
    "This file is damaged and cannot be opened. Open it in your spreadsheet program, save it anew and try again.",
    (
        "Ten plik jest uszkodzony i nie daje się otworzyć. Otwórz go w arkuszu kalkulacyjnym, zapisz od nowa i"
        " spróbuj ponownie."
    ),
    "Этот файл повреждён и не открывается. Откройте его в табличном редакторе, сохраните заново и попробуйте ещё раз.",
)
SUSPICIOUS = (
    (
        "This file is built in a way that no spreadsheet program does, so it was not opened. Save it anew in your"
        " spreadsheet program, or as CSV."
    ),
    (
        "Ten plik jest zbudowany tak, jak nie robi tego żaden arkusz kalkulacyjny, więc nie został otwarty. Zapisz"
        " go od nowa w arkuszu kalkulacyjnym albo jako CSV."
    ),
    (
        "Этот файл устроен так, как не делает ни один табличный редактор, поэтому он не открыт. Сохраните его заново"
        " в табличном редакторе или как CSV."
    ),
)
TOO_MUCH_INSIDE = (
    "This file unpacks to more than 300 MB. Save the sheet you need as CSV.",
    "Ten plik po rozpakowaniu ma ponad 300 MB. Zapisz potrzebny arkusz jako CSV.",
    "Этот файл после распаковки занимает больше 300 МБ. Сохраните нужный лист как CSV.",
)
TOO_MUCH_MEMORY = (
    (
        "This sheet needs more memory than an import may use. Often a single cell far right or far below is the"
        " cause: delete the empty rows and columns beyond the table, or save the sheet as CSV."
    ),
    (
        "Ten arkusz potrzebuje więcej pamięci, niż wolno importowi. Często przyczyną jest jedna komórka daleko z"
        " prawej lub daleko w dole: usuń puste wiersze i kolumny poza tabelą albo zapisz arkusz jako CSV."
    ),
    (
        "Этому листу нужно больше памяти, чем доступно импорту. Часто причина — одна ячейка далеко справа или далеко"
        " внизу: удалите пустые строки и столбцы за пределами таблицы или сохраните лист как CSV."
    ),
)
TOO_MANY_COLUMNS = (
    (
        "This table has {columns} columns; at most {limit} can be read. Delete the columns that are not needed, also"
        " those that only look empty."
    ),
    (
        "Liczba kolumn tej tabeli: {columns}; można odczytać najwyżej {limit}. Usuń kolumny, które nie są potrzebne,"
        " także te tylko z pozoru puste."
    ),
    (
        "Столбцов в этой таблице: {columns}; прочитать можно не больше {limit}. Удалите ненужные столбцы, в том"
        " числе те, что лишь кажутся пустыми."
    ),
)
BROKEN_TEXT = (
    "Line {line} holds characters that no text file has. The file was cut or damaged on its way: export it again.",
    (
        "Wiersz {line} zawiera znaki, których nie ma żaden plik tekstowy. Plik został po drodze ucięty lub"
        " uszkodzony: wyeksportuj go jeszcze raz."
    ),
    (
        "Строка {line} содержит знаки, которых не бывает в текстовых файлах. Файл по дороге обрезан или повреждён:"
        " экспортируйте его ещё раз."
    ),
)
OPEN_QUOTE = (
    (
        "The file ends in the middle of the row that begins on line {line}: a quotation mark is opened and never"
        " closed. The export may have been cut off: export it again, or mend that line."
    ),
    (
        "Plik kończy się w środku wiersza, który zaczyna się w linii {line}: cudzysłów jest otwarty i nigdy"
        " niezamknięty. Być może eksport został ucięty: powtórz go albo popraw tę linię."
    ),
    (
        "Файл обрывается посреди записи, которая начинается на строке {line}: кавычка открыта и не закрыта."
        " Возможно, экспорт оборвался: повторите его или исправьте эту строку."
    ),
)
TOO_LARGE = (
    "This file is larger than 512 MB. Divide it, and import the parts one by one.",
    "Ten plik ma ponad 512 MB. Podziel go i zaimportuj części po kolei.",
    "Этот файл больше 512 МБ. Разделите его и импортируйте части по очереди.",
)
