"""What customers write in Polish, by how content they are and what it is about ("any" fits everywhere)."""

DAYS = ("w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek")

HIGH = {
    "counter": (
        "Pani przy okienku od razu wiedziała, o co chodzi, i załatwiła wszystko w pięć minut.",
        "Mama ma 82 lata i słabo słyszy, a obsłużono ją spokojnie i z ogromną cierpliwością.",
        "Bez kolejki, z uśmiechem, wszystko wyjaśnione.",
        "Trzeba było wpłacić sporo bilonu i nikt nie przewracał oczami. Dziękuję!",
        "Byłem {day} około {hour}, czekałem może trzy minuty. Tak to powinno działać.",
    ),
    "advice": (
        "Doradczyni policzyła mi trzy warianty i sama odradziła ten najdroższy. Rzadkość.",
        "Konto założone w {soon} minut, razem z aplikacją na telefonie. Jestem pod wrażeniem.",
        "Pan doradca oddzwonił dokładnie o tej godzinie, o której obiecał.",
        "Nikt mi niczego nie wciskał, a na pytania dostałam konkretne odpowiedzi.",
        "Kredyt gotówkowy załatwiony za jednym razem, bez dosyłania papierków.",
    ),
    "machine": (
        "Wpłatomat działa o każdej porze, a to dla mnie najważniejsze.",
        "Bankomat zatrzymał mi kartę, ale pani wyszła do mnie i od ręki pomogła.",
        "Nowy wpłatomat przyjmuje wszystko za pierwszym razem, wreszcie.",
    ),
    "phone": (
        "Dodzwoniłem się po minucie, a konsultant znał moją sprawę od początku do końca.",
        "Karta zgubiona na wakacjach, a pan po drugiej stronie zachował spokój za nas oboje.",
        "Jedna rozmowa, jedna osoba, sprawa zamknięta. Brawo.",
        "Konsultantka sama zauważyła podwójną opłatę i od razu ją zwróciła.",
        "Bardzo uprzejma rozmowa, bez czytania formułek z kartki.",
    ),
    "digital": (
        "Aplikacja prosta i szybka, przelew robię w drodze do tramwaju.",
        "BLIK działa zawsze, logowanie twarzą też. Niczego więcej nie potrzebuję.",
        "Na czacie odpisał człowiek, a nie robot, i to po dwóch minutach.",
        "Podoba mi się nowy podgląd wydatków, wreszcie wiem, gdzie znikają pieniądze.",
        "Zastrzeżenie karty zajęło dziesięć sekund, odblokowanie tyle samo.",
    ),
    "mortgage": (
        "Od wniosku do decyzji {days} dni i ani jednego zbędnego dokumentu.",
        "Pani od hipotek prowadziła nas za rękę, także u notariusza. Mamy mieszkanie!",
        "Wszystkie koszty poznaliśmy na pierwszym spotkaniu i nic się potem nie zmieniło.",
        "Trudna sprawa, dwa źródła dochodu i działka, a jednak się udało.",
    ),
    "complaint": (
        "Przyznali się do błędu, przeprosili i oddali pieniądze następnego dnia.",
        "Nie spodziewałam się, że na reklamację ktoś po prostu do mnie zadzwoni. Duży plus.",
        "Reklamacja rozpatrzona w {days} dni, z uzasadnieniem, które da się zrozumieć.",
        "Pomyłka zdarza się każdemu, ważne, jak się ją naprawia. Tu naprawiono wzorowo.",
    ),
    "callback": (
        "Po mojej krytycznej ankiecie ktoś zadzwonił, wysłuchał i naprawdę coś zmienił.",
        "Wiosną narzekałam na kolejki, a kierownik oddzwonił. Teraz jest dużo lepiej.",
        "Oddzwonili z pytaniem, czy problem na pewno zniknął. Zniknął!",
        "Kiedyś omijałem ten oddział, dziś polecam go znajomym. Czuć zmianę.",
    ),
    "any": (
        "Wszystko sprawnie i miło.",
        "Polecam każdemu!",
        "Jestem z Wami od lat i nie mam zamiaru zmieniać banku.",
        "Super obsługa, oby tak dalej.",
        "Szybko, jasno, po ludzku.",
        "Czuję się tu traktowana poważnie.",
        "Ogromne podziękowania dla pani Ani, uratowała mi dzień.",
        "Nie ma się do czego przyczepić.",
        "Obiecali i dotrzymali słowa.",
    ),
}

