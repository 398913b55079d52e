"""How people write when they introduce, thank, or only seem to, in five languages.

Written before the recogniser and without it, as people write to those they know: short, with a
greeting or without, with the names in any place. ``a`` and ``b`` are the first names of the two
who are made known to each other (``A`` and ``B`` in full), ``g`` that of who receives a mail,
``me`` that of who writes, ``w`` what somebody does or needs. Every other wording of each list is
held back: the recogniser is mended by looking at the others only.
"""

from __future__ import annotations

__all__ = ["ASKING", "INTRODUCING", "KNOWN_TO_EACH_OTHER", "ONESELF", "ORDINARY", "PLANNING"]
__all__ += ["THANKING", "WORK"]

WORK = {
    "en": ("roofing", "bookkeeping", "a family lawyer", "a dentist", "web design", "insurance"),
    "de": ("Dacharbeiten", "Buchhaltung", "Familienrecht", "Zahnersatz", "Webseiten", "Umzüge"),
    "fr": ("la toiture", "la comptabilité", "le droit de la famille", "les sites web", "le bois"),
    "es": ("tejados", "contabilidad", "derecho de familia", "páginas web", "seguros"),
    "it": ("tetti", "contabilità", "diritto di famiglia", "siti web", "assicurazioni"),
}

#: A subject, and the text: somebody makes two people known to each other.
INTRODUCING = {
    "en": (
        ("Introduction", "{a}, meet {b}. {b} knows all about {w}."),
        ("{a} <> {b}", "Hi both,\n\nI think you two should talk."),
        ("Intro: {A} / {B}", "Hi {a}, hi {b},\n\nwanted to put you two in touch."),
        ("connecting you", "{a}, I'd like to introduce you to {B}, who helps with {w}."),
        ("You should meet", "Hi {a},\n\nplease meet my friend {b}, cc'd here."),
        ("quick intro", "Hey {a} - looping in {b}, who I mentioned last week for {w}."),
        ("{B}", "Dear {a},\n\nI have copied in {B} so that you can take it from here."),
        ("e-introduction", "{a} - {b}, {b} - {a}. You both care about {w}."),
        ("Re: {w}", "Hi {a}, as promised I'm connecting you with {b} ({w})."),
        ("meet {b}", "{a}, {b} is the person I told you about."),
        ("Introducing {A} and {B}", "Morning both, it is my pleasure to introduce you."),
        ("{w}", "Hello {a}, let me introduce {b}; she did our {w}."),
        ("Hello", "Dear {a} and {b}, I wanted to make an introduction between the two of you."),
        ("Two good people", "{a}, say hello to {b}! {b}, say hello to {a}!"),
        ("intro", "Hi {a}, {b} (copied) is looking for {w} and I said you are the best."),
        ("Introduction {a} & {b}", "{b}, {a} is the one I trust with {w}. {a}, over to you."),
    ),
    "de": (
        ("Kontakt", "Liebe/r {a}, darf ich dir {b} vorstellen? {b} kennt sich mit {w} aus."),
        ("{a} <> {b}", "Hallo ihr beiden,\n\nich glaube, ihr solltet euch kennenlernen."),
        ("Vorstellung: {A} / {B}", "Hallo {a}, hallo {b},\n\nhiermit bringe ich euch zusammen."),
        ("Bekanntmachung", "{a}, ich möchte Ihnen gerne {B} vorstellen."),
        ("Ihr solltet euch kennen", "Hi {a}, das ist {b}, von der ich dir erzählt habe."),
        ("Intro", "Hallo {a}, ich setze {b} in Kopie, es geht um {w}."),
        ("{B}", "Guten Tag {a}, wie besprochen stelle ich den Kontakt zu {B} her."),
        ("kurz vorgestellt", "{a} - {b}, {b} - {a}. Euch verbindet {w}."),
        ("{w}", "Hallo {a}, wie versprochen verbinde ich dich mit {b} ({w})."),
        ("Kontakt {b}", "{a}, {b} ist die Person, die ich erwähnt hatte."),
        ("Vorstellung {a} und {b}", "Guten Morgen, ich freue mich, euch bekannt zu machen."),
        ("Empfehlung", "Hallo {a}, hier der Kontakt zu {b}, sie macht {w}."),
        ("Hallo", "Liebe {a}, lieber {b}, ich wollte euch miteinander bekannt machen."),
        ("zwei nette Leute", "{a}, sag mal hallo zu {b}! {b}, sag hallo zu {a}!"),
        ("Empfehlung {a}", "Hallo {a}, {b} (in Kopie) sucht {w}, da habe ich dich empfohlen."),
        ("Kontakt {a} & {b}", "{b}, {a} ist meine erste Adresse für {w}. {a}, übernimmst du?"),
    ),
    "fr": (
        ("Mise en relation", "{a}, je te présente {b}. {b} connaît bien {w}."),
        ("{a} <> {b}", "Bonjour à tous les deux,\n\nje pense que vous devriez échanger."),
        ("Intro : {A} / {B}", "Bonjour {a}, bonjour {b},\n\nje vous mets en contact."),
        ("présentation", "{a}, j'aimerais vous présenter {B}, qui s'occupe de {w}."),
        ("À rencontrer", "Salut {a},\n\nvoici {b}, dont je t'ai parlé."),
        ("petite intro", "Coucou {a}, je mets {b} en copie, c'est pour {w}."),
        ("{B}", "Chère {a},\n\ncomme convenu, je vous mets en relation avec {B}."),
        ("présentations", "{a} - {b}, {b} - {a}. Vous avez {w} en commun."),
        ("{w}", "Bonjour {a}, comme promis je te mets en lien avec {b} ({w})."),
        ("{b}", "{a}, {b} est la personne dont je te parlais."),
        ("Présentation {a} et {b}", "Bonjour, j'ai le plaisir de vous présenter l'un à l'autre."),
        ("recommandation", "Bonjour {a}, laisse-moi te présenter {b}, qui fait {w}."),
        ("Bonjour", "Chers {a} et {b}, je voulais faire les présentations."),
        ("deux belles personnes", "{a}, dis bonjour à {b} ! {b}, dis bonjour à {a} !"),
        ("contact", "Bonjour {a}, {b} (en copie) cherche {w}, je lui ai parlé de toi."),
        ("Contact {a} & {b}", "{b}, {a} est la personne de confiance pour {w}. {a}, à toi !"),
    ),
    "es": (
        ("Presentación", "{a}, te presento a {b}. {b} sabe mucho de {w}."),
        ("{a} <> {b}", "Hola a los dos:\n\ncreo que deberíais hablar."),
        ("Intro: {A} / {B}", "Hola {a}, hola {b}:\n\nos pongo en contacto."),
        ("contacto", "{a}, me gustaría presentarle a {B}, que se dedica a {w}."),
        ("Tenéis que conoceros", "Hola {a},\n\neste es {b}, de quien te hablé."),
        ("intro rápida", "Hola {a}, pongo en copia a {b}, es por lo de {w}."),
        ("{B}", "Estimada {a}:\n\ncomo quedamos, le pongo en contacto con {B}."),
        ("presentaciones", "{a} - {b}, {b} - {a}. Os une {w}."),
        ("{w}", "Buenas {a}, como te prometí, te conecto con {b} ({w})."),
        ("{b}", "{a}, {b} es la persona que te comenté."),
        ("Presentación {a} y {b}", "Buenos días, es un placer presentaros."),
        ("recomendación", "Hola {a}, déjame presentarte a {b}, que hace {w}."),
        ("Hola", "Queridos {a} y {b}: quería hacer las presentaciones."),
        ("dos buena gente", "{a}, saluda a {b}. {b}, saluda a {a}."),
        ("recomendado", "Hola {a}, {b} (en copia) busca {w} y le he hablado de ti."),
        ("Contacto {a} y {b}", "{b}, {a} es mi persona de confianza para {w}. {a}, te lo dejo."),
    ),
    "it": (
        ("Presentazione", "{a}, ti presento {b}. {b} sa tutto di {w}."),
        ("{a} <> {b}", "Ciao a entrambi,\n\ncredo che dovreste parlarvi."),
        ("Intro: {A} / {B}", "Ciao {a}, ciao {b},\n\nvi metto in contatto."),
        ("contatto", "{a}, vorrei presentarle {B}, che si occupa di {w}."),
        ("Dovete conoscervi", "Ciao {a},\n\nquesto è {b}, di cui ti ho parlato."),
        ("breve intro", "Ciao {a}, metto in copia {b}, è per {w}."),
        ("{B}", "Gentile {a},\n\ncome d'accordo la metto in contatto con {B}."),
        ("presentazioni", "{a} - {b}, {b} - {a}. Vi unisce {w}."),
        ("{w}", "Ciao {a}, come promesso ti metto in collegamento con {b} ({w})."),
        ("{b}", "{a}, {b} è la persona di cui ti dicevo."),
        ("Presentazione {a} e {b}", "Buongiorno, è un piacere presentarvi."),
        ("consiglio", "Ciao {a}, lascia che ti presenti {b}, che fa {w}."),
        ("Ciao", "Cari {a} e {b}, volevo fare le presentazioni."),
        ("due belle persone", "{a}, saluta {b}! {b}, saluta {a}!"),
        ("consigliato", "Ciao {a}, {b} (in copia) cerca {w} e gli ho parlato di te."),
        ("Contatto {a} e {b}", "{b}, {a} è la mia persona di fiducia per {w}. {a}, a te!"),
    ),
}

