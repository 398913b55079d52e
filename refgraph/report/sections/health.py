"""Parts of a review about the network's health: connectors, mutuality, leaks and thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.connecting.connectors import anybody, ranks
from refgraph.analysis.owing.leaks import QUIET_DAYS
from refgraph.report.sections.section import FEW, Section, joined, rest
from refgraph.wording import agree, count

if TYPE_CHECKING:
    from refgraph.report.questions.question import Answer
    from refgraph.report.summary import Summary

__all__ = ["connectors", "leaks", "mutual", "thanks"]

_LEAKS, _THANKS = 6, 8


def connectors(summary: Summary, answer: Answer) -> Section:
    """Show who links the others."""
    table = answer.table
    told = (
        "Many of the shortest ways between others run through them, or they have referrals with "
        "many groups. The score, as on the map, joins the ranks by betweenness (of all ordered "
        "pairs of others, the share whose shortest way runs through them; who cannot reach each "
        "other counts too) and by groups linked; 1 is the most."
    )
    if not anybody(table):
        return Section("Connectors", (answer.said,))
    left = rest(table, summary.command("connectors"), summary.most(FEW))
    said = joined(answer.said, left)
    shown = table.drop(columns=[*ranks(table), "betweenness_error"], errors="ignore")
    return Section("Connectors", (told,), shown.head(summary.most(FEW)), note=said)


def mutual(summary: Summary) -> Section:
    """Say how mutual the network is; in a person's own book, their ties and those of others."""
    if not summary.mutual:
        return Section("Is it mutual?", ("There are no referrals to compare.",))
    command = summary.command("reciprocity", "--test")
    said = "\n".join(summary.mutual)
    value = dict(zip(summary.reciprocity["measure"], summary.reciprocity["value"], strict=True))
    of = "that among others" if "others_ties" in value else "that"
    tested = value.get("others_ties", value["ties"])  # with a me those of me are left out
    note = f"{command} tells if {of} is more than chance." if tested else ""
    return Section("Is it mutual?", (said,), note=note)


def leaks(summary: Summary) -> Section:
    """List referrals that have gone quiet, and what to do."""
    title, table = "What is leaking", summary.leaks
    if table.empty:
        return Section(title, ("No referral has gone quiet.",))
    number = "referrals" if summary.withheld else count(summary.leaks_number, "referral")
    rows = "" if summary.leaks_number == len(table) else f" in {count(len(table), 'row')}"
    quiet = (
        f"{number.capitalize()} neither won nor lost and without news for over {QUIET_DAYS} days"
    )
    if not summary.tracked:
        quiet = (
            f"{_no_outcome(summary)} is recorded: {number} without news. "
            "Note what became of them in the column status."
        )
        if not summary.everything:
            return Section(title, (quiet,), note=_listed(summary))
    elif summary.withheld:
        quiet += ": a line for each two people and day."
    else:
        verb = agree(summary.leaks_number, "is")
        quiet += (
            f" {verb} listed{rows}, contacted or not: the latest first, as the easiest to save."
        )
    rate = summary.leak_note if summary.tracked else ""
    columns = ["date", "giver", "receiver", "prospect", "status", "days_quiet"]
    me = summary.book["me"]
    if summary.withheld:
        advice = "Ask, or tell, each other what became of them."
        columns = ["date", "person", *(["other"] if me is None else []), "status", "days_quiet"]
    elif me is None:
        advice = "Ask the receiver whether it arrived."
    else:
        advice = (
            "Received: get in touch with the prospect, and tell the person who gave it. "
            "Gave: ask whether it arrived."
        )
        gave = table["giver"] == me
        table = table.assign(
            you=gave.map({True: "gave", False: "received"}),
            person=table["receiver"].where(gave, table["giver"]),
        )
        columns[1:3] = ["you", "person"]
    newest = table.iloc[::-1].head(summary.most(_LEAKS))[columns]
    left = rest(table, summary.command("report", "--all"), summary.most(_LEAKS))
    return Section(title, (rate, quiet, advice), newest, note=left)


def _no_outcome(summary: Summary) -> str:
    """Say that outcomes are missing from the record: all, or all but a few."""
    rate = summary.leak_rate
    some_are = not rate.empty and bool((rate["leaking"] < rate["referrals"]).any())
    return "Hardly an outcome" if some_are else "No outcome"


def thanks(summary: Summary) -> Section:
    """List who is still to be thanked."""
    table = summary.thanks_due
    if summary.withheld:
        return _thanks_withheld(summary)
    if not summary.position["received"]:
        return Section("Thanks due", ("No one has referred to you yet.",))
    if table.empty:
        told = "Everyone who referred to you has been thanked since."
        if summary.book["undated"]:
            told = "Everyone whose referral has a date has been thanked since."
        return Section("Thanks due", (told,))
    have = agree(len(table), "has")
    told = f"{count(len(table), 'person')} {have} not been thanked since their latest referral."
    also = (
        "Today asks for more than these: thanks at the first meeting, at the close and a year "
        f"after too; {summary.command('thanks')} lists them all."
    )
    if not summary.thanked:
        told = f"{count(len(table), 'person')} referred to you, and no thanks are recorded."
        if not summary.everything:
            return Section("Thanks due", (told,), note=_listed(summary))
    columns = ["person", "referrals", "latest", "last_thanked"]
    return Section(
        "Thanks due",
        (told, also),
        table.head(summary.most(_THANKS))[columns],
        note=rest(table, summary.command("report", "--all"), summary.most(_THANKS)),
    )


def _listed(summary: Summary) -> str:
    return f"{summary.command('report', '--all')} lists them."


def _thanks_withheld(summary: Summary) -> Section:
    """List who is still to be thanked, where it is not told for how much."""
    table = summary.thanks_due
    if table.empty:
        return Section("Thanks due", ("Nobody is left to be thanked.",))
    have = agree(len(table), "has")
    told = f"{count(len(table), 'person')} {have} not been thanked since they last referred to you."
    most = summary.most(_THANKS)
    left = rest(table, summary.command("report", "--all"), most)
    return Section("Thanks due", (told,), table.head(most), note=left)