MIDDLE = {
    "counter": (
        "Obsługa miła, ale {day} czynne było tylko jedno okienko.",
        "W porządku, choć {minutes} minut czekania przy czterech osobach to jednak sporo.",
        "Pani bardzo się starała, tylko system trzy razy się zawiesił.",
        "Załatwione, ale drugi raz musiałam przyjść z innym dowodem adresu.",
    ),
    "advice": (
        "Doradca kompetentny, tylko termin wizyty dopiero za {days} dni.",
        "Dobrze wyjaśnione, ale za dużo papieru do podpisania.",
        "Oferta uczciwa, choć oprocentowanie mogłoby być lepsze.",
        "Konto otwarte, natomiast na kartę czekałem {days} dni.",
    ),
    "machine": (
        "Bankomat działa, ale prawie zawsze są w nim same setki.",
        "Wpłatomat w porządku, tylko ekran w słońcu zupełnie nieczytelny.",
        "Szkoda, że wpłatomat jest dostępny dopiero od ósmej.",
    ),
    "phone": (
        "Konsultant pomógł, ale najpierw {minutes} minut muzyki w słuchawce.",
        "Sprawa załatwiona, choć przełączano mnie dwa razy.",
        "Miła rozmowa, tylko weryfikacja trwa dłużej niż sama sprawa.",
        "Dobrze, że infolinia działa wieczorem. Menu głosowe do poprawy.",
    ),
    "digital": (
        "Aplikacja wygodna, ale po ostatniej zmianie szukam przelewów po całym ekranie.",
        "Działa dobrze, brakuje mi tylko historii starszej niż rok.",
        "Czat pomógł, chociaż bot dwa razy nie zrozumiał pytania.",
        "Na starszym telefonie aplikacja chodzi powoli.",
    ),
    "mortgage": (
        "W końcu się udało, ale lista dokumentów zmieniała się po drodze.",
        "Decyzja po {days} dniach, bywało szybciej, bywało wolniej.",
        "Doradczyni świetna, analityk mniej rozmowny.",
        "Warunki dobre, ale ubezpieczenie można by wyjaśnić prościej.",
    ),
    "complaint": (
        "Reklamacja uznana, ale pismo napisane językiem prawników.",
        "Pieniądze wróciły, przeprosin zabrakło.",
        "Trwało {days} dni, ostatecznie po mojej myśli.",
        "Dobrze, że ktoś w końcu przeczytał całość, a nie tylko pierwsze zdanie.",
    ),
    "callback": (
        "Ktoś oddzwonił po ankiecie. Miły gest, poczekam na efekty.",
        "Widać poprawę, kolejki krótsze, choć w piątki jeszcze bywa ciężko.",
    ),
    "any": (
        "W porządku, bez zachwytów.",
        "Jest dobrze, może być lepiej.",
        "Raczej polecam, zależy, na kogo się trafi.",
        "Opłaty mogłyby być niższe, poza tym w porządku.",
        "Dość sprawnie, ale bez indywidualnego podejścia.",
        "Bank jak bank.",
        "Nie mam większych uwag.",
    ),
}

