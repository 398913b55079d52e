"""What columns, directions and outcomes are called, in the seven languages that are read.

English, German, French, Spanish, Italian, Dutch and Portuguese. Words are compared without
capitals, accents and marks (`fold`).
"""

from __future__ import annotations

import re
from types import MappingProxyType

from refgraph.names.folded import fold

__all__ = [
    "DIRECTION_WORDS",
    "HEADERS",
    "NEGATIVE_DATES",
    "STATUS_WORDS",
    "TOTALS",
    "is_name_like",
]

_NAME_WORD = re.compile(r"(?![\da-zß-öø-ÿ_])\w[\w.'\u2019-]*")
_BETWEEN_NAMES = {"de", "del", "da", "di", "do", "dos", "van", "von", "der", "den", "la", "le", "&"}
#: Words of what sends people, and is nobody.
_NOBODY = re.compile(
    r"\b(google|facebook|instagram|linkedin|yelp|bing|web ?site|internet|online|ads?|search)\b"
    r"|\b(pages|directory|radio|newspaper|flyer|mailer|walk in|drive by|word of mouth|event)\b"
    r"|\b(social media|open house|sign|campaign|unknown|referral|client|other|none)\b"
)


def is_name_like(text: str) -> bool:
    """Tell whether a text has the words of a name: two or more, in capitals, and no digits.

    Examples
    --------
    >>> [is_name_like(each) for each in ("Ann Lee", "LEE, ANN", "Jan van Dyke", "Dr. Bo Park")]
    [True, True, True, True]
    >>> [is_name_like(each) for each in ("Google", "5 May", "Ann's sister", "Yellow Pages")]
    [False, False, False, False]
    """
    if _NOBODY.search(fold(text)):
        return False
    words = [word for word in text.replace(",", " ").split() if word not in _BETWEEN_NAMES]
    return 2 <= len(words) <= 7 and all(map(_NAME_WORD.fullmatch, words))


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


