"""The container of old .xls files: which streams it has, and their bytes.

Only what the checks before opening need: bounded, no writing, no properties.
"""

import struct

_END = 0xFFFFFFFE
_HEADER_FAT_SLOTS = 109


class OleError(Exception):
    """The container is damaged."""


class OleFile:
    """An OLE container held in memory; `names` are its streams."""

    def __init__(self, content: bytes):
        self._content = content
        self._root_start = _END
        try:
            shift, mini_shift = struct.unpack_from("<HH", content, 30)
            if shift not in (9, 12) or mini_shift != 6:
                raise OleError
            self._sector = 1 << shift
            self._fat = self._read_fat()
            start = struct.unpack_from("<I", content, 48)[0]
            self._mini_cutoff, self._mini_start = struct.unpack_from("<II", content, 56)
            self._entries = self._read_directory(self._chain(start))
        except struct.error as error:
            raise OleError from error

    @property
    def names(self) -> set[str]:
        return set(self._entries)

    def read(self, name: str) -> bytes:
        """Return the bytes of one stream; OleError when its chain is broken."""
        start, size = self._entries[name]
        if size >= self._mini_cutoff:
            return self._chain(start)[:size]
        table = self._numbers(self._chain(self._mini_start))
        root = self._chain(self._root_start)
        return b"".join(
            root[number * 64 : number * 64 + 64] for number in self._walk(start, table)
        )[:size]

    def _read_fat(self) -> list[int]:
        slots = struct.unpack_from(f"<{_HEADER_FAT_SLOTS}I", self._content, 76)
        used = [slot for slot in slots if slot < 0xFFFFFFFA]
        return self._numbers(b"".join(self._at(slot) for slot in used))

    def _read_directory(self, directory: bytes) -> dict[str, tuple[int, int]]:
        entries = {}
        for offset in range(0, len(directory) - 127, 128):
            raw = directory[offset : offset + 128]
            length, kind = struct.unpack_from("<HB", raw, 64)
            start, size = struct.unpack_from("<II", raw, 116)
            if kind == 5:
                self._root_start = start
            elif kind == 2:
                name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "ignore")
                entries[name] = (start, size)
        return entries

    def _chain(self, start: int) -> bytes:
        return b"".join(self._at(number) for number in self._walk(start, self._fat))

    def _walk(self, start: int, table: list[int]) -> list[int]:
        numbers = []
        while start != _END:
            if start >= len(table) or len(numbers) > len(table):
                raise OleError
            numbers.append(start)
            start = table[start]
        return numbers

    def _at(self, number: int) -> bytes:
        offset = (number + 1) * self._sector
        if offset >= len(self._content):
            raise OleError
        return self._content[offset : offset + self._sector]

    @staticmethod
    def _numbers(raw: bytes) -> list[int]:
        count = len(raw) // 4
        return list(struct.unpack_from(f"<{count}I", raw))
