"""The words that people write over columns, in English, Polish and Russian.

Headers are read as ideas rather than compared as strings: "Kod oddziału", "store no." and "Номер магазина" all say
*unit* and *code*. So a few hundred stems cover the many thousand headers that can be made of them. Stems are lower case
without Polish diacritics; one that ends in a full stop is a whole word.
"""

STEMS: dict[str, str] = {
    "unit": (
        "unit branch store shop outlet site location department dept. team division office clinic hospital trust "
        "ward restaurant hotel facilit organisation organization org. entity depot warehouse agency plant orgunit "
        "workplace jednost oddzial placow sklep salon filia. filii. zespol dzial. dzialu. dzialy. restauracj "
        "lokaliz biur szpital komork wydzial przychodni aptek hurtowni punkt. punktu. magazyn "
        "подраздел отдел филиал магазин точк салон офис клиник больниц ресторан отел гостиниц команд департамент "
        "управлен. организац единиц площадк локац аптек склад цех. бюро"
    ),
    "described": ("description opis. описани"),
    "area": (
        "region area. district zone. country territory state. okreg obszar rejon wojewodztw kraj. "
        "регион район област округ. зона. стран территор"
    ),
    "code": (
        "code id. ident no. nr. num. number key. ref. reference symbol abbrev kod identyfikator numer. numeru. "
        "skrot sygnatur no "
        "код номер идентиф шифр ид. символ"
    ),
    "name": (
        "name. names. title. label fullname nazw imie. imiona nazwisk назван наименован имя. имени. фамили фио. ф и о"
    ),
    "parent": (
        "parent superior upper higher belongs owner nadrzedn rodzic macierzyst wyzsz "
        "вышестоящ родител головн верхн материнск"
    ),
    "kind": (
        "kind type category level typ. typu. rodzaj kategori poziom szczebel тип. типа. вид. категори уровен уровн"
    ),
    "valid": ("valid effective active obowiazuj wazn aktywn действ актив"),
    "from": ("from. start begin since. opened od. rozpocze poczat otwar с. со. начал открыт прием принят"),
    "to": (
        "to. until. till. end. ends. ended. finish closed do. koni konca zakoncz zamkn "
        "по. до. конец. конца окончан закрыт уволен увольн"
    ),
    "hire": (
        "hire hired joined joining employment employed zatrudnien zatrudniony. zatrudniona. przyjeci наем "
        "найма трудоустр"
    ),
    "leave": "leave leaving left. termination terminated exit. zwolnien odejsci rozwiazani",
    "date": (
        "date. dates day. when. timestamp datetime time. completed submitted created data. daty. dat. dzien. "
        "dnia. czas. kiedy wypelnien "
        "дата. даты. дате. день. дня. врем когда"
    ),
    "email": ("email mail. emails poczt почт имейл емейл мейл майл"),
    "employee": (
        "employee staff. person personnel worker payroll colleague pracowni osob. osoby. osoba. kadrow personel "
        "pracujac "
        "сотрудник работник персонал табельн табел кадр"
    ),
    "manager": (
        "manager supervisor boss. linemanager kierowni przelozon menedzer menadzer szef. szefa. "
        "руковод начальник менеджер супервайзер шеф."
    ),
    "job": ("job. jobs position post. occupation stanowisk zawod funkcj должност професси позици"),
    "language": ("language lang. locale jezyk язык язык. локаль"),
    "zone": ("timezone tz. zone. strefa. strefy. czasow. czasowa пояс часов"),
    "role": ("role. roles permission rights access rola. rola roli. uprawnien dostep роль. роли. права. доступ"),
    "metric": ("metric indicator kpi measure. metryk wskaznik miernik метрик показател индикатор"),
    "score": (
        "score rating rate. rated nps csat ces mark. points. stars grade ocen wynik punktac punkty. nota. "
        "gwiazd "
        "оценк балл. баллы. балла. рейтинг звезд"
    ),
    "recommend": ("recommend likelihood likely. polec rekomend рекоменд посовет порекоменд"),
    "satisfied": ("satisf happy. zadowol satysfak удовлетвор доволен"),
    "touch": (
        "touchpoint stage step journey service process etap uslug styku. styk. moment procesu. "
        "этап услуг сервис контакт касани"
    ),
    "channel": ("channel source medium. kanal zrodl канал источник"),
    "comment": (
        "comment feedback. review dlaczego remark note. notes verbatim opinion text. reason why. free "
        "komentarz uwag opini "
        "uzasadni powod tresc. tresci. tekst. "
        "почему коммент отзыв замечан мнени примечан текст. причин"
    ),
    "answer": (
        "answer response respons respond survey reply submission record transaction ticket case. order. "
        "booking rezerwacj interview "
        "questionnaire completes ankiet odpowied zglosz transakcj zamowien respondent formularz wywiad "
        "анкет бронир ответ респондент заявк заказ транзакц запис опрос обращен"
    ),
    "external": ("external zewnetrzn внешн"),
    "unique": ("unique unikaln уникальн"),
    "period": (
        "period quarter month. year. wave. okres kwartal miesiac rok. fala. fali. "
        "период квартал месяц год. волна. волны."
    ),
    "promoters": ("promoter promotor промоутер промотер сторонник"),
    "passives": ("passive passives neutral pasywn obojetn нейтрал пассив"),
    "detractors": ("detractor critic krytyc krytyk detraktor критик детрактор"),
    "mean": ("mean. means average avg. sredni przecietn средн"),
    "count": (
        "n. count. responses. respondents. answers. counts base. size liczb liczebn ilosc n количеств число. "
        "числен колво кол. база."
    ),
    "total": ("total sum. all. overall. razem suma. ogol lacz всего итого общ"),
    "headcount": ("headcount workforce fte. zatrudnionych etat штат. штатн численност"),
    "question": ("question item. pytani вопрос"),
    "customer": (
        "customer client guest patient. buyer visitor klient pacjent gosc. goscia kupujac "
        "клиент пациент гост. гостя покупател посетител"
    ),
    "contact": ("phone telephone address street city telefon adres miast ulic fax url www телефон адрес город улиц"),
    "money": (
        "price amount salary pay. cost value. revenue kwota cena placa koszt wartosc цена сумма зарплат стоимост"
    ),
}

