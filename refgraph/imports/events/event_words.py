"""The words by which a mail says what it is: a greeting, a quotation, the answer of a machine.

In English, German, French, Spanish, Italian, Dutch and Portuguese.
"""

from __future__ import annotations

import re

__all__ = ["AUTOMATIC", "CALLS", "GREETING", "MAY_MEAN", "NO_MEETING", "QUOTES", "REPLY"]
__all__ += ["is_robot", "is_shared"]

#: A line that only greets.
GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|morning|evening|greetings"
    r"|hallo|hej|liebe\S*|lieber|sehr geehrte\S*|guten (?:tag|morgen|abend)|moin|servus|grüezi"
    r"|bonjour|bonsoir|salut|coucou|cher\S*|chère\S*|madame|monsieur"
    r"|hola|buenas|buenos (?:días|dias)|buenas (?:tardes|noches)|estimad\S*|querid\S*"
    r"|ciao|salve|buongiorno|buonasera|gentil\S*|car[oaie]|egregi\S*"
    r"|beste|geachte|dag|goedemorgen|goedemiddag|olá|ola|oi|bom dia|boa tarde|prezad\S*|car[oa]s?)"
    r"(?:[\s,/&+-]+[^\s.?,/&+-]+){0,7}?\s*[,:;!.–—-]*|[\w'’-]+(?:\s[\w'’-]+){0,2}\s*[,:!–—-]+",
    re.IGNORECASE,
)
#: Where what is answered, forwarded or signed begins.
QUOTES = re.compile(
    r"(?:on|am|le|el|il|op|em)\b.{4,120}\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef"
    r"|escreveu)\b|-{2,}\s*(?:original|forwarded|ursprüngliche|weitergeleitete|message d"
    r"|mensaje|messaggio|doorgestuurd|oorspronkelijk|mensagem)|_{8,}|begin forwarded message"
    r"|anfang der weitergeleiteten|(?:from|von|de|da|van)\s?:\s.*@|(?:sent|gesendet|gestuurd) "
    r"(?:from|von|vanaf) (?:my|meinem|mijn)|envoyé de mon|enviado desde mi|inviato da(?:l mio)?\b",
    re.IGNORECASE,
)
#: What mail programs put before the subject of an answer, or of what is passed on.
REPLY = re.compile(
    r"\s*(?:re|aw|antw|antwort|sv|vs|rif|r|ref|res|fwd?|wg|wtr|tr|rv|i|enc|doorst)"
    r"(?:\[[0-9]+\])?\s?:",
    re.IGNORECASE,
)
#: The subject of what a machine answers, or of an appointment that was sent.
AUTOMATIC = re.compile(
    r"\s*(?:out of (?:the )?office|auto(?:matic|mated)?[- ]?(?:reply|response)|abwesen|automatische"
    r"|absence|réponse auto|respuesta auto|fuera de (?:la )?oficina|ausencia|risposta auto|fuori"
    r"|assen|afwezig|undeliver|delivery (?:status|failure)|unzustellbar|mail delivery|returned mail"
    r"|read:|gelesen:|lu\s?:|leído:|letto:|failure notice|accepted:|declined:|tentative:"
    r"|invitation:|updated invitation|cancell?ed:|zugesagt:|abgesagt:|abgelehnt:|einladung:"
    r"|accepté\s?:|refusé\s?:|invitación:|aceptado:|rechazado:|invito:|accettato:|rifiutato:"
    r"|geaccepteerd:|uitnodiging:|convite:|aceito:)",
    re.IGNORECASE,
)
#: What may say more than that two were in touch: only where it stands is a line kept at all.
MAY_MEAN = re.compile(
    r"intro|meet|connect|touch|both|two|copied|copy|cc|loop|hello to|hi to|told|mentioned"
    r"|<-?=?>|↔|⇄|[-–—/&+]|referr|recommend|thank|apprecia|grateful|sending|refer"
    r"|vorstell|vorgestell|bekannt|kenn|kontakt|verbind|verbinde|zusammen|kopie|empf|dank|hallo zu"
    r"|erzählt|erwähn|person|présent|relation|contact|lien|copie|voici|parl|recommand|merci"
    r"|remerci|bonjour à|rencontr|échang|presen|conect|conoc|copia|habl|coment|recom|graci|agradec"
    r"|salud|unisce|une\b|colleg|metto|dovre|conosc|parlat|dicev|raccomand|consigl|grazi"
    r"|ringrazi|saluta|segnala|voorstel|voorgesteld|contact|verbind|kennis|bedankt|dank"
    r"|aanbev|apresent|obrigad|indica|call|telefon|appel|llamad|chiamat|telefonat|gebel",
    re.IGNORECASE,
)
#: Of an appointment, that it was held on the telephone.
CALLS = re.compile(
    r"\b(?:call|phone|telefon\w*|anruf|appel|téléphone|llamada|chiamata|telefonata|bellen"
    r"|telefoontje|ligação|zoom|teams|google meet|skype|webex|video)\b",
    re.IGNORECASE,
)
#: Of an appointment, that nobody was met.
NO_MEETING = re.compile(
    r"\b(?:birthday|geburtstag|anniversaire|cumpleaños|compleanno|verjaardag|aniversário"
    r"|holiday|urlaub|ferien|vacances|vacaciones|ferie|vakantie|férias|reminder|erinnerung"
    r"|deadline|cancell?ed|abgesagt|annulé|cancelad[oa]|annullat[oa]|geannuleerd|blocked|flight"
    r"|flug|vol|vuelo|volo)\b",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"(?:no|do|ne|nicht|niet|non|pas)[-_.]?(?:t[-_.]?)?(?:reply|repondre|responder|rispondere"
    r"|antworten|replay)\S*|not?[-_.]?reply\S*|.*(?:noreply|no-reply|donotreply).*"
    r"|mailer[-_.]?daemon|postmaster|bounces?\b.*|.*[-_+.](?:bounces?|notifications?|noreply)"
    r"|notif\w*|alerts?|news\w*|marketing|updates?|invoices?|receipts?|orders?|billing|robot|bot"
    r"|auto\w*|daemon|mailing\w*|digest|calendar\S*|messages?|listserv|majordomo|unsubscribe"
    r"|rechnung(?:en)?|bestellung|commande|facturas?|fatture|ordini|promo\w*|offers?|campaign\w*"
)
_SHARED = re.compile(
    r"(?:info|infos|office|offices|kontakt|contact|contacto|contatti|contatto|hello|hallo|hola"
    r"|bonjour|ciao|mail|email|post|team|support|help|helpdesk|sales|vertrieb|ventes|ventas"
    r"|vendite|admin|administration|administracion|amministrazione|service|services|servizio"
    r"|reception|rezeption|empfang|accueil|recepcion|accounts?|accounting|buchhaltung|booking"
    r"|bookings|reservations?|jobs?|careers|bewerbung|hr|rh|personal|people|kanzlei|praxis"
    r"|sekretariat|secretariat|secretary|secretaria|segreteria|cabinet|everyone|everybody|all|alle"
    r"|staff|board|group|gruppe|press|media|legal|finance|security|webmaster|hostmaster|abuse"
    r"|enquiries|inquiries|members|list|lists|club|events?|customer\w*|kunden\w*|clients?"
    r"|projects?|general|studio|clinic|orders|shop|store|boutique|tienda|negozio)"
    r"(?:[-_.+].*|[0-9]*)"
)


def is_robot(address: str) -> bool:
    """Tell whether nobody reads what is sent to an address.

    Examples
    --------
    >>> is_robot("no-reply@bank.example"), is_robot("norma@x.example")
    (True, False)
    """
    return _ROBOT.fullmatch(address.partition("@")[0]) is not None


def is_shared(address: str) -> bool:
    """Tell whether an address is of a firm or a group, and not of one person.

    Examples
    --------
    >>> is_shared("info@lee.example"), is_shared("ingrid@lee.example")
    (True, False)
    """
    return _SHARED.fullmatch(address.partition("@")[0]) is not None
