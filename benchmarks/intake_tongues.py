"""What people call columns, directions and outcomes, in seven languages."""

from __future__ import annotations

from dataclasses import dataclass

from intake_truth import OPEN, STATUS

DATE = ("Date", "Date", "Referral Date", "Date of Referral", "Date Referred", "When", "Day")
PERSON = ("Name", "Name", "Person", "Contact", "Partner", "Referral Partner", "Colleague", "Who")
PROSPECT = (
    "Prospect",
    "Client",
    "Client Name",
    "Customer",
    "Lead",
    "Prospect Name",
    "Referred Client",
    "Who was referred",
    "Customer Name",
)
STATE = ("Status", "Status", "Outcome", "Result", "Stage", "Referral Status")
VALUE = (
    "Value",
    "Amount",
    "Fee",
    "Revenue",
    "Referral Fee",
    "Commission",
    "Amount ($)",
    "Income",
    "Closed Business",
)
GIVER = (
    "Referred By",
    "Referrer",
    "Referral Source",
    "Referred From",
    "Source of Referral",
    "Sent by",
    "Came from",
    "Who referred",
    "Referral From",
)
RECEIVER = ("Referred To", "Sent To", "Given To", "Referral To", "Referred Out To", "Passed To")
WAY = ("Direction", "Given/Received", "Given or Received", "In/Out", "Type", "Sent/Received", "Way")
WORDS = (
    ("Given", "Received"),
    ("given", "received"),
    ("Gave", "Got"),
    ("Out", "In"),
    ("OUT", "IN"),
    ("Sent", "Received"),
    ("Outgoing", "Incoming"),
    ("Outbound", "Inbound"),
    ("Gave", "Received"),
    ("Referral given", "Referral received"),
)


@dataclass(frozen=True, slots=True)
class Tongue:
    """What a language calls the columns, the two directions and the outcomes."""

    date: tuple[str, ...]
    person: tuple[str, ...]
    prospect: tuple[str, ...]
    state: tuple[str, ...]
    value: tuple[str, ...]
    giver: tuple[str, ...]
    receiver: tuple[str, ...]
    way: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    status: dict[str, tuple[str, ...]]
    me: tuple[str, ...]
    giver_and: tuple[str, ...] = ()
    receiver_and: tuple[str, ...] = ()


def outcomes(won: str, lost: str, pending: str) -> dict[str, tuple[str, ...]]:
    """Say what status words mean, given as text with commas."""
    return {
        **dict.fromkeys(won.split(", "), ("won",)),
        **dict.fromkeys(lost.split(", "), ("lost",)),
        **dict.fromkeys(pending.split(", "), OPEN),
    }