# For each column the sets of ideas that name it, with the confidence that a bare match deserves.
PATTERNS: dict[str, dict[str, dict[str, float]]] = {
    "units": {
        "code": {"unit code": 1.0, "code": 0.95},
        "name": {"unit name": 1.0, "name": 0.95, "unit": 0.7, "described": 0.65, "unit described": 0.8},
        "parent_code": {
            "parent code": 1.0,
            "parent unit code": 1.0,
            "parent unit": 0.9,
            "parent": 0.9,
            "manager unit": 0.6,
        },
        "kind": {"kind": 0.95, "unit kind": 1.0},
        "valid_from": {"valid from": 1.0, "from date": 0.95, "from": 0.85, "valid date": 0.7, "valid from date": 1.0},
        "valid_to": {"valid to": 1.0, "to date": 0.95, "to": 0.85, "valid to date": 1.0},
    },
    "employees": {
        "email": {"email": 1.0, "email employee": 1.0},
        "employee_number": {
            "employee code": 1.0,
            "employee unique code": 1.0,
            "code": 0.7,
            "employee": 0.6,
            "unique code": 0.75,
        },
        "name": {"employee name": 1.0, "name": 0.95, "employee": 0.55},
        "unit_code": {"unit code": 1.0, "unit": 0.8, "employee unit": 0.75},
        "manager": {
            "manager": 1.0,
            "manager code": 0.95,
            "manager email": 1.0,
            "manager name": 0.75,
            "manager employee": 0.9,
            "manager employee code": 0.95,
        },
        "job": {"job": 1.0, "job name": 1.0, "employee job": 0.95},
        "language": {"language": 1.0},
        "time_zone": {"zone": 1.0, "zone date": 1.0},
        "starts_on": {
            "hire": 0.9,
            "hire date": 1.0,
            "hire from": 1.0,
            "hire from date": 1.0,
            "from date": 0.95,
            "from": 0.8,
            "employee from date": 0.95,
            "job from date": 0.85,
        },
        "ends_on": {
            "leave": 0.85,
            "leave date": 1.0,
            "hire to": 1.0,
            "hire to date": 1.0,
            "to date": 0.95,
            "to": 0.8,
            "leave hire": 0.95,
            "leave hire date": 1.0,
            "employee to date": 0.95,
        },
        "role": {"role": 0.9},
    },
    "feedback": {
        "unit_code": {"unit code": 1.0, "unit": 0.8, "area code": 0.65},
        "date": {"date": 0.95, "answer date": 1.0, "score date": 0.95, "comment date": 0.9, "touch date": 0.75},
        "metric": {
            "metric": 1.0,
            "metric kind": 1.0,
            "metric name": 0.95,
            "answer kind": 0.7,
            "question kind": 0.7,
            "score kind": 0.75,
        },
        "score": {
            "score": 0.95,
            "recommend": 0.85,
            "recommend score": 1.0,
            "satisfied": 0.7,
            "satisfied score": 0.95,
            "answer score": 0.85,
            "customer score": 0.9,
            "answer": 0.58,
        },
        "touchpoint": {"touch": 0.9, "unit touch": 0.95, "touch name": 0.9},
        "channel": {"channel": 1.0, "channel name": 0.95, "answer channel": 0.95},
        "comment": {"comment": 1.0, "answer comment": 0.95, "customer comment": 1.0, "score comment": 0.9},
        "language": {"language": 1.0, "answer language": 1.0, "comment language": 1.0, "customer language": 0.9},
        "external_id": {
            "answer code": 1.0,
            "external code": 1.0,
            "comment code": 1.0,
            "unique code": 0.9,
            "code": 0.65,
            "answer unique code": 1.0,
            "answer external code": 1.0,
        },
        "period": {"period": 1.0, "answer period": 0.95},
        "promoters": {"promoters": 1.0, "count promoters": 1.0},
        "passives": {"passives": 1.0, "count passives": 1.0},
        "detractors": {"detractors": 1.0, "count detractors": 1.0},
        "mean": {"score": 0.7, "mean": 0.95, "mean score": 1.0, "satisfied mean": 0.95},
        "n": {"count": 0.95, "answer count": 1.0, "answer total": 0.95, "answer": 0.57, "answer total count": 1.0},
    },
}
# Results of employees are described as the customers' feedback is, and ask a question by name.
PATTERNS["results"] = {
    **PATTERNS["feedback"],
    "question": {
        "question": 1.0,
        "question comment": 0.9,
        "question code": 0.95,
        "question name": 0.95,
        "metric": 0.8,
        "question kind": 0.8,
    },
    "headcount": {
        "headcount": 1.0,
        "employee count": 1.0,
        "employee headcount": 1.0,
        "count hire": 0.9,
        "employee total": 0.85,
        "hire": 0.8,
    },
}
# Ideas that may stand beside the column's own without making it another one.
HARMLESS: dict[str, str] = {
    "starts_on": "employee job",
    "ends_on": "employee job",
    "email": "employee contact",
    "job": "employee",
    "date": "customer",
    "score": "to customer answer question count total",
    "comment": "question",
    "name": "employee",
    "n": "count total",
    "promoters": "total count answer",
    "passives": "total count answer",
    "detractors": "total count answer",
    "language": "employee",
    "role": "employee",
    "mean": "score",
    "time_zone": "employee date",
    "external_id": "external unique",
}
# Two words that make one idea, brought together before the words are looked up one by one.
PHRASES: dict[str, str] = {
    r"\be mail\b": "email",
    r"\badres (e ?mail|poczty|email)\w*|\bадрес (эл\w* |электронн\w* )?почт\w*|\bemail address\b": "email",
    r"\bф и о\b": "фио",
    r"\bкол во\b": "колво",
    r"\btime zone\b|\bstrefa czasowa\b|\bчасовой пояс\b": "timezone",
    r"\b(touch|contact) point\b|\bpoint of contact\b|\bpunkt (styku|kontaktu|obslugi)\b": "touchpoint",
    r"\bточка (контакта|касания|взаимодействия)\b": "touchpoint",
    r"\bhead count\b|\bnumber of (staff|employees)\b": "headcount",
    r"\b(liczba|stan) (pracownikow|zatrudnionych|osobowy)\b": "headcount",
    r"\b(belongs|part|child) (to|of)\b|\bnalezy do\b|\bвходит в\b|\bподчиняется\b": "parent",
    r"\b(количество|число|численность) (сотрудников|работников|персонала)\b": "headcount",
    r"\b(reports|reporting|reports directly) to\b|\bline manager\b|\bbezposredni przelozony\b": "manager",
    r"\bнепосредственный руководитель\b": "manager",
    r"\bnumber of\b|\bno of\b|\bкол\b": "count",
    r"\b(job|position|role) title\b": "job",
    r"\bfirst name\b.*|\blast name\b.*|\bsurname\b|\bfull name\b|\bimie i nazwisko\b": "name",
    r"\bcost cent(re|er)\b|\bcentrum kosztow\b|\bmpk\b|\bцентр затрат\b|\bцфо\b": "unit code",
    r"\bstart date\b": "from date",
    r"\bend date\b": "to date",
    r"\bjezyk\w* obcy\w*\b": "foreign",
}
