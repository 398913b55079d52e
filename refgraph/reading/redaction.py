"""Messages about a book, for a screen that others see: the place and the cause, no content.

Nothing is looked for that must go; what may stay is listed. A message keeps the words that
refgraph itself says, and numbers; what stands in quotes, and every other word, goes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.reading.book_files import BOOK_FILES

if TYPE_CHECKING:
    from refgraph.errors import Problem

__all__ = ["GONE", "concealed", "redacted", "redacted_text", "shown_path"]

#: What stands where something was left out.
GONE = "…"
# Text in quotes, as refgraph writes them; an apostrophe within a word opens none.
_IN_QUOTES = re.compile(r"""(?<!\w)(?:'.*?'|".*?")(?!\w)""", re.DOTALL)
# A list of headers, which are names where a table has none, or has people for columns.
_HEADERS = re.compile(r"(the columns are:|left out the columns?) .*", re.DOTALL)
_DATE_FORM = re.compile(r"'%[A-Za-z](?:[-/., :T]{1,2}%[A-Za-z])*'")
_CONTRACTION = re.compile(r"(?<=n)'(?=t\b)|(?<=\w)'(?=s\b)")
# Words of letters, each with what joins it to others; a code point or a byte is no word.
_WORD = re.compile(
    r"(?<![\w%])%[A-Za-z](?![A-Za-z])|(?<![\w-])-b(?!\w)|U\+[0-9A-F]{4,6}|0x[0-9A-F]{2}|[^\W\d_]+|\.\.\."
)
_LETTERS = re.compile(r"[^\W\d_]+")
_DATA = re.compile(r"[^\x20-\x7e…·]+")
_GAPS = re.compile(rf"{GONE}(?:[^\w,;:.?({GONE}]*(?:[-'/\\@._,;&+()]* *){GONE})+")
#: What is said of a problem whose message cannot be told from what it quotes.
_CAUSES = {
    "parseable": "this cannot be read",
    "complete": "the last line does not end in a newline",
    "fields": "a cell does not hold what its column may",
    "dates": "a date cannot be read, or is after today",
    "counts": "a count is not a whole number above 0",
    "distinct": "somebody refers to themselves",
    "ids": "an id is used twice, or is not known",
    "aliases": "an alias stands for two people",
    "assertions": "the total is not that of the book",
    "people": "somebody is not in people.csv",
    "lookalikes": "two names may be one person",
    "spreadsheet": "a spreadsheet would compute a cell",
    "recent": "somebody was not heard of for longer than their cadence",
}

_WORDS = """
    ab above accents accepting account add address addresses after again ago ahead alias
    aliases alike allowed already among amount an and another any apart apostrophe appears
    archive are arranged array as ascii ask asserted assertion assertions at back bare bars
    basic be because before begins below between big bin binary blanks book both buffer
    bulk but by byte bytes cadence cadences calendar call called can cannot capital cell
    cells change character characters check chooses clean clear client close closed closing
    codes column columns comma command comment company compare complete compressed compute
    computes contact contacted contain contains content control copy correct corrected
    count counted country counts county cp csv currency cut damaged dame date dates day
    days dd decimal declared decode deeply delimiter delimiters dependable derived did
    differ difference digits direction directions distinct do does duplicate duplicates e
    each edit edits else email empty encode encoding end endorsement ends enough error
    escape et every everyone everywhere example excel exchange exist expected false few
    field fields file files fill filled filter find first fit flag folder follow follows
    for form format formula found fragments from get gift give given giver got group half
    handoff handoffs happened has have header health helpful her here hidden hides holds
    how id ids if ignore import in init initial inline inside instead into introduced
    introduction invalid invisible is iso it its itself keep key killed kind kinds known
    last latin law le leave leaves left let letter letters level like limit limited line
    lines list literal load long longer look lookalike lookalikes looking lost made mail
    mark material max may me mean meeting merge merged merging met middle miss missing mm
    mode money month monthly months more most must my name named names nearest need needs
    nested never new newline next no nobody none not note nothing number numbers odd of off
    offers old on once one ones only open opendocument opened options or order ordereddates
    other others out over overwrite own pages pair pairs parse parseable part partner parts
    password pasting pdf people perhaps person personal pipe plain point position positions
    profession profile profiles prose prospect punctuation put quarterly quote quoted
    quotes raise raw reaches read reader reading realestate received receiver recent
    recommendation record refer referral referrals refers refgraph refuse register remove
    rename repeats replace replacing reports restore result returned right role roles roman
    round row rows runs same sample save say says seconds see semicolon semicolons sent
    separate separated separates separator set setting settings settled several share
    shared sheet sheets short shorten since so source space span spelling spellings split
    spreadsheet stable stand stands start statement states status statuses strict string
    such synonyms tab table tabs takes tell text texts than thanked thanks that the their
    them themselves there these they this those three through time times title to today
    told toml too total totals touch touches track true twice two type undo unexpected
    unfolds unheard unicode unix unquoted unreadable unsafe unseen unterminated until
    update use used utf value vertical visible was way wb weeks what which who whole
    windows with within without won words workbook worth would write writes writing written
    xl xlsb xlsm xlsx xml year yearly years yes yet you yyyy zero zip zs