TONGUES = {
    "en": Tongue(
        DATE,
        PERSON,
        PROSPECT,
        STATE,
        VALUE,
        GIVER,
        RECEIVER,
        WAY,
        WORDS,
        STATUS,
        ("me", "Me", "I", "ME", "myself"),
    ),
    "de": Tongue(
        ("Datum", "Datum", "Tag", "Empfehlungsdatum"),
        ("Name", "Kontakt", "Partner", "Kollege"),
        ("Kunde", "Interessent", "Mandant", "Kundenname"),
        ("Status", "Ergebnis", "Stand"),
        ("Betrag", "Umsatz", "Honorar", "Provision", "Wert"),
        ("Empfohlen von", "Empfehlungsgeber", "Vermittelt von", "Empfehlung von"),
        ("Empfohlen an", "Empfänger", "Weitergeleitet an", "Empfehlung an"),
        ("Richtung", "Art", "Gegeben/Erhalten"),
        (
            ("gegeben", "erhalten"),
            ("Gegeben", "Erhalten"),
            ("gegeben", "bekommen"),
            ("abgegeben", "erhalten"),
            ("ausgehend", "eingehend"),
        ),
        outcomes(
            "gewonnen, abgeschlossen, Abgeschlossen",
            "verloren, abgelehnt",
            "offen, in Bearbeitung, ausstehend",
        ),
        ("ich", "Ich"),
        ("Von", "Geber"),
        ("An", "Empfänger"),
    ),
    "fr": Tongue(
        ("Date", "Date de recommandation"),
        ("Nom", "Contact", "Partenaire", "Personne"),
        ("Client", "Prospect", "Nom du client"),
        ("Statut", "Résultat", "État"),
        ("Montant", "Honoraires", "Valeur", "Chiffre d'affaires"),
        ("Recommandé par", "Apporteur", "Adressé par", "Envoyé par"),
        ("Recommandé à", "Destinataire", "Envoyé à", "Adressé à"),
        ("Sens", "Direction", "Donné/Reçu"),
        (("donnée", "reçue"), ("Donné", "Reçu"), ("envoyée", "reçue"), ("envoyé", "reçu")),
        outcomes("gagné, signé, conclu", "perdu, refusé", "en cours, en attente"),
        ("moi", "Moi"),
        ("De", "Donneur"),
        ("À", "Receveur"),
    ),
    "es": Tongue(
        ("Fecha", "Fecha de referencia"),
        ("Nombre", "Contacto", "Persona"),
        ("Cliente", "Prospecto", "Nombre del cliente"),
        ("Estado", "Resultado"),
        ("Importe", "Monto", "Valor", "Honorarios"),
        ("Referido por", "Recomendado por", "Enviado por"),
        ("Referido a", "Recomendado a", "Enviado a"),
        ("Dirección", "Tipo", "Sentido"),
        (
            ("dada", "recibida"),
            ("Dado", "Recibido"),
            ("enviada", "recibida"),
            ("Enviado", "Recibido"),
        ),
        outcomes("ganado, cerrado, Cerrado", "perdido, rechazado", "pendiente, en curso"),
        ("yo", "Yo"),
        ("De", "Remitente"),
        ("A", "Destinatario"),
    ),
    "it": Tongue(
        ("Data", "Data segnalazione"),
        ("Nome", "Contatto", "Persona"),
        ("Cliente", "Nome cliente"),
        ("Stato", "Esito"),
        ("Importo", "Valore", "Provvigione", "Fatturato"),
        ("Segnalato da", "Consigliato da", "Inviato da"),
        ("Segnalato a", "Inviato a", "Consigliato a"),
        ("Direzione", "Tipo"),
        (("data", "ricevuta"), ("inviata", "ricevuta"), ("Inviato", "Ricevuto")),
        outcomes("vinto, chiuso, concluso", "perso, rifiutato", "in corso, in attesa"),
        ("io", "Io"),
        ("Da", "Mittente"),
        ("A", "Destinatario"),
    ),
    "nl": Tongue(
        ("Datum", "Datum doorverwijzing"),
        ("Naam", "Contact", "Relatie"),
        ("Klant", "Prospect", "Cliënt"),
        ("Status", "Resultaat"),
        ("Bedrag", "Omzet", "Waarde"),
        ("Doorverwezen door", "Aanbevolen door", "Verwezen door"),
        ("Doorverwezen naar", "Aanbevolen aan", "Verwezen naar"),
        ("Richting", "Type", "Soort"),
        (
            ("gegeven", "ontvangen"),
            ("Gegeven", "Ontvangen"),
            ("gegeven", "gekregen"),
            ("uitgaand", "inkomend"),
        ),
        outcomes("gewonnen, afgesloten", "verloren, afgewezen", "open, lopend, in behandeling"),
        ("ik", "Ik"),
        ("Van", "Gever"),
        ("Aan", "Ontvanger"),
    ),
    "pt": Tongue(
        ("Data", "Data da indicação"),
        ("Nome", "Contato", "Pessoa"),
        ("Cliente", "Nome do cliente"),
        ("Status", "Situação", "Estado"),
        ("Valor", "Comissão", "Honorários"),
        ("Indicado por", "Recomendado por", "Encaminhado por"),
        ("Indicado para", "Encaminhado para", "Enviado para"),
        ("Direção", "Tipo", "Sentido"),
        (
            ("dada", "recebida"),
            ("enviada", "recebida"),
            ("Dado", "Recebido"),
            ("Feita", "Recebida"),
        ),
        outcomes("ganho, fechado, Fechado", "perdido, recusado", "pendente, em andamento"),
        ("eu", "Eu"),
        ("De", "Remetente"),
        ("Para", "Destinatário"),
    ),
}
