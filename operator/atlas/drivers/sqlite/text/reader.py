"""Walking over the tokens of one CREATE statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from atlas.drivers.sqlite.text.tokens import UnknownText, tokens_of
from atlas.errors import Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.sqlite.text.tokens import Token

_SHOWN = 40


class Reader:
    """A place in a text. ``subject`` names what is read in messages, as ``table "t"``."""

    def __init__(self, text: str, subject: str) -> None:
        self.text = text
        self.subject = subject
        self._position = 0
        try:
            self._tokens = tokens_of(text)
        except UnknownText as error:
            self._tokens = ()
            self.refuse(str(error))
        self._words = tuple([token.word for token in self._tokens])

    def refuse(self, found: str) -> NoReturn:
        """Give up.

        Raises:
            Unsupported: With the subject and what was found.
        """
        raise Unsupported(
            f"sqlite: the definition of {self.subject} is not understood at {found[:_SHOWN]!r}; "
            "it was not compared, please report it"
        )

    @property
    def token(self) -> Token | None:
        """The next token, None at the end."""
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    @property
    def word(self) -> str:
        """The next token as a word in capitals or a sign, '' when it is neither."""
        return self.word_at(0)

    def word_at(self, distance: int) -> str:
        """As ``word``, some tokens ahead."""
        position = self._position + distance
        return self._words[position] if position < len(self._words) else ""

    def next(self) -> Token:
        """Take the next token."""
        token = self.token
        if token is None:
            self.refuse("its end")
        self._position += 1
        return token

    def accept(self, *words: str) -> bool:
        """Take these words if all of them come next."""
        end = self._position + len(words)
        if self._words[self._position : end] != words:
            return False
        self._position = end
        return True

    def expect(self, *words: str) -> None:
        """Take these words."""
        if not self.accept(*words):
            self.refuse(self.rest() or "its end")

    def one_of(self, *words: str) -> str:
        """Take one of these words and return it; '' when none of them comes next."""
        word = self.word
        if word not in words:
            return ""
        self._position += 1
        return word

    def name(self) -> str:
        """Take a name."""
        name = self.next().name
        if name is None:
            self._position -= 1
            self.refuse(self.rest())
        return name

    def qualified_name(self) -> str:
        """Take a name that may have a schema in front; the schema is dropped."""
        name = self.name()
        return self.name() if self.accept(".") else name

    def names(self) -> tuple[str, ...]:
        """Take ``(a, b)``."""
        self.expect("(")
        found = [self.name()]
        while self.accept(","):
            found.append(self.name())
        self.expect(")")
        return tuple(found)

    def group(self) -> str:
        """Take ``( … )`` and return what is inside."""
        self.expect("(")
        start = end = self._place()
        depth = 1
        while True:
            token = self.next()
            depth += (token.text == "(") - (token.text == ")")
            if not depth:
                return self.text[start:end]
            end = token.end

    def parts(self) -> Iterator[str]:
        """Take ``(x, y)`` and return what stands between the commas, which may hold parentheses of its own."""
        self.expect("(")
        depth = 0
        start = end = self._place()
        while True:
            token = self.next()
            if depth == 0 and token.text in {",", ")"}:
                yield self.text[start:end]
                if token.text == ")":
                    return
                start = self._place()
            depth += (token.text == "(") - (token.text == ")")
            end = token.end

    def rest(self) -> str:
        """Everything that was not taken, as it stands; a semicolon or comment at the end is left out."""
        last = next((each for each in reversed(self._tokens) if each.text != ";"), None)
        return self.text[self._place() : last.end] if last else ""

    def until(self, *words: str) -> str:
        """Take everything up to one of these words outside of parentheses, which stays; return it."""
        start = end = self._place()
        depth = 0
        while depth or self.word not in words:
            token = self.next()
            end = token.end
            depth += (token.text == "(") - (token.text == ")")
        return self.text[start:end]

    def end(self) -> None:
        """Nothing may follow."""
        self.accept(";")
        if self.token is not None:
            self.refuse(self.rest())

    def _place(self) -> int:
        return self.token.start if self.token else len(self.text)
