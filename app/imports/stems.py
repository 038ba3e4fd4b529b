"""The words that people write over columns, in English, Polish and Russian, by the idea they name.

Headers are read as ideas rather than compared as strings: "Kod oddziału", "store no." and "Номер магазина" all say
*unit* and *code*. So a few hundred stems cover the many thousand headers that can be made of them. Stems are lower case
without Polish diacritics; one that ends in a full stop is a whole word.
"""

STEMS: dict[str, str] = {
    "unit": (
        "poradni gabinet klinik instytut szkol przedszkol bank. banku. stoisk fabryk zaklad lokal. lokalu. kino. "
        "kawiarni market. hipermarket supermarket drogeri bibliotek cafe. kiosk pharmacy dealer terminal laborator "
        "surgery library museum studio property venue factory garage squad tribe pos. unit branch store shop outlet "
        "site sites. department dept. dep. dpt. subdepartment team division office clinic hospital trust ward "
        "restaurant hotel facilit organisation organization org. entity depot warehouse agency plant. orgunit "
        "workplace segment directorate node. pharmac showroom supervisory costcentre station bureau franchise "
        "practice. school college campus counter. desk. jednost jedn. oddzial oddz. placow sklep salon filia. filii. "
        "filie. zespol zesp. dzial. dzialu. dzialy. dzialow. restauracj biur szpital komork kom. wydzial wydz. "
        "przychodni aptek hurtowni punkt. punktu. magazyn pion. pionu. departament obiekt pododdzial centrum. "
        "delegatur agencj ekspozytur stacj organizacyjn okienk wezel. sekcj sekretariat placowka "
        "поликлиник амбулатор банк. банка. завод фабрик киоск прилав лаборатор кабинет кафе. кофейн азс. супермаркет "
        "гипермаркет дилер библиотек подраздел подр. отдел отд. филиал магазин точк тт. салон офис клиник больниц "
        "ресторан отел гостиниц команд департамент деп. управлен. управлени организац орг. оргединиц единиц площадк "
        "аптек склад цех. цеха. бюро дирекц блок. участ секци служб. станци предприят учрежд структурн представит "
        "школ узел. узла. центр. центра."
    ),
    "place": "location loc. lokaliz локац местополож местонахож",
    "city": (
        "city. town place. settlement municipal miast miejscow siedzib gmina. город. города. населен местност населён"
    ),
    "country": "country nation. panstw kraj. kraju. стран государств",
    "described": "description descr. opis. opisu. описани",
    "area": (
        "region area. district territory state. okreg obszar rejon wojewodztw регион район област округ. зона. территор"
    ),
    "code": (
        "guid uuid indeks code id. ident. identifier identity no. nr. num. number key. ref. reference symbol abbrev "
        "acronym shortcode kod identyfikator numer. numeru. skrot. sygnatur akronim oznaczen "
        "код номер идентиф шифр ид. символ обознач артикул ключ. аббревиат"
    ),
    "name": "name. names. label fullname displayname fio nazw фио назван наимен названи",
    "title": "title. titles tytul заголов титул",
    "given": "forename givenname firstname imie. imiona imienia имя. имени.",
    "family": "surname familyname lastname nazwisk фамил",
    "middle": "middlename patronym отчеств",
    "parent": (
        "parent superior upper higher belongs owner owning rollup nadrzedn rodzic macierzyst wyzsz podlega podleglos "
        "zwierzchn "
        "вышест родител головн верхн материнск подчинен подчиня"
    ),
    "kind": (
        "kind type category level typ. typu. typy. rodzaj kategori poziom szczebel klas. klasa class. classification "
        "klasyfik format "
        "тип. типа. вид. вида. категори уровен уровн класс формат разновид"
    ),
    "valid": "force. valid effective active obowiaz wazn aktywn действ актив актуал срок.",
    "from": (
        "from. start starts begin since. open. opened opening od. rozpocz poczat otwar commence effectivity "
        "established launch uruchom zalozen "
        "с. со. начал открыт открыти запуск"
    ),
    "to": (
        "to. until. till. end. ends. ended. ending finish closed close. closing closure expir do. koni konca koniec "
        "zakoncz zamkn likwid inactiv dissol discontin deactiv wygas "
        "по. до. конец. конца окончан закрыт ликвид расформ упраздн"
    ),
    "made": "powolan created creation create. utworz stworz учрежден основан созда ввод. ввода. введен появлен",
    "hire": (
        "doj. angaz podjec objeci obejm hire hired rehire joined joining joins. employment employed zatrudnien "
        "zatrudniony. zatrudniona. zatrudnionego przyjeci przyjeto przyj. nawiazan wejsci onboard entry. entered "
        "appointed "
        "наем найм найма трудоустр прием приём принят поступл заключен"
    ),
    "leave": (
        "leave leaving left. termination terminated exit. departure resign separation dismiss offboard zwolnien "
        "zwolnion zwoln. odejsci odszed rozwiazani wyjsci ustani release "
        "уход ушел ушла увол расторж выбыти выбыл прекращ"
    ),
    "contract": "contract umow agreement. договор контракт",
    "date": (
        "date. dates day. days. when. timestamp datetime time. data. daty. dat. dzien. dnia. dniu. czas. kiedy "
        "godzin termin. terminu sygnaturaczasowa timepoint moment. "
        "дата. даты. дате. день. дня. врем когда дат."
    ),
    "completed": (
        "completed completion complete. submitted submission submit. recorded received ukonc wypelnien wypelnion "
        "przeslan finalis nadeslan zlozeni "
        "заверш заполнен прохожд пройден отправлен получен"
    ),
    "email": (
        "mailowy mailowe mejl email mail. emails poczt mailbox upn. userprincipalname мэйл почт имейл емейл мейл майл"
    ),
    "employee": (
        "user. userid uzytkowni пользовател "
        "badge pernr hrid pers. personaln akt. akta. kartote zalog employee emp. staff. person personnel worker "
        "payroll colleague associate teammember individual people. pracowni prac. osob. osoby. osoba. osobow kadrow "
        "personel pracujac ewid. ewidenc sluzbow "
        "личн персональн людей людеи сотрудник сотр. работник персонал табельн табел таб. кадр персоны. физлиц "
        "работающ"
    ),
    "above": "reportsto",
    "manager": (
        "approver manager mgr. supervisor supervised boss. superviser linemanager leader. chief. kierowni przelozon "
        "menedzer menadzer manadzer szef. szefa. zwierzchnik lider. headof "
        "куратор руковод рук. начальник менеджер супервайзер шеф. шефа."
    ),
    "job": (
        "designation stanow. job. jobs position post. occupation profession vocation stanowisk zawod. zawodu. funkcj "
        "должн. функци должност професси позици специальн"
    ),
    "language": "language lang. locale jezyk jezykow jez. язык яз. локаль языков",
    "zone": "timezone tz. zone. strefa. strefy. czasow. czasowa временн пояс часов",
    "role": (
        "role. roles permission rights access rola. rola roli. role uprawnien dostep роль. роли. права. доступ полномоч"
    ),
    "metric": "metric indicator kpi measure. metryk wskaznik miernik miara. miary. метрик показател индикатор мерк",
    "score": (
        "result results rezultat score scores. rating ratings. rated nps enps csat ces mark. marks. points. stars "
        "star. grade scale. scored ocen wynik punktac punkty. punktow nota. noty. gwiazd skala. skali. "
        "результат оценк оцен балл. баллы. балла. баллов. рейтинг звезд звёзд шкал"
    ),
    "rate": "rate.",
    "value": "value. values wartos значен",
    "recommend": "recommend likelihood likely. ltr. polec rekomend рекоменд посовет порекоменд вероятн",
    "satisfied": "satisf happy. zadowol satysfak удовлетвор довол",
    "effort": "effort wysil усили",
    "touch": (
        "event. events zdarzeni touchpoint stage step. step journey service. process etap uslug styku. styk. "
        "momentu. procesu. proces. etapu milestone "
        "событи этап услуг сервис контакт касани процесс стади взаимодейств"
    ),
    "channel": (
        "channel source medium. media. method via. mode. kanal zrodl sposob origin. distributionchannel "
        "канал источник способ средств"
    ),
    "comment": (
        "wypowied cytat quote message wiadomosc szczegol detail comment remark note. notes verbatim text. texts "
        "reason freetext uwag uwaga komentarz koment. uzasadni powod tresc. tresci. tekst. tekstow suggest "
        "explanation sugest content. contents "
        "сообщен подробн коммент замечан мнени примечан текст. текста. причин предложен пожелан"
    ),
    "review": "review feedback. opinion opini. opinia opinie fidbek testimonial отзыв обратнаясвязь",
    "open": (
        "openquestion why dlaczego czemu napisz opisz wyjasn describe. elaborate почему зачем расскаж опишите поясн"
    ),
    "which": "which.",
    "scaled": "scaled. ocencie оцените насколько",
    "answer": (
        "answer response respons respond survey reply record. records transaction ticket case. cases order. booking "
        "rezerwacj interview interaction questionnaire completes reservation incident invoice. visit ankiet odpowied "
        "zglosz transakcj zamowien respondent formularz wywiad spraw. sprawy wizyt badani interakcj paragon "
        "reklamacj "
        "анкет бронир ответ респондент заявк заказ транзакц запис опрос обращен визит дела. форм. опрош исследов "
        "чек. чека. инцидент"
    ),
    "external": "external zewnetrzn внешн",
    "unique": "unique unikaln уникальн",
    "period": (
        "halfyear polrocz week. weekly tydzien tygodni fiscal period quarter qtr month. monthly year. yearly wave. "
        "waves cycle round. edition okres kwartal kw. miesiac mies. rok. roku. fala. fali. tura. tury. runda rundy "
        "edycj cykl pomiar "
        "полугод недел период квартал кв. месяц мес. год. года. волна. волны. раунд тур. цикл замер итерац"
    ),
    "promoters": "zwolenni promoter promotor промоутер промотер сторонник",
    "passives": "niezdecydowan passive passives neutral pasywn obojetn нейтрал пассив безразлич",
    "detractors": "przeciwni detractor critic krytyc krytyk detraktor противник критик детрактор",
    "mean": "mean. means average avg. sredni sr. przecietn avrg средн ср.",
    "count": (
        "sample. proba. proby n. count. counts responses. respondents. answers. base. size liczb liczebn ilosc l. "
        "licz. n completes. volume "
        "выборк количеств число. числен колво кол. база. размер"
    ),
    "total": "total sum. all. overall. razem suma. ogol lacz wszystki всего итого общ сумм",
    "headcount": "population populacj headcount workforce fte. zatrudnionych etat hc. штат. штатн численност",
    "invited": "invited eligible invitees zaproszon uprawnion recipients приглаш",
    "question": "question item. items statement wording pytani stwierdz twierdz вопрос утвержд формулир",
    "customer": (
        "customer client guest patient. buyer visitor consumer klient pacjent gosc. goscia kupujac konsument "
        "клиент пациент гост. гостя покупател посетител потребит"
    ),
    # What follows names none of our columns: it keeps a header that speaks of something else from being taken.
    "contact": (
        "communication komunikac contact kontakt phone telephone mobile address street postcode zip. telefon adres "
        "ulic fax url www ip. tel. kodpocztowy "
        "общени телефон адрес улиц индекс."
    ),
    "money": (
        "price amount salary pay. wage cost. costs revenue budget kwota cena placa koszt wynagrodz budzet pensj "
        "bonus payscale "
        "цена сумма зарплат стоимост оклад бюджет"
    ),
    "status": "hierarch status enabled состояни статус",
    "birth": "birth dob. urodz рожден",
    "duration": "duration second. seconds. minutes. tenure staz. sekund wypelniania стаж длительн",
    "share": "percent share. pct. participation frekwenc odset procent zwrotn доля. доли. процент отклик",
    "group": "group. grupa. grupy. bucket band. группа. группы.",
    "agent": "agent. assignee operator. konsultant collector doradca оператор",
    "spread": "deviation benchmark odchyl variance median отклон",
    "surface": "sqm metraz powierzchni floor. площадь",
}