#: A subject, and the text: thanks for somebody who was sent, or for what was done.
THANKING = {
    "en": (
        ("thank you", "Hi {g}, thank you for introducing me to {b}."),
        ("Thanks!", "Thanks so much for the referral, {g}!"),
        ("{b}", "{g}, thanks for sending {b} my way."),
        ("so grateful", "Dear {g},\n\nI really appreciate you recommending me to {b}."),
        ("Re: Intro", "Thanks for the intro, {g}!"),
        ("a quick thank you", "Hi {g}, many thanks for putting me in touch with {b}."),
    ),
    "de": (
        ("Danke", "Hallo {g}, danke, dass du mich mit {b} bekannt gemacht hast."),
        ("Vielen Dank!", "Herzlichen Dank für die Empfehlung, {g}!"),
        ("{b}", "{g}, danke für den Kontakt zu {b}."),
        ("Dankeschön", "Liebe/r {g},\n\nvielen Dank, dass du mich an {b} empfohlen hast."),
        ("AW: Vorstellung", "Danke fürs Vorstellen, {g}!"),
        ("kurz danke", "Hi {g}, tausend Dank für die Vermittlung von {b}."),
    ),
    "fr": (
        ("merci", "Bonjour {g}, merci de m'avoir présenté {b}."),
        ("Merci !", "Un grand merci pour la recommandation, {g} !"),
        ("{b}", "{g}, merci de m'avoir envoyé {b}."),
        ("reconnaissant", "Cher {g},\n\nje vous remercie de m'avoir recommandé auprès de {b}."),
        ("Re: Mise en relation", "Merci pour la mise en relation, {g} !"),
        ("petit merci", "Salut {g}, merci beaucoup pour le contact de {b}."),
    ),
    "es": (
        ("gracias", "Hola {g}, gracias por presentarme a {b}."),
        ("¡Gracias!", "¡Muchas gracias por la recomendación, {g}!"),
        ("{b}", "{g}, gracias por enviarme a {b}."),
        ("agradecido", "Estimado {g}:\n\nle agradezco que me haya recomendado a {b}."),
        ("Re: Presentación", "¡Gracias por la presentación, {g}!"),
        ("un gracias", "Buenas {g}, mil gracias por ponerme en contacto con {b}."),
    ),
    "it": (
        ("grazie", "Ciao {g}, grazie per avermi presentato {b}."),
        ("Grazie!", "Grazie mille per la segnalazione, {g}!"),
        ("{b}", "{g}, grazie per avermi mandato {b}."),
        ("riconoscente", "Gentile {g},\n\nla ringrazio di avermi raccomandato a {b}."),
        ("Re: Presentazione", "Grazie della presentazione, {g}!"),
        ("un grazie", "Ciao {g}, tante grazie per il contatto di {b}."),
    ),
}

