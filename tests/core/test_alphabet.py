from app.core.alphabet import alphabetical


def test_marks_on_letters_do_not_send_a_name_behind_z() -> None:
    names = ["Zakopane", "Łódź", "Lublin", "Olsztyn", "Ósma", "Lodz", "świdnik", "Sopot", "Ёлка", "Жук", "Ель"]
    assert sorted(names, key=alphabetical) == [
        "Lodz", "Łódź", "Lublin", "Olsztyn", "Ósma", "Sopot", "świdnik", "Zakopane", "Ёлка", "Ель", "Жук",
    ]  # fmt: skip
