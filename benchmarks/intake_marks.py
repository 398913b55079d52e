"""Rows that are no referrals or no longer count: averages and goals, void rows, cells struck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from intake_files import File
from intake_shapes import shape
from intake_sheets import plain
from intake_truth import Table, world_of
from intake_workbooks import styled

if TYPE_CHECKING:
    import random

_SAID = ("day", "prospect")
_HEADERS = (
    ("Date", "From", "To", "Client", "Fee"),
    ("Datum", "Empfohlen von", "Empfohlen an", "Kunde", "Provision"),
    ("Date", "Recommandé par", "Recommandé à", "Client", "Commission"),
    ("Fecha", "Referido por", "Referido a", "Cliente", "Comisión"),
    ("Data", "Segnalato da", "Segnalato a", "Cliente", "Provvigione"),
    ("Datum", "Doorverwezen door", "Doorverwezen naar", "Klant", "Provisie"),
    ("Data", "Indicado por", "Indicado para", "Cliente", "Comissão"),
)
_SUMMARIES = (
    ("Average", "Goal", "Target 2026", "Previous year", "Year to date", "Chapter average"),
    ("Durchschnitt", "Ziel", "Vorjahr", "Soll", "Abweichung", "Monatsziel"),
    ("Moyenne", "Objectif", "Année précédente", "Écart", "Prévision", "Cumul"),
    ("Promedio", "Objetivo", "Año anterior", "Meta", "Diferencia", "Acumulado"),
    ("Media", "Obiettivo", "Anno precedente", "Scostamento", "Differenza", "Anno scorso"),
    ("Gemiddelde", "Doel", "Vorig jaar", "Verschil", "Begroting", "Streefcijfer"),
    ("Média", "Meta", "Ano anterior", "Diferença", "Orçamento", "Ano passado"),
)
_VOID = ("Void?", "Deleted", "Duplicate", "Gelöscht", "Doublon", "Eliminado", "Excluído")


@shape("rows of averages, goals and other years")
def _summaries(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    tongue = chance.randrange(len(_HEADERS))
    rows: list[list[Any]] = [[*_HEADERS[tongue]]]
    rows += [
        [fact.day, fact.giver, fact.receiver, fact.prospect, chance.randrange(50, 900)]
        for fact in w.facts
    ]
    place = chance.choice((0, 1, 3))
    for word in chance.sample(_SUMMARIES[tongue], chance.randrange(1, 4)):
        row: list[Any] = ["", "", "", "", chance.randrange(1, 9000)]
        row[place] = word
        rows.append(row)
    return File("log.xlsx", styled({"Log": rows}), Table({}, plain(w.facts), _SAID, None))


@shape("a column that says which rows are void")
def _void_rows(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    tongue = chance.randrange(len(_HEADERS))
    yes, no = chance.choice((("x", ""), ("Yes", "No"), (True, False), ("ja", "nein")))
    kept, rows = [], [[*_HEADERS[tongue][:4], chance.choice(_VOID)]]
    for fact in w.facts:
        is_void = len(kept) > 1 and chance.random() < 0.2
        kept += [] if is_void else [fact]
        rows.append([fact.day, fact.giver, fact.receiver, fact.prospect, yes if is_void else no])
    people = [w.me, *w.others]
    return File("log.xlsx", styled({"L": rows}), Table({}, plain(kept), _SAID, None, people=people))


@shape("more than forty sheets, one for each week")
def _many_sheets(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    header = [*_HEADERS[0][:4]]
    sheets: dict[str, list[list[Any]]] = {
        f"Week {at}": [header] for at in range(1, chance.randrange(42, 54))
    }
    for at, fact in enumerate(w.facts):
        name = f"Week {at % len(sheets) + 1}"
        row = [fact.day, fact.giver, fact.receiver, fact.prospect]
        sheets[name] = [*sheets[name], row]
    table = Table({}, plain(w.facts), _SAID, None)
    return File("weeks.xlsx", styled(sheets), table, sheets=(*sheets,))
