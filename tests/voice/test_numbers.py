"""Numbers remembered in arrays are those of a dictionary."""

from random import Random

from app.voice.imports.numbers import VALUE, Numbers


def test_what_was_put_in_comes_out_and_nothing_else() -> None:
    chance, numbers, plain = Random(7), Numbers(), dict[int, int]()
    for _ in range(6_000):
        number, value = chance.randrange(1 << 60), chance.randrange(VALUE + 1)
        numbers[number] = plain[number] = value
    assert all(number in numbers and numbers[number] == value for number, value in plain.items())
    assert not any(number + 1 in numbers for number in plain if number + 1 not in plain)
    assert len(numbers) == len(plain)


def test_numbers_that_want_the_same_place_stand_beside_each_other() -> None:
    numbers = Numbers()
    wanted = [place << 40 for place in range(50)]
    for number in wanted:
        assert number not in numbers
        numbers[number] = number >> 40
        numbers.add(number)
        numbers[number] = number >> 40
    assert [numbers[number] for number in wanted] == list(range(50))
    assert len(numbers) == 50
    assert 50 << 40 not in numbers


def test_the_ends_are_numbers_too() -> None:
    numbers = Numbers()
    assert 0 not in numbers
    numbers[0], numbers[(1 << 60) - 1] = VALUE, 1
    assert (numbers[0], numbers[(1 << 60) - 1]) == (VALUE, 1)


def test_what_is_there_stays_when_it_is_put_again() -> None:
    numbers = Numbers()
    assert [numbers.put(17, 0), numbers.put(17, 5), numbers.put(33, 7), numbers.put(33, 8)] == [None, 0, None, 7]
    assert (numbers[17], numbers[33], len(numbers)) == (0, 7, 2)
