"""Large numbers remembered in little room: a million of them in 24 MB, where a dictionary takes five times that."""

from array import array

FIRST_ROOM = 1 << 12
FULL = 2 / 3
VALUE = (1 << 32) - 1


class Numbers:
    """From a number below 2⁶³, whose last bits are as good as random, to one below 2³². It only grows.

    A table with open addressing: a number stands in the place that its last bits name, or in the next free one.
    """

    def __init__(self) -> None:
        self._count = 0
        self._make_room(FIRST_ROOM)

    def _make_room(self, room: int) -> None:
        self._mask, self._most = room - 1, int(room * FULL)
        self._numbers, self._values = array("Q", bytes(8 * room)), array("I", bytes(4 * room))

    def _place(self, kept: int) -> int:
        numbers, mask = self._numbers, self._mask
        place = kept & mask
        while (there := numbers[place]) and there != kept:
            place = (place + 1) & mask
        return place

    def __contains__(self, number: int) -> bool:
        return self._numbers[self._place(number + 1)] != 0  # a place that is free holds 0

    def __getitem__(self, number: int) -> int:
        return self._values[self._place(number + 1)]

    def __setitem__(self, number: int, value: int) -> None:
        place = self._place(number + 1)
        if not self._numbers[place]:
            self._count += 1
            self._numbers[place] = number + 1
        self._values[place] = value
        if self._count > self._most:
            self._grow()

    def add(self, number: int) -> None:
        self[number] = 0

    def __len__(self) -> int:
        return self._count

    def _grow(self) -> None:
        numbers, values = self._numbers, self._values
        self._make_room(2 * len(numbers))
        for place, kept in enumerate(numbers):
            if kept:
                there = self._place(kept)
                self._numbers[there], self._values[there] = kept, values[place]
