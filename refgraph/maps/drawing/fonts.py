"""Which fonts draw these names, and which names no installed font can draw."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.font_manager import FontEntry, FontProperties, fontManager, ttfFontProperty
from matplotlib.ft2font import FT2Font

from refgraph.names.spelling import as_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BASE", "Fonts", "follows", "for_names"]

BASE = "DejaVu Sans"
BOX = "\N{WHITE SQUARE}"

# What the extra ``fonts`` installs: nothing but files, so nothing of it is imported.
_PACKAGES = ("manimgx_fonts", "weblate_fonts")
# Of the second: Han letters as in China, then what other places have beyond them.
_HAN = ("Kurinto Sans SC", "Kurinto Sans JP", "Kurinto Sans KR", "Kurinto Sans TC", "Kurinto Sans")
_OURS = "{} of refgraph[fonts]"  # a name of its own, so that no font of the system stands in

# Of the system, where the extra has no such character. The first that has it draws it.
_FALLBACKS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Noto Sans CJK TC",
    "Noto Sans SC",
    "Noto Sans JP",
    "Noto Sans KR",
    "PingFang SC",
    "PingFang HK",
    "Hiragino Sans",
    "Microsoft YaHei",
    "Yu Gothic",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Droid Sans Fallback",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Noto Sans",
    "Nirmala UI",
    "Leelawadee UI",
    "Arial Unicode MS",
    "Symbola",
    "Noto Emoji",
    "Segoe UI Symbol",
)
_BREAKS = {"Cc", "Zl", "Zp"}
_JOINER = "\N{ZERO WIDTH JOINER}"
# Characters that show nothing and shape nothing. They are not drawn: a byte-order mark before a
# name, for one, is more than Matplotlib can put into a PDF.
_NOTHING = re.compile(
    "[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001]"
)
# And those that show nothing of their own: joiners, marks of direction, variations, fillers.
_HARDLY = re.compile(
    f"[{_NOTHING.pattern[1:-1]}\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180d\u200c-\u200f"
    "\u202a-\u202e\u2066-\u2069"
    "\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)
_EXTRA = (
    'pip install "refgraph[fonts]" adds Chinese, Japanese, Korean, Thai, Devanagari, most other '
    "living scripts and emoji"
)
_ANOTHER = "install a font that has these letters, such as the Noto Sans of their script"


@dataclass(frozen=True)
class Fonts:
    """The families to draw with, in order of fallback, and the characters none of them has.

    Attributes
    ----------
    families : tuple of str
        To be passed to Matplotlib as an explicit list: it falls back over nothing else.
    missing : frozenset of str
        Characters that no family has.
    unreadable : tuple of str
        The names that hold such a character, sorted.
    torn : frozenset of str
        Letters with marks that no single family has all of, though each is in some family.
    twins : tuple of str
        The names that look like another one, or like nothing, since what they hold more does
        not show, sorted.
    """

    families: tuple[str, ...] = (BASE,)
    missing: frozenset[str] = frozenset()
    unreadable: tuple[str, ...] = ()
    torn: frozenset[str] = frozenset()
    twins: tuple[str, ...] = ()

    def drawable(self, text: str) -> str:
        r"""Give `text` as it can be drawn: a numbered box stands for what no font has.

        Names that would look alike get a number too.

        Examples
        --------
        >>> Fonts().drawable("Ann")
        'Ann'
        >>> fonts = Fonts(missing=frozenset("\U000130c0"), unreadable=("Ann \U000130c0",))
        >>> fonts.drawable("Ann \U000130c0")
        'Ann □ #1'
        >>> Fonts(twins=("\ufeffAnn",)).drawable("\ufeffAnn")
        'Ann #1'
        """
        clean = text
        if not text.isprintable():
            clean = "".join(" " if unicodedata.category(c) in _BREAKS else c for c in text)
            clean = _NOTHING.sub("", clean)
        if text in self.twins:
            clean += f" #{len(self.unreadable) + self.twins.index(text) + 1}"
        if self.missing.isdisjoint(clean) and not self.torn:
            return clean
        if self.torn:
            whole = _with_marks(clean)
            clean = "".join(each[0] + BOX if each in self.torn else each for each in whole)
        parts: list[str] = []
        for letter in clean:
            if letter not in self.missing:
                parts.append(letter)
            elif not _joins(letter) and parts[-3:] != [BOX] * 3:
                parts.append(BOX)
        if text in self.unreadable:
            parts.append(f" #{self.unreadable.index(text) + 1}")
        return "".join(parts)

    def is_plain(self, text: str) -> bool:
        """Tell whether the base font has all of `text`, so that it may be set in bold."""
        return _characters(BASE).issuperset(self.drawable(text))

    def notes(self) -> tuple[str, ...]:
        """Say which names no installed font can draw, and the remedy; nothing if there are none.

        Examples
        --------
        >>> Fonts().notes()
        ()
        """
        return (*self._unreadable(), *self._twins())

    def undrawn(self, most: int | None = None) -> str:
        """Say under a map which numbered boxes stand for which names; "" if none does.

        Examples
        --------
        >>> Fonts().undrawn()
        ''
        """
        boxes = [self.drawable(name) for name in self.unreadable[:most]]
        return f"No installed font draws these names: {', '.join(boxes)}" if boxes else ""

    def _twins(self) -> tuple[str, ...]:
        if not self.twins:
            return ()
        names = [
            f"{as_codes(name, _joins)} (drawn as {self.drawable(name)})" for name in self.twins[:8]
        ]
        more = len(self.twins) - len(names)
        tail = f" and {more} more" if more else ""
        said = f"Some names hold characters that do not show: {', '.join(names)}{tail}."
        return (f"{said} Is one of them somebody else on the map? If so: refgraph people merge.",)

    def _unreadable(self) -> tuple[str, ...]:
        if not self.unreadable:
            return ()
        names = [f"{name} (drawn as {self.drawable(name)})" for name in self.unreadable[:8]]
        more = len(self.unreadable) - len(names)
        tail = f" and {more} more" if more else ""
        whole = all(map(find_spec, _PACKAGES))
        remedy = _ANOTHER if whole else _EXTRA
        return (f"No installed font can draw {', '.join(names)}{tail}: {remedy}.",)


def for_names(names: Iterable[str]) -> Fonts:
    """Choose the fonts for `names` from the characters they hold.

    Parameters
    ----------
    names : iterable of str
        Everything that will be written on the map as data.

    Returns
    -------
    Fonts
        DejaVu Sans, which Matplotlib brings along, and behind it only the families needed.

    Examples
    --------
    >>> for_names(["Ann Lee", "Łukasz Żółć", "محمد علي"]).families
    ('DejaVu Sans',)
    """
    texts = sorted(set(names))
    wanted = {c for text in texts for c in text if unicodedata.category(c) not in _BREAKS}
    wanted -= _characters(BASE)
    families = [BASE]
    for family in (*_extra(), *_FALLBACKS):
        if not wanted:
            break
        covered = wanted & _characters(family)
        if covered:
            _announce(family)
            families.append(family)
            wanted -= covered
    lost = {c for c in wanted if not _joins(c)}
    torn = _torn(texts, families, lost)
    unreadable = tuple(
        text
        for text in texts
        if not lost.isdisjoint(text) or (torn and not torn.isdisjoint(_with_marks(text)))
    )
    found = Fonts(tuple(families), frozenset(wanted), unreadable, frozenset(torn))
    return replace(found, twins=_twins(found, texts))


def _twins(fonts: Fonts, texts: list[str]) -> tuple[str, ...]:
    """Find the names that look like another one once what does not show is left out."""
    hiding = [text for text in texts if _HARDLY.search(text) and text not in fonts.unreadable]
    if not hiding:
        return ()
    looks = {text: _HARDLY.sub("", fonts.drawable(text)) for text in hiding}
    others = {fonts.drawable(text) for text in texts if text not in looks}
    count = Counter(looks.values())
    return tuple(
        text
        for text, look in looks.items()
        if look in others or count[look] > 1 or not look.strip()
    )


def _torn(texts: list[str], families: list[str], lost: set[str]) -> set[str]:
    """Find letters with marks that no family has all of; add families for those one does have."""
    marks = {c for c in set().union(*texts) if follows(c)}
    marked = [text for text in texts if not marks.isdisjoint(text)]
    every = dict.fromkeys(each for text in marked for each in _with_marks(text) if len(each) > 1)
    torn: set[str] = set()
    for each in every:
        letters = {c for c in each if not _joins(c)}
        if lost.isdisjoint(letters) and not any(letters <= _characters(f) for f in families):
            others = (f for f in (*_extra(), *_FALLBACKS) if letters <= _characters(f))
            family = next(others, None)
            if family is None:
                torn.add(each)
            else:
                _announce(family)
                families.append(family)
    return torn


def _with_marks(text: str) -> list[str]:
    """Split text into letters, each with what is drawn together with it."""
    found: list[str] = []
    for letter in text:
        if found and (follows(letter) or (found[-1][-1] == _JOINER and _pictured(letter))):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def follows(letter: str) -> bool:
    """Tell whether a character is drawn together with the one before it, by one font.

    Examples
    --------
    >>> follows("\N{COMBINING ACUTE ACCENT}"), follows("e")
    (True, False)
    """
    return (
        unicodedata.category(letter)[0] == "M"
        or letter == _JOINER
        or "\U0001f3fb" <= letter <= "\U0001f3ff"  # tones of skin
        or letter in "\uff9e\uff9f\u0e33\u0eb3"  # voiced marks of half width, Thai and Lao am
    )


def _pictured(letter: str) -> bool:
    return unicodedata.category(letter) == "So"


def _joins(letter: str) -> bool:
    """Tell whether a character shows nothing of its own: joiners, fillers, variations."""
    return _HARDLY.match(letter) is not None


@lru_cache(maxsize=64)
def _characters(family: str) -> frozenset[str]:
    """Give every character of an installed family, none if it is not installed."""
    face = _extra().get(family) or _installed(family)
    if face is None:
        return frozenset()
    return frozenset(map(chr, FT2Font(face.fname, face_index=face.index).get_charmap()))


def _installed(family: str) -> FontEntry | None:
    """Find the upright regular face of a family."""
    faces = [face for face in fontManager.ttflist if face.name == family]
    if not faces:
        return None
    path = fontManager.findfont(FontProperties(family=[family]), fallback_to_default=False)
    index = getattr(path, "face_index", 0)
    chosen = [face for face in faces if face.fname == str(path) and face.index == index]
    return (chosen or faces)[0]


@lru_cache(maxsize=1)
def _extra() -> dict[str, FontEntry]:
    """Give the upright faces that the extra ``fonts`` installed, by a name nothing else has."""
    found: dict[str, FontEntry] = {}
    for package in _PACKAGES:
        spec = find_spec(package)
        for folder in (spec and spec.submodule_search_locations) or ():
            paths = [path for path in Path(folder).rglob("*.[ot]t[cf]") if _is_ours(path)]
            faces = [face for path in sorted(paths) for face in _faces(path)]
            for face in sorted(faces, key=lambda face: (*_HAN, face.name).index(face.name)):
                if face.style == "normal" and face.weight in {400, "normal"}:
                    name = _OURS.format(face.name)
                    found.setdefault(name, replace(face, name=name))
    return found


def _is_ours(path: Path) -> bool:
    """Leave out faces that no name needs: bold ones, and those of Latin letters alone."""
    return not path.name.startswith("Source") and not path.stem.endswith(("-Bd", "-Italic[wght]"))


def _faces(path: Path) -> Iterable[FontEntry]:
    first = FT2Font(path)
    yield ttfFontProperty(first)
    for index in range(1, first.num_faces):
        yield ttfFontProperty(FT2Font(path, face_index=index))


def _announce(family: str) -> None:
    """Make a face of the extra known to Matplotlib."""
    face = _extra().get(family)
    if face is not None and face not in fontManager.ttflist:
        fontManager.ttflist.append(face)