LOW = {
    "counter": (
        "{minutes} minut w kolejce, a za szybą trzy osoby rozmawiały ze sobą.",
        "Przyszłam {day} i usłyszałam, że system nie działa, proszę przyjść jutro.",
        "Kasa zamknięta przed czasem, na drzwiach nawet kartki nie było.",
        "Potraktowano mnie jak intruza, bo poprosiłem o wydruk historii.",
        "Trzeci raz tłumaczę to samo, za każdym razem innej osobie.",
    ),
    "advice": (
        "Umówiona godzina {hour}, przyjęto mnie {minutes} minut później i bez słowa przepraszam.",
        "Doradca sprzedał mi konto z opłatą, o której nie wspomniał ani słowem.",
        "Miał ktoś oddzwonić. Mija {days} dni i cisza.",
        "Chciałam zamknąć kartę, a usłyszałam ofertę następnej.",
        "Pytałem o warunki kredytu, dostałem ulotkę i wizytówkę.",
    ),
    "machine": (
        "Wpłatomat połknął pieniądze, a na wyjaśnienie czekam już {days} dni.",
        "Bankomat nieczynny trzeci weekend z rzędu.",
        "Maszyna odrzuca co drugi banknot, szkoda nerwów.",
    ),
    "phone": (
        "{minutes} minut czekania, a potem mnie rozłączyło.",
        "Cztery osoby, cztery różne odpowiedzi na to samo pytanie.",
        "Konsultant czytał z kartki i nie słuchał, co mówię.",
        "Automat nie rozumie, człowiek nie może, a ja dalej bez karty.",
        "Obiecano oddzwonić do {hour}. Nikt nie zadzwonił.",
    ),
    "digital": (
        "Po aktualizacji nie mogę się zalogować, a kod SMS nie przychodzi.",
        "Aplikacja wylogowuje w połowie przelewu. Codziennie.",
        "Czat to bot, który w kółko odsyła do tej samej strony.",
        "Przerwa techniczna w dniu wypłaty, naprawdę?",
        "Z czytnikiem ekranu aplikacja jest nie do obsłużenia.",
    ),
    "mortgage": (
        "Trzy miesiące, pięć zaświadczeń i odmowa bez wyjaśnienia.",
        "Decyzja przyszła po terminie umowy przedwstępnej. Straciliśmy zadatek.",
        "Za każdym razem brakuje innego dokumentu, nikt nie zna całej listy.",
        "Oprocentowanie w umowie inne niż to z rozmowy.",
    ),
    "complaint": (
        "Odpowiedź skopiowana z regulaminu, nikt nawet nie przeczytał mojego pisma.",
        "Czekam {days} dni na odpowiedź, która miała być w trzy.",
        "Odrzucono bez podania przyczyny. Odwołanie odrzucono takim samym zdaniem.",
        "Sprawę opisałam już cztery razy i dalej nikt nie czuje się odpowiedzialny.",
    ),
    "callback": (
        "Oddzwoniono, to fakt, ale opłaty nadal nikt nie zwrócił.",
        "Lepiej niż kiedyś, ale {minutes} minut w kolejce to nadal za długo.",
    ),
    "any": (
        "Nie polecam.",
        "Obietnice bez pokrycia.",
        "Opłaty rosną, a jakość spada.",
        "Po piętnastu latach przenoszę konto gdzie indziej.",
        "Nikt nie potrafi podjąć decyzji, każdy odsyła dalej.",
        "Mam wrażenie, że przeszkadzam.",
        "Szkoda czasu.",
    ),
}

TAILS = {
    "high": ("Dziękuję!", "Tak trzymać.", "Wielki plus.", "Aż miło napisać.", "Oby więcej takich osób."),
    "middle": ("Reszta bez uwag.", "Czekam na poprawę.", "Ogólnie na plus.", "Da się z tym żyć.", "Tyle ode mnie."),
    "low": (
        "Wstyd.",
        "To już drugi raz w tym roku.",
        "Proszę coś z tym zrobić.",
        "Rozczarowanie.",
        "Oczekuję kontaktu.",
    ),
}
