"""Short forms of first names: who may be called so, which is asked and never taken for granted."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from refgraph.names.spelling import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["also_called", "by_full_form", "full_forms", "may_be_one"]

# The names and short forms that are in everybody's mouth, in English, German, French, Spanish,
# Italian, Dutch and Portuguese, without accents; a short form may stand in several lines.
_SHORT_FORMS = """
abigail abby | albert al bert albie | alberto beto berto | alessandra sandra ale
alessandro sandro ale | alexander alex sandy xander sascha alec
alexandra alex sandra sasha alexa | alfred alf fred | alfredo fredo alfred | amanda mandy
andrea andi | andreas andi andre | andrew andy drew | anthony tony ant | antoinette toni nettie
antonio toni tono nino tonio | antonius toon ton | augustus gus | barbara barb babs bar
bartholomeus bart | beatrice bea trixie | beatriz bea bia | benjamin ben benny benji
bernard bernie | bernhard bernd | carolina caro lina | caroline carrie caro
cassandra cass cassie | catarina cata | caterina rina | catherine cathy cate cat kate kitty
charles charlie chuck chas | charlotte lotte charly lottie | christian chris kris
christina tina chris chrissie | christine tine chris chrissy | christoph chris toph
christopher chris kit topher | clara clare | claudia clau | constance connie
constantin kostja conny | cornelia conny nele | cornelis kees cor | cynthia cindy
daniel dan danny dani | daniela dani | david dave davy | deborah deb debbie | dennis den
dietrich dieter | dolores lola | dominic dom | dominique dom | donald don donny
dorothea doro thea | dorothy dot dottie dolly | edmund ed eddie | edoardo edo | eduardo edu lalo
edward ed eddie ted ned teddy | eleanor ellie nell nora | elisabeth lisa elli lisbeth sissi else
elisabetta betta lisa | elizabeth liz lizzie beth betty eliza libby bess | emanuel manu
emmanuel manu | emmanuelle manu | enrico rico | enrique quique kike | ernest ernie | ernesto neto
esperanza espe | eugene gene | evelyn evie | federico fede | ferdinand ferdi | fernando nando fer
filippo pippo | florence flo | florian flo | frances fran frannie | francesca franca chicca
francesco franco cesco | francis frank | francisco paco pancho curro fran chico | franciscus frans
franklin frank | franziska franzi ziska | frederic fred | frederick fred freddie rick
friedrich fritz friedel | gabriel gabe gabi | gabriela gabi | gabriele gabi | gabrielle gaby
geoffrey geoff | georg jorg schorsch | george georgie | gerald gerry | gerard gerry ger
gerhard gerd | gertrud trude | gianluca luca | giovanna gianna | giovanni gianni vanni nanni
giuseppe beppe peppe pino | graciela chela | gregory greg | guadalupe lupe | guillermo memo guille
gustavo gus tavo | hans-peter hape | harold harry hal | heinrich heinz heiner heini | helena lena
hendrik henk rik | henriette jette | henry hal hank harry | hermann hermi | ignacio nacho
isabel isa bel chabela | isabella bella isa | isabelle isa | jacob jake | jacobus koos jaap
jacqueline jackie | jaime jimmy | jakob jack | james jim jimmy jamie jem | janet jan
jean-baptiste jb | jeffrey jeff | jennifer jen jenny | jeremy jerry jem | jessica jess jessie
jesus chucho chuy | joanna jo joan | joaquim quim | joaquin quino | johann hans hannes
johanna hanna hanni jo anna | johannes hans hannes jan jo johan joop | john jack johnny jon
jonathan jon jonny | jorge coque | jose pepe chepe ze zeca | josef sepp jupp | josefa pepa fina
joseph joe joey jo | josephine jo josie fine | joshua josh | juan juanito juancho | judith judy
julia jule | juliana ju | justine justy | karl-heinz kalle | katharina kathi kati kathrin katja
katherine kathy kate kat katie kitty | kenneth ken kenny | kimberly kim | konrad conny
laurence larry laurie | lawrence larry laurie | leonard len lenny leo | leonardo leo nardo
lorenzo renzo | louis lou | louise lou | lourdes lulu | lucia luci lucy | luciano lucio
ludwig lutz | luigi gigi gino | luis lucho | luiz lula | magdalena lena magda
manuel manu manolo lolo | manuela manu ela | marcus marc mark
margaret maggie meg peggy marge margie greta daisy | margarete grete gretel greta
margarita marga rita | margherita rita | maria mia mary | maria-jose majo | mariana mari
martha marty patty | martin marty | martina tina | mathilde tilda tilly | mattheus thijs
matthew matt matty | matthias matze hias | matthieu mat | maximilian max maxi | mercedes merche
michael mike mick mickey mickel michi micha | michel mich | michele lele | michelle shelly
miguel migue | mildred millie | mohammed mo | monica moni | monika moni | natalie nat
nathan nate | nathaniel nat nate | nicholas nick nicky | nicola nico | nicolaas klaas nico
nicolas nico | nicole nicky | nikolaus klaus nico niko | oliver ollie olli | olivia liv
otto ottl | pamela pam | patricia pat patty trish tricia | patrick pat paddy | paulo paulinho
pedro perico | peter pete | petrus piet peter | philip phil pip | philipp phil | pierluigi gigi
priscilla cilla | rachel rach | rafael rafa | raimund ray | raymond ray | rebecca becky becca
reinhard reini | ricardo rica richi | riccardo ricky | richard rick dick rich richie ricky
robert bob rob bobby robbie bert robin | roberta robbie bobbie | roberto beto berto
rodrigo rodri | roger rog | ronald ron ronnie | rosario charo chayo | rosemary rosie rose
rudolf rudi ruud dolf | salvador chava | salvatore toto turi | samantha sam | samuel sam sammy
sebastian seb basti bastian | sebastien seb | sergio checo | sofia sofi | sophia sophie fia
stefan steff | stefanie steffi | stephan steffen | stephanie steph steffi | stephen steve stevie
steven steve | susan sue susie suzy | susanne susi sanne | suzanne sue suzy | sybille bille
teresa tere | theodor theo | theodore ted teddy theo | theresa terry tess resi | therese resi
thomas tom tommy | timothy tim timmy | tobias tobi | ulrich uli | ulrike ulli rike
ursula uschi ulla | valentina vale | valerie val | veronica vero ronnie | veronika vroni
victor vic | victoria vicky tori | vincent vince vinnie | vincenzo enzo | virginia ginny
vitoria vivi | walter walt wally | walther wally | wilhelm willi willy wim | wilhelmina mina mien
willem wim pim | william will bill billy willy liam | winfried winni | wolfgang wolf wolfi
yolanda yoli | yvonne yvi | zacharias zach | zachary zach zack
"""


@cache
def _forms() -> dict[str, frozenset[str]]:
    """Give for every short form the names it stands for."""
    found: dict[str, set[str]] = {}
    for line in _SHORT_FORMS.replace("|", "\n").splitlines():
        full, *shorts = bare(line).split() or [""]
        for short in (full, *shorts):
            found.setdefault(short, set()).add(full)
    return {short: frozenset(fulls) for short, fulls in found.items() if short}


def full_forms(first: str) -> frozenset[str]:
    """Give the first names that one may stand for; nothing for one of which no form is known.

    Examples
    --------
    >>> sorted(full_forms("ted")), sorted(full_forms("robert")), sorted(full_forms("okafor"))
    (['edward', 'theodore'], ['robert'], [])
    """
    return _forms().get(first, frozenset())


def may_be_one(one: str, other: str) -> bool:
    """Tell whether two different first names, bare, can be one person's.

    Examples
    --------
    >>> may_be_one("bob", "robert"), may_be_one("bob", "rob"), may_be_one("bob", "rod")
    (True, True, False)
    """
    return one != other and not full_forms(one).isdisjoint(full_forms(other))


def by_full_form(owners: Iterable[tuple[str, str]]) -> dict[tuple[str, ...], list[str]]:
    """Sort names by the first names that theirs may be short for, with and without the rest.

    Parameters
    ----------
    owners : iterable of (str, str)
        Every name and alias, with the person who goes by it.

    Examples
    --------
    >>> by_full_form([("Bob J. Hale", "Bob J. Hale")])
    {('robert',): ['Bob J. Hale'], ('robert', 'hale'): ['Bob J. Hale']}
    """
    found: dict[tuple[str, ...], list[str]] = {}
    for text, owner in owners:
        first, *rest = _without_initials(text) or [""]
        for full in sorted(full_forms(first)):
            for key in dict.fromkeys([(full,), (full, *rest)]):
                found.setdefault(key, []).append(owner)
    return found


def also_called(name: str, forms: Mapping[tuple[str, ...], Sequence[str]]) -> tuple[str, ...]:
    """Name the people who have this name but for a short form of the first one.

    A first name alone fits whoever is called so; initials of middle names do not count.

    Parameters
    ----------
    name : str
        What was typed.
    forms : mapping of tuple of str to sequence of str
        What :func:`by_full_form` gave.

    Examples
    --------
    >>> names = ["Robert J. Hale", "Bob Park"]
    >>> forms = by_full_form(zip(names, names))
    >>> also_called("Bob Hale", forms), also_called("Rob", forms)
    (('Robert J. Hale',), ('Robert J. Hale', 'Bob Park'))
    """
    first, *rest = _without_initials(name) or [""]
    found = (owner for full in sorted(full_forms(first)) for owner in forms.get((full, *rest), ()))
    return tuple(dict.fromkeys(found))


def _without_initials(name: str) -> list[str]:
    """Give the words of a name, bare, without the initials of middle names."""
    last, comma, before = name.partition(",")
    words = bare(f"{before} {last}" if comma else name).split()
    return [*words[:1], *(word for word in words[1:] if len(word.rstrip(".")) > 1)]