#: Mail between two people about something else.
ORDINARY = {
    "en": (
        ("Lunch?", "Hi {g}, are you free for lunch on Thursday?"),
        ("invoice", "{g}, the signed contract is attached."),
        ("Re: plans", "It was nice to meet you yesterday, {g}."),
        ("question", "Hi {g}, do you know a good contact for {w}?"),
        ("update", "{g}, {b} signed today, just so you know."),
        ("thanks", "Thanks for your mail, {g}, I will look into it."),
    ),
    "de": (
        ("Mittagessen?", "Hallo {g}, hast du am Donnerstag Zeit?"),
        ("Rechnung", "{g}, anbei der unterschriebene Vertrag."),
        ("AW: Pläne", "Schön, dich gestern kennengelernt zu haben, {g}."),
        ("Frage", "Hallo {g}, kennst du einen guten Kontakt für {w}?"),
        ("Stand", "{g}, {b} hat heute unterschrieben, nur zur Info."),
        ("danke", "Danke für deine Mail, {g}, ich sehe es mir an."),
    ),
    "fr": (
        ("Déjeuner ?", "Bonjour {g}, es-tu libre jeudi ?"),
        ("facture", "{g}, voici le contrat signé."),
        ("Re: projets", "Ravi de t'avoir rencontré hier, {g}."),
        ("question", "Bonjour {g}, connais-tu quelqu'un pour {w} ?"),
        ("nouvelles", "{g}, {b} a signé aujourd'hui, pour info."),
        ("merci", "Merci pour ton message, {g}, je regarde."),
    ),
    "es": (
        ("¿Comida?", "Hola {g}, ¿tienes libre el jueves?"),
        ("factura", "{g}, adjunto el contrato firmado."),
        ("Re: planes", "Encantado de conocerte ayer, {g}."),
        ("pregunta", "Hola {g}, ¿conoces a alguien para {w}?"),
        ("novedades", "{g}, {b} firmó hoy, para que lo sepas."),
        ("gracias", "Gracias por tu correo, {g}, lo miro."),
    ),
    "it": (
        ("Pranzo?", "Ciao {g}, sei libero giovedì?"),
        ("fattura", "{g}, in allegato il contratto firmato."),
        ("Re: programmi", "È stato un piacere conoscerti ieri, {g}."),
        ("domanda", "Ciao {g}, conosci qualcuno per {w}?"),
        ("novità", "{g}, {b} ha firmato oggi, per tua informazione."),
        ("grazie", "Grazie per la tua mail, {g}, guardo subito."),
    ),
}

