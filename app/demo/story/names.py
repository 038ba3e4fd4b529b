"""Made-up names: Polish, Ukrainian and Russian, English; drawn at random and never twice."""

import unicodedata
from random import Random

FEMALE, MALE = "f", "m"

POLISH_FIRST = {
    FEMALE: """Agata Agnieszka Aleksandra Alicja Aneta Anna Barbara Beata Bożena Danuta Dominika Dorota Edyta Elżbieta
        Emilia Gabriela Grażyna Halina Hanna Iga Ilona Irena Iwona Izabela Joanna Jolanta Julia Justyna Kamila Karolina
        Katarzyna Kinga Klaudia Lidia Lucyna Magdalena Maja Małgorzata Maria Marta Martyna Milena Monika Natalia
        Nina Oliwia Patrycja Paulina Renata Róża Sylwia Teresa Urszula Weronika Wiktoria Zofia Zuzanna Żaneta""",
    MALE: """Adrian Aleksander Andrzej Antoni Artur Bartłomiej Bartosz Bogdan Cezary Damian Daniel Dariusz Dawid Dominik
        Filip Franciszek Grzegorz Hubert Ignacy Igor Jacek Jakub Jan Janusz Jarosław Jerzy Kacper Kamil Karol Konrad
        Krzysztof Łukasz Maciej Marcin Mariusz Mateusz Michał Mikołaj Norbert Patryk Paweł Piotr Przemysław Radosław
        Rafał Robert Ryszard Sebastian Stanisław Szymon Tadeusz Tomasz Waldemar Wiktor Witold Wojciech Zbigniew""",
}
# A name on -ski or -cki has a feminine form; the others serve everybody. Names that many would know are left out.
POLISH_LAST = """
    Adamczyk Andrzejewski Banaś Baran Bąk Bielecki Błaszczyk Borkowski Brzeziński Chmielewski Chojnacki Cieślak
    Cybulski Czajkowski Czerwiński Dąbrowski Dobrowolski Domański Drozd Dziedzic Fijałkowski Filipek Gajda Gajewski
    Gawroński Głowacki Gołębiowski Góra Górski Grabowski Grochowski Gutowski Jabłoński Jagielski Janik Jankowski
    Janowski Jasiński Jastrzębski Jaworski Kaczmarek Kalinowski Kamiński Karpiński Kasprzak Kędzierski Klimek
    Kołodziej Konieczny Kopeć Kosiński Kot Kozieł Kozłowski Krajewski Krupa Krzyżanowski Kucharski Laskowski
    Leśniewski Lisowski Łuczak Maciejewski Majchrzak Majewski Malinowski Marciniak Markowski Marszałek Mazur Mazurek
    Michalak Mikołajczyk Milewski Mróz Murawski Niewiadomski Olejniczak Orłowski Ostrowski Owczarek Pająk Pawłowski
    Piątek Piekarski Pietrzyk Piotrowski Przybylski Ratajczak Rogalski Romanowski Rudnicki Rutkowski Rybak Skiba
    Skowroński Sobczak Sosnowski Stachowiak Stankiewicz Stefański Stępień Szczepaniak Szczepański Szewczyk Szulc
    Szymański Śliwiński Tomczak Tomaszewski Turek Urban Urbański Walczak Wasilewski Wieczorek Wierzbicki Wilczyński
    Wilk Witkowski Włodarczyk Wojciechowski Wójcik Wrona Wysocki Zając Zakrzewski Zalewski Zawadzki Ziółkowski Żak
    Żurek
"""
# As passports write them. Surnames on -ov, -ev and -in have a feminine form as well.
EASTERN_FIRST = {
    FEMALE: "Alina Anastasiia Daria Halyna Inna Iryna Kateryna Larysa Lesia Liudmyla Mariia Nadiia Natalia Oksana "
    "Olena Olha Polina Sofiia Svitlana Tetiana Valentyna Viktoriia Yana Yuliia Zoia",
    MALE: "Andrii Anton Artem Bohdan Denys Dmytro Hennadii Ihor Kirill Maksym Mykhailo Mykola Oleh Oleksandr Pavlo "
    "Roman Ruslan Serhii Taras Vadym Vasyl Viktor Vladyslav Yevhen Yurii",
}
EASTERN_LAST = """
    Bilyk Bondar Bondarenko Chernenko Danylenko Dovzhenko Fedorov Havryliuk Hnatiuk Ivanchuk Kharchenko Klymenko
    Kolesnyk Kovalchuk Kovalenko Kravchenko Kravets Kuzmin Lysenko Marchenko Melnyk Moroz Nazarenko Oliinyk
    Panchenko Petrenko Polishchuk Ponomarenko Romaniuk Rudenko Savchenko Semenov Shevchuk Shvets Sokolov Sydorenko
    Tarasenko Tymoshchuk Vasylenko Volkov Voronin Yakovenko Zaitsev
"""
ENGLISH_FIRST = {
    FEMALE: "Aisha Amelia Bridget Charlotte Eleanor Fiona Grace Imogen Priya Siobhan",
    MALE: "Alistair Benjamin Callum Edward Gareth Kwame Oliver Rajesh Stuart Theo",
}
ENGLISH_LAST = """
    Adeyemi Ashworth Bennett Carmichael Davies Fitzgerald Gallagher Hughes Kapoor MacKenzie Osborne Pemberton
    Radcliffe Sinclair Whitfield
"""

FEMININE = (("ski", "ska"), ("cki", "cka"), ("ov", "ova"), ("in", "ina"), ("ev", "eva"))
DOUBLE_BARRELLED = 0.09
# Letters that do not come apart into a plain one and a mark.
UNDIVIDED = str.maketrans({"ł": "l", "Ł": "L", "'": ""})


class Names:
    """Draws names; remembers which are taken."""

    def __init__(self, rng: Random, taken: set[str]) -> None:
        self.rng = rng
        self.taken = taken

    def draw(self, language: str) -> str:
        while True:
            name = self._any(language)
            if name not in self.taken:
                self.taken.add(name)
                return name

    def _any(self, language: str) -> str:
        gender = FEMALE if self.rng.random() < 0.62 else MALE
        # Many who read Polish have a Ukrainian name; nearly all who chose Russian do.
        eastern = self.rng.random() < {"pl": 0.03, "ru": 0.96, "en": 0.1}[language]
        if eastern:
            return f"{self._one(EASTERN_FIRST[gender])} {_form(self._one(EASTERN_LAST), gender)}"
        if language == "en":
            return f"{self._one(ENGLISH_FIRST[gender])} {self._one(ENGLISH_LAST)}"
        return f"{self._one(POLISH_FIRST[gender])} {self._polish_last(gender)}"

    def _one(self, names: str) -> str:
        return self.rng.choice(names.split())

    def _polish_last(self, gender: str) -> str:
        if gender == FEMALE and self.rng.random() < DOUBLE_BARRELLED:
            return "-".join(_form(part, gender) for part in self.rng.sample(POLISH_LAST.split(), 2))
        return _form(self._one(POLISH_LAST), gender)


def _form(surname: str, gender: str) -> str:
    if gender == FEMALE:
        for masculine, feminine in FEMININE:
            if surname.endswith(masculine):
                return surname.removesuffix(masculine) + feminine
    return surname


def mailbox(name: str) -> str:
    """The part of an address before the @: plain letters, dots for spaces."""
    plain = unicodedata.normalize("NFKD", name.translate(UNDIVIDED))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower().replace(" ", ".")
