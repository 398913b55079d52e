"""Mailboxes of invented lives: what is planted in them, and twenty-five kinds of noise."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING

import capture_wordings as words

from refgraph.imports.events.captured_event import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LANGUAGES", "NOISES", "Box", "Who", "make_box", "write_box"]

LANGUAGES = ("en", "de", "fr", "es", "it")
_FIRST = {
    "en": "Ann Bella Carl Dora Eli Fay Gus Hazel Ivan June Kit Lena Max Nora Otis Pam Rick Sue Tom",
    "de": "Anke Bernd Clara Detlef Elke Franz Greta Heinz Inge Jörg Käthe Lutz Maren Nils Olaf "
    "Petra Ralf Silke Uwe",
    "fr": "Agnès Benoît Chloé Denis Élodie Fabien Gaëlle Hugo Inès Jules Karine Loïc Manon Noé "
    "Odile Pierre Rémi Sylvie Théo",
    "es": "Ana Borja Carmen Diego Elena Felipe Gloria Hugo Inés José Karla Luis Marta Nuria Óscar "
    "Pilar Raúl Sofía Teo",
    "it": "Anna Bruno Chiara Dario Elisa Fabio Giulia Hugo Ilaria Luca Marta Nicolò Olga Paolo "
    "Rosa Sara Tullio Ugo Vera",
}
_LAST = {
    "en": "Archer Brook Carver Dunn Ellis Frost Grant Hale Ingram Jarvis Knox Lowe Marsh North "
    "Okafor Penn Quill Rowe Stone",
    "de": "Albers Brandt Conradi Dreyer Engel Fuchs Gruber Hartmann Ihde Jansen Köhler Lorenz "
    "Möller Neumann Otto Pohl Quast Richter Seidel",
    "fr": "Aubert Blanchard Carpentier Dumas Étienne Fournier Garnier Hubert Imbert Jacquet "
    "Klein Lambert Mercier Noël Olivier Perrin Quentin Renard Simon",
    "es": "Álvarez Blanco Castro Díaz Estévez Fuentes Gil Herrera Ibáñez Jiménez Lorca Molina "
    "Navarro Ortega Peña Quiroga Rivas Soler Tejada",
    "it": "Amato Bianchi Conti De_Luca Esposito Ferri Greco Infante Leone Marini Neri Orlando "
    "Parisi Quadri Russo Sala Testa Urso Villa",
}
_CLOSING = {"en": "Best", "de": "Viele Grüße", "fr": "Bien à vous", "es": "Un saludo"}
_CLOSING |= {"it": "A presto"}
_HOSTS = ("gmail.com", "gmx.example", "outlook.com", "{last}.example", "{first}-{last}.example")
#: The kinds of noise, each with what makes it.
NOISES = (
    *("list", "robot", "forward", "calendar invitation", "newsletter", "receipt"),
    *(
        "out of office",
        "reply with history",
        "crowd in copy",
        "spam",
        "signature",
        "shared mailbox",
    ),
    *("planning for two", "asks for an introduction", "introduces themselves", "new colleague"),
    *("bounce", "social network", "after an introduction", "two who know each other"),
    *("note to myself", "the same mail twice", "thanks to all", "cold mail", "forged date"),
)


@dataclass(frozen=True)
class Who:
    """Somebody with an address."""

    name: str
    address: str

    @property
    def first(self) -> str:
        return self.name.split()[0]


@dataclass
class Box:
    """A mailbox, and what is true of it."""

    language: str
    me: str
    address: str
    known: list[Who]
    mails: list[EmailMessage] = field(default_factory=list)
    truth: dict[object, str] = field(default_factory=dict)
    thanks: set[tuple[str, str]] = field(default_factory=set)
    why: dict[str, str] = field(default_factory=dict)


class _Maker:
    """Writes the mails of one box, one after the other."""

    def __init__(self, language: str, half: str, seed: str) -> None:
        self.rng = random.Random(seed)
        self.language, self.at = language, half == "held"
        first, last = (parts[language].split() for parts in (_FIRST, _LAST))
        self.rng.shuffle(first)
        self.rng.shuffle(last)
        names = [f"{one} {two.replace('_', ' ')}" for one, two in zip(first, last, strict=True)]
        # some share a first or a last name, as people do
        pairs = [(one, two) for one in first for two in last]
        names += [f"{one} {two.replace('_', ' ')}" for one, two in self.rng.sample(pairs, 40)]
        self.taken: set[str] = set()
        me, *others = [Who(name, self.address(name)) for name in dict.fromkeys(names)]
        self.me, self.people = me, others
        self.box = Box(language, me.name, me.address, self.rng.sample(others, 12))
        self.now = datetime(2025, 11, 30, 8, 0)
        self.number = 0
        self.used: set[frozenset[str]] = set()

    def address(self, name: str) -> str:
        """Give an address that nobody else has."""
        apart = (unicodedata.normalize("NFKD", part.casefold()) for part in name.split())
        parts = ["".join(filter(str.isascii, part)) for part in apart]
        first, last = parts[0], "".join(parts[1:])
        while True:
            host = self.rng.choice(_HOSTS).format(first=first, last=last)
            local = self.rng.choice((f"{first}.{last}", first, f"{first[0]}{last}", last))
            found = f"{local}@{host}"
            if found not in self.taken:
                self.taken.add(found)
                return found

    def pick(self, wordings):
        mine = wordings[self.language]
        half = [each for at, each in enumerate(mine) if at % 2 == self.at]
        return self.rng.choice(half or mine)

    def fresh(self, people=None):
        """Give two who have not been on a mail together."""
        while True:
            two = self.rng.sample(people or self.people, 2)
            pair = frozenset(each.name for each in two)
            if pair not in self.used:
                self.used.add(pair)
                return two

    def stranger(self, whom):
        """Give somebody with whom I have had no mail."""
        left = [
            each
            for each in self.people
            if each not in whom and frozenset((each.name, self.me.name)) not in self.used
        ]
        found = self.rng.choice(left)
        self.used.add(frozenset((found.name, self.me.name)))
        return found

    def fill(self, text, a=None, b=None, g=None):
        named = {"w": self.rng.choice(words.WORK[self.language])}
        for key, who in (("a", a), ("b", b), ("g", g)):
            if who is not None:
                named |= {key: who.first, key.upper(): who.name}
        return text.format_map(_Kept(named))

    def send(self, kind, sender, to, subject, text, cc=(), **headers):
        """Write one mail."""
        self.now += timedelta(minutes=self.rng.randint(20, 2000))
        self.number += 1
        mail = EmailMessage()
        mail["From"] = self.shown(sender)
        mail["To"] = ", ".join(map(self.shown, to))
        if cc:
            mail["Cc"] = ", ".join(map(self.shown, cc))
        mail["Subject"] = subject
        mail["Date"] = format_datetime(self.now)
        identity = (
            f"<{self.number}.{self.rng.getrandbits(40):x}@{sender.address.partition('@')[2]}>"
        )
        mail["Message-ID"] = identity
        for name, value in headers.items():
            del mail[name.replace("_", "-")]
            mail[name.replace("_", "-")] = value
        closing = _CLOSING[self.language]
        body = f"{text}\n\n{closing}\n{sender.first}\n"
        style = self.rng.random()
        if style < 0.15:
            import html

            told = html.escape(body).replace("\n", "<br>\n")
            mail.set_content(f"<html><body><p>{told}</p></body></html>", subtype="html")
        else:
            mail.set_content(body, cte=self.rng.choice(("quoted-printable", "base64", "8bit")))
            if style < 0.4:
                mail.add_alternative(f"<p>{body}</p>", subtype="html")
        together = {sender.name, *(each.name for each in (*to, *cc))}
        self.used |= {frozenset((a, b)) for a in together for b in together if a != b}
        self.box.mails.append(mail)
        self.box.why[key_of(identity)] = kind
        return mail

    def shown(self, who):
        style = self.rng.random()
        if who is self.me or not who.name:
            return formataddr((who.name, who.address))
        if style < 0.08:
            return who.address
        if style < 0.16:
            *first, last = who.name.split()
            return formataddr((f"{last}, {' '.join(first)}", who.address))
        return formataddr((who.name, who.address))

    # what is planted

    def introduction(self):
        a, b = self.fresh()
        subject, text = self.pick(words.INTRODUCING)
        many = self.rng.random() < 0.5
        to, cc = ([a, b], []) if many else ([a], [b])
        mail = self.send(
            "planted", self.me, to, self.fill(subject, a, b), self.fill(text, a, b), cc
        )
        self.box.truth["introduction", frozenset((a.name, b.name))] = mail.get_content_type()
        self.box.truth["introduction", frozenset((a.name, b.name))] = f"{subject!r} {text!r}"
        return a, b, mail

    def referral(self):
        giver = self.rng.choice(self.people)
        b = self.stranger([giver])
        self.used.add(frozenset((giver.name, b.name)))
        subject, text = self.pick(words.INTRODUCING)
        one, other = (self.me, b) if self.rng.random() < 0.5 else (b, self.me)
        to, cc = ([self.me], [b]) if self.rng.random() < 0.5 else ([self.me, b], [])
        self.used.add(frozenset((giver.name, self.me.name)))
        told = self.fill(subject, one, other), self.fill(text, one, other)
        self.send("planted", giver, to, *told, cc)
        self.box.truth["referral", (giver.name, b.name)] = f"{subject!r} {text!r}"

    def thanks(self):
        g, b = self.rng.sample(self.people, 2)
        subject, text = self.pick(words.THANKING)
        if self.rng.random() < 0.5:
            self.send(
                "planted", self.me, [g], self.fill(subject, g=g, b=b), self.fill(text, g=g, b=b)
            )
            self.box.thanks.add(("thanks", g.name))
            self.used.add(frozenset((g.name, self.me.name)))
        else:
            told = self.fill(subject, g=self.me, b=b), self.fill(text, g=self.me, b=b)
            self.send("planted", g, [self.me], *told)
            self.box.thanks.add(("they-thanked-me", g.name))
            self.used.add(frozenset((g.name, self.me.name)))

    def ordinary(self, kind="ordinary mail", wordings=words.ORDINARY, **headers):
        g, b = self.rng.sample(self.people, 2)
        self.used.add(frozenset((g.name, self.me.name)))
        subject, text = self.pick(wordings)
        if self.rng.random() < 0.5:
            told = self.fill(subject, g=g, b=b), self.fill(text, g=g, b=b)
            return self.send(kind, self.me, [g], *told, **headers)
        told = self.fill(subject, g=self.me, b=b), self.fill(text, g=self.me, b=b)
        return self.send(kind, g, [self.me], *told, **headers)

    # noise

    def third(self, kind, wordings, **headers):
        """Write to me and somebody I have not met, or I to two, in words that introduce nobody."""
        subject, text = self.pick(wordings)
        if self.rng.random() < 0.5:
            a, b = self.fresh()
            told = self.fill(subject, a, b, a), self.fill(text, a, b, a)
            return self.send(kind, self.me, [a, b], *told, **headers)
        g = self.rng.choice(self.people)
        b = self.stranger([g])
        self.used.add(frozenset((g.name, b.name)))
        told = self.fill(subject, self.me, b, self.me), self.fill(text, self.me, b, self.me)
        return self.send(kind, g, [self.me], *told, [b], **headers)

    def noise(self, kind):
        getattr(self, "make_" + kind.replace(" ", "_"))(kind)

    def introducing(self, kind, sender=None, **headers):
        """Write an introduction that is none, for what its header says."""
        a, b = self.fresh()
        subject, text = self.pick(words.INTRODUCING)
        sender = sender or self.rng.choice([each for each in self.people if each not in (a, b)])
        told = self.fill(subject, self.me, b), self.fill(text, self.me, b)
        self.send(kind, sender, [self.me], *told, [b], **headers)

    def make_list(self, kind):
        self.introducing(kind, List_Id="<members.club.example>", Precedence="list")

    def make_robot(self, kind):
        self.introducing(kind, Who("Club Robot", "no-reply@club.example"))

    def make_newsletter(self, kind):
        headers = {"List_Unsubscribe": "<mailto:out@news.example>"}
        self.introducing(kind, Who("The Weekly", "weekly@news.example"), **headers)

    def make_receipt(self, kind):
        shop = Who("Shop", "receipts@shop.example")
        self.send(kind, shop, [self.me], "Receipt 4711", "Thank you for your order and referral.")

    def make_forward(self, kind):
        subject, text = self.pick(words.INTRODUCING)
        a, b = self.fresh()
        g = self.rng.choice(self.people)
        old = self.fill(text, a, b)
        body = (
            f"fyi\n\n---------- Forwarded message ---------\nFrom: {a.name} <{a.address}>\n\n{old}"
        )
        self.send(
            kind, g, [self.me], f"Fwd: {self.fill(subject, a, b)}", body, [self.stranger([g])]
        )

    def make_calendar_invitation(self, kind):
        mail = self.third(kind, words.PLANNING)
        mail.make_mixed()
        mail.add_attachment("BEGIN:VCALENDAR\nEND:VCALENDAR\n", subtype="calendar")

    def make_out_of_office(self, kind):
        subject = {"en": "Automatic reply: Intro", "de": "Abwesenheitsnotiz: Vorstellung"}
        subject |= {"fr": "Réponse automatique : présentation", "es": "Respuesta automática: hola"}
        told = subject.get(self.language, "Risposta automatica: presentazione")
        headers = {} if self.rng.random() < 0.5 else {"Auto_Submitted": "auto-replied"}
        g = self.rng.choice(self.people)
        _, text = self.pick(words.INTRODUCING)
        b = self.stranger([g])
        self.send(kind, g, [self.me], told, self.fill(text, self.me, b), [b], **headers)

    def make_reply_with_history(self, kind):
        subject, text = self.pick(words.INTRODUCING)
        a, b = self.fresh()
        g = self.rng.choice(self.people)
        old = self.fill(text, self.me, b).replace("\n", "\n> ")
        head = {"en": "On Monday {} wrote:", "de": "Am Montag schrieb {}:"}
        head |= {"fr": "Le lundi {} a écrit :", "es": "El lunes {} escribió:"}
        quoted = f"{head.get(self.language, 'Il lunedì {} ha scritto:').format(a.name)}\n> {old}"
        told = {"en": "Sounds good.", "de": "Klingt gut.", "fr": "Très bien.", "es": "Muy bien."}
        body = f"{told.get(self.language, 'Va bene.')}\n\n{quoted}"
        headers = {"In_Reply_To": "<0@x.example>"}
        cc = [self.stranger([g])]
        self.send(kind, g, [self.me], f"Re: {self.fill(subject, a, b)}", body, cc, **headers)

    def make_crowd_in_copy(self, kind):
        subject, text = self.pick(words.INTRODUCING)
        a, b, *others = self.rng.sample(self.people, 16)
        self.send(kind, self.me, [a, b], self.fill(subject, a, b), self.fill(text, a, b), others)

    def make_spam(self, kind):
        sender = Who("Eva Star", "eva@win.example")
        self.introducing(kind, sender, X_Spam_Flag="YES")

    def make_signature(self, kind):
        g = self.rng.choice(self.people)
        _, text = self.pick(words.INTRODUCING)
        b = self.stranger([g])
        body = f"-- \n{g.name}\n{self.fill(text, self.me, b)}"
        self.send(kind, g, [self.me], "document", body, [b])

    def make_shared_mailbox(self, kind):
        firm = Who("", "info@club.example")
        self.introducing(kind, firm)

    def make_planning_for_two(self, kind):
        self.third(kind, words.PLANNING)

    def make_asks_for_an_introduction(self, kind):
        g = self.rng.choice(self.people)
        b = self.stranger([g])
        subject, text = self.pick(words.ASKING)
        told = self.fill(subject, g=self.me, b=b), self.fill(text, g=self.me, b=b)
        self.send(kind, g, [self.me], *told, [b])

    def make_introduces_themselves(self, kind):
        g = self.rng.choice(self.people)
        b = self.stranger([g])
        subject, text = self.pick(words.ONESELF)
        told = self.fill(subject, g=self.me, b=b), self.fill(text, g=self.me, b=b)
        self.send(kind, g, [self.me], *told, [b])

    def make_new_colleague(self, kind):
        g = self.rng.choice(self.people)
        firm = g.address.partition("@")[2]
        firm = firm if firm.endswith(".example") and "gmx" not in firm else "kanzlei.example"
        g = Who(g.name, f"{g.first.lower().encode('ascii', 'ignore').decode()}@{firm}")
        name = self.stranger([]).name
        b = Who(name, f"{key_of(name)[:5]}@{firm}")
        subject, text = self.pick(words.INTRODUCING)
        told = self.fill(subject, self.me, b), self.fill(text, self.me, b)
        self.send(kind, g, [self.me], *told, [b])

    def make_bounce(self, kind):
        daemon = Who("Mail Delivery System", "mailer-daemon@x.example")
        self.introducing(kind, daemon, Return_Path="<>")

    def make_social_network(self, kind):
        site = Who("Linked Club", "invitations@network.example")
        headers = {"Feedback_ID": "intro:club"}
        self.introducing(kind, site, **headers)

    def make_after_an_introduction(self, kind):
        a, b, mail = self.introduction()
        subject, text = self.pick(words.KNOWN_TO_EACH_OTHER)
        told = self.fill(subject, a, b), self.fill(text, a, b)
        headers = {"In_Reply_To": str(mail["Message-ID"])}
        self.send(kind, self.me, [a, b], *told, **headers)
        self.send(kind, b, [a, self.me], *told, **headers)

    def make_two_who_know_each_other(self, kind):
        a, b = self.fresh()
        subject, text = self.pick(words.PLANNING)
        self.send(
            "planning for two", self.me, [a, b], self.fill(subject, a, b), self.fill(text, a, b)
        )
        subject, text = self.pick(words.INTRODUCING)
        self.send(kind, self.me, [a, b], self.fill(subject, a, b), self.fill(text, a, b))

    def make_note_to_myself(self, kind):
        subject, text = self.pick(words.INTRODUCING)
        a, b = self.fresh()
        self.send(kind, self.me, [self.me], self.fill(subject, a, b), self.fill(text, a, b))

    def make_the_same_mail_twice(self, kind):
        if self.box.mails:
            self.box.mails.append(self.rng.choice(self.box.mails))

    def make_thanks_to_all(self, kind):
        told = {"en": "Thanks to you both for coming.", "de": "Danke euch beiden fürs Kommen."}
        told |= {"fr": "Merci à vous deux d'être venus.", "es": "Gracias a los dos por venir."}
        text = told.get(self.language, "Grazie a entrambi di essere venuti.")
        a, b = self.fresh()
        self.send(kind, self.me, [a, b], "party", text)

    def make_cold_mail(self, kind):
        sender = Who("Sam Sells", "sam@leads.example")
        told = {"en": "I would love to connect and introduce our service."}
        told |= {"de": "Gerne möchte ich Ihnen unser Angebot vorstellen."}
        told |= {"fr": "J'aimerais vous présenter notre offre."}
        told |= {"es": "Me gustaría presentarle nuestro servicio."}
        text = told.get(self.language, "Vorrei presentarle il nostro servizio.")
        colleague = Who("Tim Tells", "tim@leads.example")
        self.send(kind, sender, [self.me], "Introduction", text, [colleague])

    def make_forged_date(self, kind):
        self.ordinary(kind, Date="Mon, 1 Jan 2091 10:00:00 +0000")


class _Kept(dict):
    """Fills in what is given, and leaves the other names of a wording as they are."""

    def __missing__(self, key: str) -> str:
        return key


def make_box(language: str, half: str, seed: str, *, events: int = 8, noise: int = 2) -> Box:
    """Make a mailbox.

    Parameters
    ----------
    language, half : str
        In which language it is written, and with which half of the wordings.
    seed : str
        Of the random choices.
    events, noise : int
        How many of each kind are planted, and how often each kind of noise is.
    """
    maker = _Maker(language, half, seed)
    steps = [maker.introduction] * events + [maker.referral] * (events // 2)
    steps += [maker.thanks] * (events // 2) + [maker.ordinary] * (3 * events)
    steps += [lambda kind=kind: maker.noise(kind) for kind in NOISES for _ in range(noise)]
    maker.rng.shuffle(steps)
    for step in steps:
        try:
            step()
        except IndexError:  # everybody has met
            continue
    return maker.box


def write_box(box: Box) -> bytes:
    """Write a mailbox as an mbox."""
    return b"".join(_as_mbox(box))


def _as_mbox(box: Box) -> Iterator[bytes]:
    for mail in box.mails:
        yield b"From sender@x.example Mon Nov  3 10:00:00 2025\n"
        for line in mail.as_bytes().splitlines():
            yield (b">" if line.startswith(b"From ") else b"") + line + b"\n"
        yield b"\n"