#: To two people at once, about a day or a piece of work: nobody is introduced.
PLANNING = {
    "en": (
        ("Tuesday", "Hi {a}, hi {b}, can we meet on Tuesday at ten?"),
        ("project", "{a}, {b}, the new plans are attached."),
        ("meeting moved", "{a}, please meet {b} and me at the station at nine."),
        ("dinner", "Dear {a} and {b}, we would love to have you over for dinner."),
        ("minutes", "{a}, could you send {b} the minutes?"),
        ("offer", "Hi both, here is the offer we talked about."),
    ),
    "de": (
        ("Dienstag", "Hallo {a}, hallo {b}, passt euch Dienstag um zehn?"),
        ("Projekt", "{a}, {b}, die neuen Pläne sind angehängt."),
        ("Treffen verlegt", "{a}, triff {b} und mich bitte um neun am Bahnhof."),
        ("Abendessen", "Liebe {a}, lieber {b}, wir würden euch gern zum Essen einladen."),
        ("Protokoll", "{a}, schickst du {b} bitte das Protokoll?"),
        ("Angebot", "Hallo ihr beiden, hier das besprochene Angebot."),
    ),
    "fr": (
        ("mardi", "Bonjour {a}, bonjour {b}, peut-on se voir mardi à dix heures ?"),
        ("projet", "{a}, {b}, les nouveaux plans sont en pièce jointe."),
        ("rendez-vous déplacé", "{a}, retrouve {b} et moi à la gare à neuf heures."),
        ("dîner", "Chers {a} et {b}, nous serions ravis de vous avoir à dîner."),
        ("compte rendu", "{a}, peux-tu envoyer le compte rendu à {b} ?"),
        ("devis", "Bonjour à tous les deux, voici le devis dont nous avons parlé."),
    ),
    "es": (
        ("martes", "Hola {a}, hola {b}, ¿podemos vernos el martes a las diez?"),
        ("proyecto", "{a}, {b}, adjunto los planos nuevos."),
        ("cita cambiada", "{a}, nos vemos con {b} en la estación a las nueve."),
        ("cena", "Queridos {a} y {b}: nos encantaría invitaros a cenar."),
        ("acta", "{a}, ¿le mandas el acta a {b}?"),
        ("oferta", "Hola a los dos, aquí va la oferta que comentamos."),
    ),
    "it": (
        ("martedì", "Ciao {a}, ciao {b}, ci vediamo martedì alle dieci?"),
        ("progetto", "{a}, {b}, in allegato i nuovi disegni."),
        ("incontro spostato", "{a}, incontra {b} e me alla stazione alle nove."),
        ("cena", "Cari {a} e {b}, ci piacerebbe avervi a cena."),
        ("verbale", "{a}, puoi mandare il verbale a {b}?"),
        ("offerta", "Ciao a entrambi, ecco l'offerta di cui parlavamo."),
    ),
}