#: The patterns by which a folded header is told, for each of our columns; ``weak_`` ones may
#: mean another thing, and count where the rest of the table bears it out.
HEADERS = MappingProxyType(
    {
        "giver": _any(
            r"\b(referred|refered|sent|given|passed|recommended|introduced|submitted) (in )?by\b",
            r"\b(referred|received|came|got|coming|referrals?|leads?|introduction|passed) from\b",
            r"^came (in )?(through|via|by way of)\b",
            r"^(referral |lead )?source (details?|name|contact)$",
            r"^(referrer|referrers|referror|giver|sender|introducer|originator)( name)?$",
            r"^referring\b|^originating (attorney|lawyer|agent|partner|broker)",
            r"\breferral source\b|\bsource of (the )?(referral|lead|business)",
            r"\bwho (referred|sent|introduced|recommended|gave|gives|passed)\b"
            r"|\bintroduced (through|via)|\brec ?d from\b",
            r"^from( whom| who| member| person| agent)?$|^member from$|^introduction by$",
            r"(empfohlen|vermittelt|empfehlung|uberwiesen|geschickt|zugewiesen) (von|durch)",
            r"^(empfehlungsgeber|empfehler|geber|zuweiser|uberweiser|tippgeber|absender|von)$",
            r"(recommande|adresse|envoye|refere|oriente|presente)e?s? par\b",
            r"^(apporteur|prescripteur|donneur|expediteur|de la part de|de)\b( d affaires)?$",
            r"(referid|recomendad|enviad|derivad|remitid|presentad|indicad|encaminhad)[oa]s? por\b",
            r"^(remitente|remetente|mittente|segnalatore|referente|da|van)$",
            r"(segnalat|consigliat|inviat|raccomandat|presentat|mandat)[oaie] da\b",
            r"(doorverwezen|aanbevolen|verwezen|doorgestuurd|gestuurd|aangebracht) door\b",
            r"^(verwijzer|gever|afzender|aanbrenger)$",
            r"^(von wem|de qui|de quien|da chi|van wie|de quem)$",
            r"^(durch wen|par qui|por (quien|quem)|door wie)$",
            r"^(quem|quien|chi|qui|wer|wie)( ha| a| hat| heeft)? (indicou|envi\w+|enviou|recom\w+"
            r"|segnal\w+|empf\w+|doorverw\w+|derivo|refirio|mando|mandou|gab|gaf|ha dato)$",
            r"^(erhalten|bekommen|recue?|recibid[oa]|ricevut[oa]|ontvangen|recebid[oa])"
            r" (von|de|da|van)\b",
        ),
        "weak_giver": _any(
            r"^((lead|client|business|contact) )?source$",
            r"^(gp|ref doctor)$",
            r"\b(how|where) did (you|they|he|she|the (client|patient|customer)) (first )?"
            r"(hear|find|learn|come|get)\b|^how (they|you) (heard|found|came)\b",
            r"^heard (about|from)\b",
            r"\b(wie|woher|wodurch)\b.*\b(aufmerksam|erfahren|gehort|gefunden|gekommen|kennen)",
            r"\bcomment\b.*\b(connu|entendu|trouve|decouvert)|\bcomo\b.*\b(conocio|conocido|encontro"
            r"|entero|conheceu|soube|chegou)",
            r"\bcome\b.*\b(conosciut|trovat|saputo|sentito)|\bhoe\b.*\b(gevonden|gehoord|terecht"
            r"|bekend|kent)",
        ),
        "receiver": _any(
            r"\b(referred|sent|given|passed|recommended|introduced|referrals?) (out |on )?to\b",
            r"\b(sent|passed|handed|referred) (over|on|out|along) to\b",
            r"^(confrere|notaire|avocat|expert|specialiste) (saisi|mandate|sollicite|contacte)e?$",
            r"\b(gave|handed|forwarded)( it| them| out| on)? to\b|^who (got|gets|receive[sd])\b",
            r"^(receiver|recipient|member to|to)( name)?$|^receiving\b|^to (whom|who|member|agent)",
            r"(empfohlen|weitergeleitet|vermittelt|empfehlung|uberwiesen|geschickt) an\b",
            r"^(empfanger|empfehlungsnehmer|nehmer|an)$|\breceived by\b(?! (me|us)\b)",
            r"(recommande|adresse|envoye|refere|oriente|transmis|presente)e?s? (a|au|vers)\b",
            r"^(destinataire|receveur|destinatario|ricevente|receptor|a|para|aan|naar|ontvanger)$",
            r"(referid|recomendad|enviad|derivad|remitid|indicad|encaminhad)[oa]s? (a|ao|para)\b",
            r"(segnalat|consigliat|inviat|raccomandat|mandat)[oaie] (a|ad|al)\b",
            r"(doorverwezen|aanbevolen|verwezen|doorgestuurd|gestuurd) (naar|aan)\b",
            r"^(wem|an wen|a qui|a quien|a chi|(aan|naar) wie|(a|para) quem)$",
            r"^(gegeben|abgegeben|donnee?|dad[oa]|dat[oa]|gegeven) (an|a|al|ao|aan|para)\b",
        ),
        # Who gave, where another column says to whom; whom, where another one says who.
        "who": _any(
            r"^(who|wer|qui|quien|chi|wie|quem)$",
            r"^(what is |what s )?your (full |own )?name$|^(respondent|submitter)( name)?$",
            r"^(ihr|dein|votre|ton|tu|su|il tuo|uw|je|seu|o seu) (name|nom|nombre|nome|naam)$",
        ),
        "whom": _any(r"^whom$"),
        "owner": _any(
            r"^((deal|lead|account|contact|opportunity|record) )?owner$",
            r"\bassigned (to|agent|user)$|^(agent|sales ?rep)$",
            r"^(responsible|working|handling|supervising|lead) (attorney|lawyer|partner|broker)$",
            r"^(handling|working) (agent|advis[eo]r|associate)$|^handled by$",
        ),
        "weak_receiver": _any(r"^(specialist|outside counsel|consultant|colleague)( name)?$"),
        "date": _any(
            r"\bdate\b|^(day|when|week|timestamp|created|received|sent)( (at|on|time))?$",
            r"^created (at|on|time|date)$|datum|^tag$|\bfecha\b|^data\b|^jour$|^dia$|^giorno$",
            r"^(wann|quand|cuando|quando|wanneer|dag|am|zeitpunkt|erhalten am|gegeben am)$",
            r"^(zeitstempel|horodateur|marca temporal|informazioni cronologiche|tijdstempel)$",
            r"^carimbo de data/hora$",
        ),
        "weak_date": _any(
            r"^(added|entered|logged|submitted|registered|referred)( (at|on|date))?$",
            r"\b(received|rec ?d|sent)( (at|on))?$",
            r"^(month|quarter|monat|quartal|mois|trimestre|mes|mese|maand|kwartaal)$",
            r"^(erstellt|angelegt|erfasst|eingegangen|ajoutee?|creee?|cread[oa]|creat[oa])"
            r"( (am|le))?$",
        ),
        "prospect": _any(
            r"\b(prospects?|clients?|customers?|patients?|matter|buyer|seller)\b",
            r"^(candidate|applicant|borrower|insured|policy ?holder|couple)s?( name)?$",
            r"\b(person|company|business|somebody|someone)\b.*\breferr(ing|ed)$",
            r"\blead\b(?! (source|owner|status|stage|type))|\bwho (was referred|they sent)\b",
            r"^referred (person|party|name|lead|contact|friend)$|^referr?ee( name)?$",
            r"^referral name$|^potential\b",
            r"^(referral )?for( who| whom)?$|^whom? ((is|was) (it )?)?for$|^regarding$",
            r"^about( who| whom)?$",
            r"^on behalf of$|^fur wen$|^pour qui$|^para (quien|quem)$|^per chi$|^voor wie$",
            r"\b(kunde|kundin|interessent|mandant|patiente?)\b|^kundenname$",
            r"\b(clientes?|prospecto|cliente|clienti|klant|paciente|paziente)\b",
        ),
        "weak_prospect": _any(
            r"^(referral|referred|contact person|associated contact|primary contact)$"
        ),
        "deal": _any(r"^(opportunity|deal|title)$|^(opportunity|deal) (name|title)$"),
        "person": _any(
            r"^(full )?(name|person|contact|partner|colleague|who|agent|realtor|professional)$",
            r"^(referral partner|member|broker|attorney|lawyer|doctor|provider|advis[eo]r)$",
            r"^(contact|agent|partner|member|full|person|lawyer|attorney|realtor) name$",
            r"^(kontakt|kollege|kollegin|partnerin|nom|partenaire|personne|nombre|contacto|persona)$",
            r"^(nome|contatto|pessoa|contato|naam|relatie|contactpersoon|kollega)$",
            r"^(avocat|notaire|courtier|medecin|anwalt|anwaltin|kanzlei|makler|maklerin|arzt)e?$",
            r"^(abogad[oa]|advogad[oa]|avvocato|advocaat|makelaar|notari[so]|corretora?|medic[oa])$",
        ),
        "direction": _any(
            r"\b(direction|way|richtung|sens|direccion|sentido|direzione|richting|direcao)\b",
            r"^(given|gave|sent|in|out|to|gegeben|donne|dado)\b.*\b(received|got|out|in|from)$",
            r"^gegeben/erhalten$|^donne/recu$|^given or received$|^in/out$|^to/from$",
            r"^(inbound|incoming|received|got|from|eingehend|erhalten|ein|recue?|entrant"
            r"|recibid[oa])( ?/ ?| or | oder | ou | o )"
            r"(out\w*|given|gave|sent|to|ausgehend|gegeben|aus|donnee?"
            r"|sortant|enviad[oa])$",
            r"^ein/aus$|^ein/ausgang$|^/$",  # + and - have no words
        ),
        "status": _any(
            r"\b(status|outcome|result|stage|disposition|closed|converted|completed)\b",
            r"^(hired|placed|bound|signed|bought)$|^did (it|they|this) (close|sign|buy|convert)$",
            r"^(ergebnis|stand|statut|resultat|etat|estado|resultado|stato|esito|situacao)$",
            r"^suite donnee$",
            r"^(resultaat|afloop|erfolg|suivi|issue|uitkomst|situacion|desfecho|andamento)$",
            r"^(abgeschlossen|conclue?|cerrad[oa]|chius[oa]|afgesloten|fechad[oa])$",
        ),
        "value": _any(
            r"\b(value|amount|fees?|revenue|commissions?|gci|income|closed business|worth|tyfcb)\b",
            r"\b(betrag|umsatz|honorar|provision|\w*wert|montant|honoraires|valeur|importe|monto)\b",
            r"chiffre d affaires|\b(valor|importo|valore|provvigione|fatturato|bedrag|omzet)\b",
            r"^emoluments?$",
            r"\b(waarde|comissao|honorarios|comision|earned|euros?|dollars?)\b|^\$$",
        ),
        "weak_value": _any(r"\b(price|preis|prix|precio|prezzo|prijs|preco)\b"),
        "count": _any(
            r"^(count|number|referrals|qty|quantity|times|how many|weight|strength)$",
            r"^count of (referrals?|clients?|names?|prospects?|leads?|contacts?|cases?|ids?)$",
            r"^anzahl von (empfehlung(en)?|klient(en)?|kunden?|namen?)$",  # of a pivot table
            r"^(number|no|count|#)( of)? referrals$|^(referral|lead) count$",
            r"^(anzahl|numero|aantal|quantidade|cantidad)$",
        ),
        "currency": _any(r"^(currency|wahrung|devise|moneda|valuta|moeda)\b"),
        "note": _any(
            r"^(notes?|comments?|remarks?|memo|details?|description|was)$",
            r"^(bemerkung(en)?|notiz(en)?|remarques?|commentaires?|observaciones|notas)$",
            r"^(note|annotazioni|opmerking(en)?|notities?|observacoes)$",
        ),
        "email": _any(r"\be ?mail\b"),
        "profession": _any(
            r"^(profession|classification|(business )?category|occupation|(job )?title|beruf)$"
        ),
        "since": _any(r"^(join(ed)?( date)?|date joined|member since)$"),
    }
)
#: Days of another thing than the referral.
NEGATIVE_DATES = _any(
    r"follow|next|due|modif|updat|birth|clos|expect|last|join|since|\bend\b|thank|geburt",
    r"discharge|invoice|bill|report|remind|gift|card|renew|expir",
    r"naissance|nacimiento|nascita|geboorte|paid|contact",
)