"""
_SAID = frozenset(_WORDS.split())


#: Checks whose message says how often, or how alike, something in the book is.
_COUNTED = ("assertions", "people", "lookalikes")


def concealed(problem: Problem) -> Problem:
    """Give a problem of a book whose profession hides prospects, values and numbers.

    Examples
    --------
    >>> from refgraph.errors import Problem
    >>> row = "2026-01-02,Ann,Bo,Zoe Hart"
    >>> print(concealed(Problem("r.csv", 2, "'Ann' appears twice", row, check="people")))
    r.csv:2: somebody is not in people.csv
    """
    if Path(problem.path).name == "refgraph.toml":  # it tells of no referral
        return problem
    told = redacted(problem)
    if problem.check in _COUNTED:
        told = replace(told, message=_CAUSES[problem.check])
    return told


def redacted(problem: Problem, *, named: bool = True) -> Problem:
    """Give a problem without anything that the book says: its place, its cause, a remedy.

    Parameters
    ----------
    problem : Problem
        What is wrong.
    named : bool, default True
        Whether the user named the book, so that its path may be shown; if not, the file
        is called by the name that every book gives it.

    Examples
    --------
    >>> from refgraph.errors import Problem
    >>> row = "9,2026-02-30,Ann,Bo"
    >>> print(redacted(Problem("r.csv", 2, "'Ann' is not a date", row, column="since")))
    r.csv:2: since: … is not a date
    """
    message = redacted_text(problem.message)
    if message is None:
        message = _CAUSES.get(problem.check, _CAUSES["parseable"])
    if problem.column and problem.column not in message:
        message = f"{problem.column}: {message}"
    path = problem.path if named else shown_path(problem.path)
    hint = redacted_text(problem.hint) or ""
    return replace(problem, path=path, message=message, excerpt="", hint=hint)


def redacted_text(text: str) -> str | None:
    """Give a message without what it quotes and without every word that is not refgraph's.

    None if its quotes do not close, so that nobody can tell what they hold.

    Examples
    --------
    >>> redacted_text("'Bo Park' appears twice; did you mean 'Bo Prak' (3 times)?")
    '… appears twice; did you mean … (3 times)?'
    >>> redacted_text("there is no 2026-02-30"), redacted_text("the file of Ann Lee")
    ('there is no 2026-02-30', 'the file of …')
    >>> redacted_text("'1 May' is no date; say it: --date-format %d/%m/%Y; read as '%Y-%m-%d'")
    '… is no date; say it: --date-format %d/%m/%Y; read as %Y-%m-%d'
    >>> redacted_text("'O' Brien' is not a date")
    """
    text = _HEADERS.sub(rf"\1 {GONE}", text)
    without = _IN_QUOTES.sub(_quoted_as_shown, text)
    if "'" in _CONTRACTION.sub("", without) or '"' in without:
        return None
    told = _WORD.sub(lambda found: found[0] if _may_stay(found[0]) else GONE, without)
    return _GAPS.sub(GONE, _DATA.sub(GONE, told))


def _quoted_as_shown(found: re.Match[str]) -> str:
    """Hide what a message quotes, but for how dates are written, which is nobody's."""
    if _DATE_FORM.fullmatch(found[0]):
        return found[0].strip("'")
    return "" if found[0] == '""' else GONE


def shown_path(path: str) -> str:
    """Give the name that every book gives a file, without the folder; else no name.

    Examples
    --------
    >>> shown_path("/home/ann/Ann Lee/people.csv"), shown_path("/home/ann/Ann Lee.csv")
    ('people.csv', 'the book')
    """
    name = Path(path).name
    return name if name in BOOK_FILES else "the book"


def _may_stay(word: str) -> bool:
    is_word = _LETTERS.fullmatch(word)  # ½ and ² are among the letters here
    return not is_word or word.casefold() in _SAID or word in ("a", "I", "A", "x")