#: Somebody asks for an introduction, with a third person copied in.
ASKING = {
    "en": (
        ("a favour", "Hi {g}, could you introduce me to your lawyer? {b} said you might."),
        ("Intro?", "{g}, would you be open to introducing {b} and me to the club?"),
    ),
    "de": (
        ("eine Bitte", "Hallo {g}, könntest du mich deinem Anwalt vorstellen? {b} meinte das."),
        ("Kontakt?", "{g}, würdest du {b} und mich im Club vorstellen?"),
    ),
    "fr": (
        ("un service", "Bonjour {g}, pourrais-tu me présenter ton avocat ? {b} me l'a dit."),
        ("Contact ?", "{g}, accepterais-tu de nous présenter, {b} et moi, au club ?"),
    ),
    "es": (
        ("un favor", "Hola {g}, ¿podrías presentarme a tu abogado? Me lo dijo {b}."),
        ("¿Contacto?", "{g}, ¿nos presentarías a {b} y a mí en el club?"),
    ),
    "it": (
        ("un favore", "Ciao {g}, potresti presentarmi il tuo avvocato? Me l'ha detto {b}."),
        ("Contatto?", "{g}, ci presenteresti, {b} e me, al club?"),
    ),
}

#: Somebody introduces themselves, or their firm, with a colleague copied in.
ONESELF = {
    "en": (
        ("Hello", "Dear {g}, let me introduce myself: I run a firm for {w}."),
        ("our new colleague", "Dear {g}, we are pleased to introduce our new team at {w} Ltd."),
    ),
    "de": (
        ("Guten Tag", "Sehr geehrte/r {g}, darf ich mich vorstellen: Ich biete {w}."),
        ("neues Team", "Hallo {g}, wir freuen uns, Ihnen unser neues Team vorzustellen."),
    ),
    "fr": (
        ("Bonjour", "Bonjour {g}, je me présente : je travaille dans {w}."),
        ("nouvelle équipe", "Bonjour {g}, nous avons le plaisir de présenter notre équipe."),
    ),
    "es": (
        ("Hola", "Estimado {g}: permítame presentarme, me dedico a {w}."),
        ("nuevo equipo", "Hola {g}, nos complace presentar a nuestro nuevo equipo."),
    ),
    "it": (
        ("Buongiorno", "Gentile {g}, mi presento: mi occupo di {w}."),
        ("nuovo gruppo", "Ciao {g}, siamo lieti di presentare la nostra nuova squadra."),
    ),
}

#: To two people who know each other: nobody is made known to anybody any more.
KNOWN_TO_EACH_OTHER = {
    "en": (
        ("Re: Intro", "Thanks {a}, moving you to bcc. {b}, when suits you?"),
        ("Re: {a} <> {b}", "{a}, {b} and I had a good first call."),
    ),
    "de": (
        ("AW: Vorstellung", "Danke {a}, ich nehme dich aus dem Verteiler. {b}, wann passt es?"),
        ("AW: {a} <> {b}", "{a}, {b} und ich hatten ein gutes erstes Gespräch."),
    ),
    "fr": (
        ("Re: Mise en relation", "Merci {a}, je te mets en cci. {b}, quand es-tu libre ?"),
        ("Re: {a} <> {b}", "{a}, {b} et moi avons eu un bon premier échange."),
    ),
    "es": (
        ("Re: Presentación", "Gracias {a}, te paso a copia oculta. {b}, ¿cuándo puedes?"),
        ("Re: {a} <> {b}", "{a}, {b} y yo tuvimos una buena primera llamada."),
    ),
    "it": (
        ("Re: Presentazione", "Grazie {a}, ti metto in ccn. {b}, quando puoi?"),
        ("Re: {a} <> {b}", "{a}, io e {b} abbiamo avuto una bella prima chiamata."),
    ),
}
