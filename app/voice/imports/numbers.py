"""Large numbers remembered in little room: a million of them in 24 MB, where a dictionary takes five times that."""

from array import array

TABLES = 16  # each grows by itself, so that growing never takes the room of all of them once more
FIRST_ROOM = 1 << 8
FULL = 2 / 3
VALUE = (1 << 32) - 1


class Numbers:
    """From a number below 2⁶³, whose last bits are as good as random, to one below 2³². It only grows."""

    def __init__(self) -> None:
        self._tables = [_Table() for _ in range(TABLES)]

    def __contains__(self, number: int) -> bool:
        return self._tables[number % TABLES].get(number // TABLES) is not None

    def __getitem__(self, number: int) -> int:
        return self._tables[number % TABLES].get(number // TABLES) or 0

    def __setitem__(self, number: int, value: int) -> None:
        self._tables[number % TABLES].set(number // TABLES, value)

    def put(self, number: int, value: int) -> int | None:
        """Its value, where it has one; else it has this one from now on."""
        table = self._tables[number % TABLES]
        before = table.get(number // TABLES)
        if before is None:
            table.set(number // TABLES, value)
        return before

    def add(self, number: int) -> None:
        self[number] = 0

    def __len__(self) -> int:
        return sum(table.count for table in self._tables)


class _Table:
    """With open addressing: a number stands in the place that its last bits name, or in the next free one."""

    def __init__(self) -> None:
        self.count = 0
        self._make_room(FIRST_ROOM)

    def _make_room(self, room: int) -> None:
        self._mask, self._most = room - 1, int(room * FULL)
        # Not from bytes: those would take the same room once more.
        self._numbers, self._values = array("Q", [0]) * room, array("I", [0]) * room

    def _place(self, kept: int) -> int:
        numbers, mask = self._numbers, self._mask
        place = kept & mask
        while (there := numbers[place]) and there != kept:
            place = (place + 1) & mask
        return place

    def get(self, number: int) -> int | None:
        place = self._place(number + 1)
        return self._values[place] if self._numbers[place] else None  # a place that is free holds 0

    def set(self, number: int, value: int) -> None:
        place = self._place(number + 1)
        if not self._numbers[place]:
            self.count += 1
            self._numbers[place] = number + 1
        self._values[place] = value
        if self.count > self._most:
            self._grow()

    def _grow(self) -> None:
        numbers, values = self._numbers, self._values
        self._make_room(2 * len(numbers))
        for place, kept in enumerate(numbers):
            if kept:
                there = self._place(kept)
                self._numbers[there], self._values[there] = kept, values[place]
