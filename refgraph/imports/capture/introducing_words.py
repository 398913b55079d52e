"""The words by which somebody makes two people known to each other, or thanks for it.

They are looked for in a text without capitals and accents, in which each of the two stands as
``¤``. A sign that is enough by itself weighs two; of the others it takes two.
"""

from __future__ import annotations

import re

__all__ = ["LINE_SIGNS", "NOT_SO", "SUBJECT_SIGNS", "THANKS_FOR_IT", "THANKS_MORE"]

_SURE = (
    # English
    r"¤.*\bmeet (?:my (?:\w+ ){1,3})?¤(?!'s| and (?:me|i|us)\b| (?:at|on|tomorrow|today|next)\b)",
    r"\bmeet (?:my|our) (?:\w+ ){1,3}¤",
    r"\bintroduc(?:e|ing)(?: to)? (?:¤|the two|both|two)"
    r"(?! (?:to|with) (?!¤|my |our |an? |the |some|each |one ))",
    r"\bintroduc(?:e|ing) you\b(?! to (?:our|the|an?|my)\b(?![^.?!]*¤))"
    r"(?! (?:two |both |guys )?(?:to|with) (?!¤|my |our |an? |the |some|each |one ))",
    r"\b(?:an?|the|this|our|quick|brief|short) (?:\w+[- ])?intro(?:duction)?s? (?:between|of|to ¤)",
    r"\b(?:connect|put|bring|get)(?:ting|ing)? (?:you|¤|the two|both)\b[^.?!]{0,20}"
    r"(?: with ¤| to ¤| and ¤| together"
    r"| in (?:touch|contact)\b(?! with (?:our|the|an?|my)\b(?![^.?!]*¤)))",
    r"\bconnect(?:ing)? (?:you (?:two|both|guys)|the two of you|¤ (?:and|with|to) ¤)",
    r"¤,? (?:about )?(?:whom?|that) (?:i|we) (?:told|mentioned|spoke|talked)\b",
    r"¤,? is the (?:\w+ )?\w+ (?:whom? |that )?(?:i|we) (?:told|mentioned|spoke|talked)",
    r"\byou (?:two|both|guys)\b[^.?!]{0,12}\b(?:should|ought|need|must|have to)\b[^.?!]{0,30}"
    r"\b(?:meet|talk|speak|know|connect|chat|catch up|get together|be in touch|compare notes)\b",
    r"\bsay (?:hello|hi) to ¤",
    r"¤ ?[-/,&+] ?¤ ?[-,;./ ]+ ?¤ ?[-/,&+] ?¤",
    # German
    r"\b(?:darf|mochte|wollte|will|wurde|kann|lass)\b[^.?!]*¤[^.?!]*\b(?:vorstellen|bekannt|verbinden)",
    r"\b(?:euch|sie beide|beide)\b(?:(?!\b(?:unser|mein|das|den|die)\w*\b)[^.?!])*\b(?:vorstellen|vorzustellen|bekannt\w*|zusammen|verbinden"
    r"|kennenlernen|kennen lernen|vernetzen)",
    r"\bihr\b[^.?!]*\b(?:solltet|musst|konntet)\b[^.?!]*\b(?:kennen|sprechen|reden|austauschen)",
    r"\b(?:stelle|stell)\b[^.?!]*\b(?:dir|ihnen|euch|den kontakt|kontakt|¤)\b[^.?!]*(?:¤|her\b|vor\b)",
    r"\bverbinde (?:ich )?(?:dich|sie|euch|¤)",
    r"\bbringe (?:ich )?(?:dich|sie|euch|¤)\b[^.?!]*\b(?:zusammen|kontakt)",
    r"\b(?:hier (?:ist )?der|der) kontakt (?:zu|von) ¤",
    r"\b(?:das|dies) ist ¤",
    r"¤[^.?!]*\b(?:der|die|den|dem|denen)\b[^.?!]* (?:erwahnt|erzahlt|gesprochen)",
    r"\bsag\w* (?:mal |doch )?hallo zu ¤",
    # French
    r"\b(?:te|vous|toi) presenter? (?:\w+ ){0,3}?(?:¤|l'un)",
    r"\bmet(?:s|tre|tons)?\b[^.?!]*\ben (?:contact|relation|lien|rapport)",
    r"\bvous devriez\b[^.?!]*\b(?:echanger|parler|rencontrer|connaitre)",
    r"\bfaire les presentations",
    r"\bvoici ¤",
    r"¤[^.?!]*\b(?:dont|de qui)\b[^.?!]*\bparl",
    r"\bdi(?:s|tes) bonjour a ¤",
    # Spanish
    r"\b(?:te|le|os|les) presento (?:a\b|¤)|\bpresentar(?:te|le|les) (?:a\b|¤)"
    r"|\bpresentar(?:os|nos)\b(?! (?:el|la|los|las|una?|mi|mis|nuestr\w+)\b)",
    r"\b(?:pongo|poner(?:te|le|os|les)?|ponemos)\b[^.?!]*\ben contacto",
    r"\b(?:te|le|os|les) conecto\b|\bconectar(?:te|le|os|les)\b",
    r"\b(?:deberiais|tendriais|teneis que|deberian|tienen que)\b[^.?!]*\b(?:hablar|conocer)",
    r"\bhacer las presentaciones",
    r"\b(?:este|esta) es ¤",
    r"¤[^.?!]*\b(?:de quien|que)\b[^.?!]*\b(?:te|le|os) (?:hable|comente|dije|mencione)",
    r"\bsalud(?:a|e|ad) a ¤",
    # Italian
    r"\b(?:ti|vi|le) present(?:o|i) (?:\w+ ){0,2}?¤|\bpresentar(?:ti|le|la|lo) (?:\w+ ){0,2}?¤"
    r"|\bpresentarvi\b(?! (?:il|la|lo|i|gli|le|una?|nostr\w+)\b)",
    r"\b(?:metto|mettere|mettervi|metterti|metterla)\b[^.?!]*\bin (?:contatto|collegamento|comunicazione)",
    r"\b(?:dovreste|dovete)\b[^.?!]*\b(?:parlar|conoscer|sentir)",
    r"\bfare le presentazioni",
    r"\b(?:questo|questa|ecco) (?:e )?¤",
    r"¤[^.?!]*\bdi cui\b[^.?!]*\b(?:parlat|parlav|dett|dicev|accennat)",
    r"\bsaluta(?:te)? ¤",
    # Dutch and Portuguese
    r"\bvoor(?:stellen)? aan ¤|\b(?:stel|wil|mag)\b[^.?!]*¤[^.?!]*\bvoor(?:stellen)?\b",
    r"\b(?:breng|brengen|verbind)\b[^.?!]*\b(?:contact|met elkaar|jullie|met ¤)",
    r"\bjullie\b[^.?!]*\b(?:moeten|kennismaken|leren kennen)",
    r"\b(?:te|lhe|vos) apresento\b|\bapresentar(?:-te|-lhe|-vos)?\b[^.?!]*¤",
    r"\b(?:coloco|ponho|colocar|por)\b[^.?!]*\bem contacto?",
)
_LIKELY = (
    r"\b(?:loop|add|copy|cc)(?:ing|'?ing|ed)?(?: in)? ¤|\b(?:copied|cc'?d|copying|cc'?ing|looped)\b",
    r"\bin (?:cc|copy|kopie|copia)\b|\ben copie\b|\ben copia\b|\bin copia\b|\bem copia\b|\b(?:cc|kopie)\b",
    r"\btake it from here|\bover to you|\bleave (?:it|you) (?:to|two)|\byou (?:two|both)\b",
    r"\bi (?:said|told|recommended|gave)\b[^.?!]*\b(?:you|your)\b|\bi trust\b|\bspeaks? highly",
    r"\bempfohlen\b|\bubernimm\w*|\bbeiden\b|\berste adresse",
    r"\bparle de (?:toi|vous)|\brecommande|\ba (?:toi|vous)\b|\bles deux\b"
    r"|\bde confiance\b",
    r"\bhablado de (?:ti|usted)|\brecomend|\bte lo dejo|\blos dos\b"
    r"|\bde confianza\b",
    r"\bparlato di (?:te|lei)|\bconsigli|\ba te\b|\bentrambi\b"
    r"|\bdi fiducia\b",
    r"\baanbevolen\b",
)
#: Signs in the first line, each with what it weighs.
LINE_SIGNS = tuple(
    (weight, re.compile(each)) for weight, signs in ((2, _SURE), (1, _LIKELY)) for each in signs
)
#: Signs in the subject of a mail that answers none.
SUBJECT_SIGNS = (
    (2, re.compile(r"¤ ?(?:<[-=]?>|↔|⇄|<-+>) ?¤")),
    (1, re.compile(r"¤ ?(?:[/&+x|,]|and|und|et|y|e|en|meets?) ?¤")),
    (
        1,
        re.compile(
            r"\b(?:e-?)?intro\w*|\bconnecting\b|\bmeet ¤|\bshould meet\b|\b(?:warm |quick )?intro\b"
            r"|vorstell|bekannt|kennenlern|kontakt|vorgestellt|empfehl|\bmise en (?:relation|contact)"
            r"|presentat|presentac|a rencontrer|\bcontact\b|recommand|contacto|conoceros|recomend"
            r"|contatto|conoscer|consigl|voorstel|kennismak|apresenta|recommend|referral"
        ),
    ),
    (1, re.compile(r"^\W*¤\W*$")),
)
#: What only seems to introduce somebody: a question, oneself, one's firm, thanks.
NOT_SO = re.compile(
    r"\b(?:could|can|would|will|might) you\b[^.]*\b(?:introduc|connect|put)"
    r"|\bopen to\b|\bwould you mind\b|\bintroduc(?:e|ing) (?:my|our)(?:sel\w+)?\b"
    r"|\bto introduce (?:our|my|the new)\b|\bnew (?:colleague|team|member)|\bnice to (?:meet|have met)"
    r"|\bthank|\bbcc\b|\bgreat to meet"
    r"|\b(?:konntest|konnten|kannst|wurdest|wurden) (?:du|sie)\b[^.]*\b(?:vorstell|bekannt|kontakt)"
    r"|\b(?:mich|uns)(?: kurz)? vorstellen|\bmich vorzustellen|\b(?:unser|neue[sn]?) (?:neues )?team"
    r"|\bdanke?\b|\bvielen dank|\bverteiler\b|\bkennengelernt"
    r"|\b(?:pourrais|pourriez|peux|pouvez|accepterais|accepteriez)[- ](?:tu|vous)\b[^.]*"
    r"|\bje me presente|\bnotre (?:nouvelle )?equipe|\bmerci\b|\bcci\b|\brencontre hier"
    r"|\b(?:podrias|podria|puedes|puede|nos presentarias)\b[^.]*\b(?:presentar|contacto|club)"
    r"|\bpresentarme\b|\bme presento\b|\bnuestro (?:nuevo )?equipo|\bgracias\b|\bcopia oculta"
    r"|\bpresentarias\b|\bconocert?e ayer"
    r"|\b(?:potresti|potrebbe|puoi|puo)\b[^.]*\b(?:presentar|contatto)|\bpresentarmi\b"
    r"|\bmi presento\b|\bnostra (?:nuova )?squadra|\bgrazie\b|\bringrazi|\bccn\b|\bpresenteresti\b"
    r"|\bremerci|\bagradec|\bbedankt\b|\bdank je\b|\bobrigad|\bkunt u\b|\bkun je\b|\bmij voor"
)
_THANK = (
    r"(?:\bthank|\bthx\b|\bappreciat|\bgrateful|\bdank|\bmerci\b|\bremerci|\bgracias\b|\bagradec"
    r"|\bgrazie\b|\bringrazi|\bbedankt\b|\bobrigad)"
)
#: Thanks for somebody who was sent.
THANKS_FOR_IT = re.compile(
    _THANK + r"[^?]*(?:\bintro|\breferr|\brefer\b|\brecommend|\bconnect|\bin touch|\bmy way\b"
    r"|\bsending\b[^.]*\b(?:me|us|over)\b|vorstell|bekannt|kontakt|empf[eo]hl|vermittl|geschickt"
    r"|present|mise en relation|en (?:relation|contact|lien)|\bcontact\b|recommand|envoye|adresse"
    r"|recomend|contacto|enviarme|mandarme|raccomand|contatto|mandat|segnala|inviat"
    r"|aanbe|doorverw|voorgestel|indica)"
)
#: Thanks for what was done: of a client, the moment to ask.
THANKS_MORE = re.compile(
    _THANK + r"[^?]*(?:\byour (?:help|support|work|advice|time and)|\b(?:great|excellent|wonderful"
    r"|amazing|fantastic|good) (?:work|job|help|advice)|\beverything\b|\ball you"
    r"|hilfe|unterstutzung|arbeit|beratung|alles|aide|soutien|travail|conseils?|tout ce"
    r"|ayuda|apoyo|trabajo|consejos?|todo lo|aiuto|lavoro|consigli|supporto|tutto|hulp|werk"
    r"|ajuda|trabalho)"
)