def _map(**said: str) -> dict[str, str]:
    return {word.strip(): ours for ours, words in said.items() for word in words.split(",")}


#: Words of a direction, as one person sees it.
DIRECTION_WORDS = MappingProxyType(
    _map(
        given="given,give,gave,sent,out,outgoing,outbound,referral given,referred to,gave to,"
        "sent to,to,made,passed,g,referral sent,referrals given,gegeben,abgegeben,ausgehend,"
        "gesendet,vergeben,weitergegeben,donne,donnee,envoye,envoyee,emis,emise,sortant,dada,"
        "dado,enviada,enviado,hecha,saliente,data,dato,inviata,inviato,fatta,uscita,gegeven,"
        "verstuurd,verzonden,uitgaand,feita,saida,emitida",
        received="received,receive,got,by,in,incoming,inbound,referral received,referred by,"
        "got from,received from,from,r,referrals received,erhalten,bekommen,empfangen,"
        "eingehend,recu,recue,obtenu,obtenue,entrant,recibida,recibido,entrante,ricevuta,"
        "ricevuto,entrata,ontvangen,gekregen,inkomend,recebida,recebido,entrada",
    )
)
#: Words of an outcome.
STATUS_WORDS = MappingProxyType(
    _map(
        won="won,closed,closed won,sold,yes,y,paid,converted,signed,completed,complete,done,"
        "retained,engaged,hired,success,successful,accepted,bound,funded,settled,became client,"
        "client,won deal,deal won,deal,sale,business done,signed up,onboarded,commissioned,"
        "gewonnen,abgeschlossen,abschluss,ja,erfolgreich,erfolg,unterschrieben,beauftragt,auftrag,"
        "auftrag erhalten,auftrag erteilt,verkauft,bezahlt,erledigt,zugesagt,angenommen,"
        "mandatiert,mandat erteilt,kunde geworden,kunde,vertrag unterschrieben,"
        "gagne,gagnee,signe,signee,conclu,conclue,oui,vendu,vendue,paye,payee,accepte,acceptee,"
        "termine,terminee,realise,realisee,reussi,affaire conclue,contrat signe,devenu client,"
        "ganado,ganada,cerrado,cerrada,si,firmado,firmada,vendido,vendida,pagado,pagada,aceptado,"
        "aceptada,completado,completada,concluido,concluida,contratado,contratada,exito,"
        "contrato firmado,venta cerrada,"
        "vinto,vinta,chiuso,chiusa,concluso,conclusa,firmato,firmata,venduto,venduta,pagato,pagata,"
        "accettato,accettata,completato,completata,contratto firmato,acquisito,acquisita,riuscito,"
        "afgesloten,afgerond,getekend,verkocht,betaald,geaccepteerd,akkoord,opdracht,"
        "opdracht gekregen,klant geworden,gelukt,voltooid,"
        "ganho,ganha,fechado,fechada,sim,assinado,assinada,pago,paga,aceito,aceita,aceite,"
        "finalizado,finalizada,contrato assinado,venda fechada,negocio fechado,ok",
        lost="lost,closed lost,dead,no,not interested,declined,rejected,cancelled,canceled,"
        "fell through,fell thru,withdrawn,unqualified,disqualified,no sale,went elsewhere,no deal,"
        "no fit,"
        "not a fit,bad fit,turned down,failed,ghosted,"
        "verloren,abgelehnt,nein,abgesagt,absage,storniert,storno,kein interesse,geplatzt,"
        "zuruckgezogen,nicht zustande gekommen,kein abschluss,gescheitert,abgebrochen,gekundigt,"
        "perdu,perdue,refuse,refusee,non,annule,annulee,abandonne,abandonnee,sans suite,rejete,"
        "rejetee,pas interesse,pas interessee,echoue,decline,"
        "perdido,perdida,rechazado,rechazada,cancelado,cancelada,anulado,anulada,descartado,"
        "descartada,no interesado,no interesada,sin interes,desistido,fallido,"
        "perso,persa,rifiutato,rifiutata,annullato,annullata,non interessato,non interessata,"
        "disdetto,disdetta,fallito,saltato,"
        "afgewezen,nee,geannuleerd,geen interesse,niet doorgegaan,afgezegd,mislukt,geweigerd,"
        "vervallen,ingetrokken,"
        "recusado,recusada,nao,desistiu,sem interesse,rejeitado,rejeitada,anulado,falhou",
        met="met,meeting held,under contract,in contract,proposal,proposal sent,contract sent,"
        "negotiation,negotiating,quoted,quote sent,offer sent,offer made,"
        "getroffen,erstgesprach,beraten,beratung,beratung lauft,"
        "in verhandlung,verhandlung,angebot,"
        "angebot erstellt,angebot gesendet,angebot verschickt,in prufung,besichtigt,"
        "rencontre,rencontree,en negociation,devis envoye,offre envoyee,proposition envoyee,"
        "sous compromis,"
        "reunido,reunida,reunion,en negociacion,negociacion,presupuesto enviado,oferta enviada,"
        "propuesta enviada,"
        "incontrato,incontrata,in trattativa,trattativa,preventivo inviato,offerta inviata,"
        "proposta inviata,ontmoet,gesproken,in onderhandeling,offerte,offerte verstuurd,"
        "offerte verzonden,encontrado,em negociacao,negociacao,proposta enviada,orcamento enviado",
        contacted="contacted,called,spoke,in progress,working,in touch,left message,"
        "left voicemail,emailed,meeting set,meeting scheduled,appointment scheduled,scheduled,"
        "qualified,consulted,consultation,reached,following up,follow up,"
        "kontaktiert,angerufen,angeschrieben,in bearbeitung,in arbeit,lauft,laufend,lauft noch,"
        "termin,termin vereinbart,in kontakt,"
        "contacte,contactee,appele,appelee,en cours,en traitement,rdv pris,rendez vous pris,"
        "relance,contactado,contactada,llamado,llamada,en curso,en proceso,en tramite,"
        "cita concertada,contattato,contattata,chiamato,chiamata,in corso,in lavorazione,"
        "appuntamento fissato,gecontacteerd,gebeld,gemaild,lopend,loopt,loopt nog,in behandeling,"
        "afspraak gemaakt,contatado,contatada,contactada,ligado,em andamento,em curso,em processo,"
        "reuniao marcada",
        given="given,pending,open,new,active,waiting,n,prospecting,lead,sent,referred,ongoing,"
        "no response,no answer,not yet,on hold,to call,"
        "offen,ausstehend,neu,wartend,noch offen,anstehend,unerledigt,ruht,noch nicht,"
        "keine antwort,keine ruckmeldung,wartet,schwebend,"
        "en attente,nouveau,nouvelle,ouvert,ouverte,a contacter,pas encore,sans reponse,en suspens,"
        "pendiente,pendientes,abierto,abierta,nuevo,nueva,en espera,por contactar,todavia no,"
        "sin respuesta,in attesa,aperto,aperta,nuovo,nuova,da contattare,in sospeso,non ancora,"
        "nessuna risposta,openstaand,nieuw,wachtend,in afwachting,nog niet,nog open,geen reactie,"
        "geen antwoord,pendente,aberto,aberta,novo,nova,aguardando,em aberto,a contatar,ainda nao,"
        "sem resposta,tbd,unknown,appraisal,qualification",
    )
)
#: What stands in a row of sums.
TOTALS = frozenset(
    {"total", "totals", "grand total", "subtotal", "sum", "sums", "summe", "gesamt", "gesamtsumme"}
    | {"insgesamt", "somme", "totaux", "totale", "totali", "suma", "totales", "soma", "totais"}
    | {"totaal"}
)
