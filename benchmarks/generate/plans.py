"""Made-up plans of made-up bodies, one after another, the same for the same seed however many are asked for.

A body adopts a resolution each year and a plan on it; programs go on from year to year, most of them. Partners are
drawn so that few take part in very much and most in little (Zipf's law with exponent 1). Nothing is remembered but the
plan before, so memory does not grow with the number of plans.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from records import Record, Said, concept, record, texts, typed

__all__ = ["Lists", "bodies", "plans"]

Lists = Mapping[str, Sequence[str]]  # the values of each closed list, by its name

YEARS = range(1990, 2030)  # of plans of one body
AREAS, PROGRAMS, PROJECTS, ACTIVITIES = 2, 8, 3, 2  # of a plan, of it, of a program, of a project
PROVISIONS = 8  # of a resolution
GOES_ON = 0.8  # of programs, into the next year
UNFUNDED = 0.3  # of projects, in one way or another
PART = 4  # partners of a program, on average
REGISTER = "source-document/made-register"
SUBJECTS = (
    ("port inspection", "inspección de puertos"),
    ("travel documents", "documentos de viaje"),
    ("network defense", "defensa de redes"),
    ("cargo screening", "control de carga"),
    ("crowd safety", "seguridad de multitudes"),
    ("money trails", "rastros de dinero"),
    ("border posts", "puestos fronterizos"),
    ("model statutes", "leyes modelo"),
)
NATIONAL = {"ministry", "state-agency", "government", "government-program"}  # kinds of bodies that have a country


@dataclass(slots=True)
class _Plan:
    """A plan that is being made: its key, its document, how many passages it has, and what it draws from."""

    body: str
    year: int
    draw: Random
    lists: Lists
    partners: int
    passages: int = 0

    @property
    def key(self) -> str:
        return f"{self.body}-{self.year}"

    @property
    def graph(self) -> str:
        return f"plans/{self.key}"

    def one(self, name: str) -> str:
        """Draw a value of a closed list."""
        return self.draw.choice(self.lists[name])

    def passage(self, place: str) -> Record:
        """Make a passage of the plan's document."""
        self.passages += 1
        return _passage(f"source-document/{self.key}", f"{self.key}/{self.passages}", place)


def bodies(number: int, seed: int, lists: Lists, countries: Sequence[str]) -> Iterator[Record]:
    """Make the bodies that plans name as partners, and the register they are known from.

    Args:
        number: Of partners.
        seed: Of what is drawn.
        lists: Closed lists.
        countries: Keys of countries there are.
    """
    yield _document(REGISTER.partition("/")[2], "Register of bodies", "Registro de organismos", 1990)
    draw = Random(f"{seed} bodies")  # noqa: S311 - nothing is kept secret
    for place in range(1, number + 1):
        kind = draw.choice([one for one in lists["organization-kind"] if one != "collective"])
        known = _passage(REGISTER, f"made-register/{place}", f"entry {place}")
        said: Said = {
            "label": texts(f"Made body {place:,}", f"Organismo inventado {place:,}"),
            "acronym": typed(f"MB{place}"),
            "kind": concept(f"organization-kind/{kind}"),
            "evidence": known.key,
        }
        national: Said = {"country": draw.choice(countries)} if kind in NATIONAL else {}
        yield known
        yield record(f"organization/made-{place}", "Organization", "organizations", said | national)


def plans(seed: int, lists: Lists, partners: int) -> Iterator[list[Record]]:
    """Make plan after plan, without end, each with its mandates, justifications and what it carries on.

    Args:
        seed: Of what is drawn.
        lists: Closed lists.
        partners: How many bodies there are to take part.
    """
    number = 0
    while True:
        number += 1
        before: list[str] = []
        for year in YEARS:
            draw = Random(f"{seed} {number} {year}")  # noqa: S311 - nothing is kept secret
            plan = _Plan(f"body-{number}", year, draw, lists, partners)
            made, before = _plan(plan, before)
            yield made


def _plan(plan: _Plan, before: list[str]) -> tuple[list[Record], list[str]]:
    """Make a plan; give its records, and the keys of its programs by place."""
    made = list(_frame(plan))
    mandates = [one.key for one in made if one.kind == "Provision"]
    programs: list[str] = []
    for place in range(PROGRAMS):
        area = f"work-area/{plan.key}/{place % AREAS + 1}"
        goes_on = bool(before) and plan.draw.random() < GOES_ON
        program = list(_program(plan, area, place))
        programs.append(program[0].key)
        made += program
        made += _justified(plan, program[0], mandates)
        if goes_on:
            made += _carried_on(plan, program[0], before[place])
    return made, programs


def _frame(plan: _Plan) -> Iterator[Record]:
    """Make what a plan stands on: its document, its resolution, its clause, its areas."""
    yield _document(
        plan.key, f"Plan of {plan.body} for {plan.year}", f"Plan de {plan.body} para {plan.year}", plan.year
    )
    top = plan.passage("cover")
    yield top
    name = texts(f"Work plan of {plan.body} for {plan.year}", f"Plan de trabajo de {plan.body} para {plan.year}")
    said: Said = {"label": name, "symbol": typed(f"{plan.body.upper()}/doc.{plan.year}"), "evidence": top.key}
    period: Said = {"start": typed(plan.year, "gYear"), "end": typed(plan.year, "gYear")}
    status: Said = {"status": concept("plan-status/approved"), "source": f"source-document/{plan.key}"}
    yield record(f"work-plan/{plan.key}", "WorkPlan", plan.graph, said | period | status)
    yield from _resolution(plan)
    clause = plan.passage("preamble")
    yield clause
    yield _element(
        plan,
        f"clause/{plan.key}/in-effect",
        "Clause",
        f"work-plan/{plan.key}",
        ("Mandates stay in effect", "Los mandatos siguen vigentes"),
        clause,
        {
            "clauseKind": concept("clause-kind/mandates-in-effect"),
            "gist": texts("Earlier mandates stay.", "Los mandatos anteriores siguen."),
        },
    )
    for area in range(1, AREAS + 1):
        stands = plan.passage(f"section {area}")
        yield stands
        name_of = (f"Section {area}", f"Sección {area}")
        yield _element(plan, f"work-area/{plan.key}/{area}", "WorkArea", f"work-plan/{plan.key}", name_of, stands)


def _resolution(plan: _Plan) -> Iterator[Record]:
    """Make the resolution a plan lists, paragraph by paragraph."""
    stands = plan.passage("list of mandates")
    yield stands
    key = f"instrument/{plan.key}"
    listed: Said = {"listedIn": f"work-plan/{plan.key}", "evidence": stands.key}
    name = texts(f"Resolution of {plan.body}, {plan.year}", f"Resolución de {plan.body}, {plan.year}")
    instrument = record(key, "Resolution", "mandates", listed | {"label": name})
    instrument.said["symbol"] = [typed(f"{plan.body.upper()}/RES. {plan.year}")]
    instrument.said["adoptedOn"] = [typed(f"{plan.year}-06-01", "date")]
    yield instrument
    for place in range(1, PROVISIONS + 1):
        one = plan.passage(f"mandate {place}")
        yield one
        english, spanish = plan.draw.choice(SUBJECTS)
        yield record(
            f"provision/{plan.key}/{place}",
            "Provision",
            "mandates",
            {
                "label": texts(
                    f"{plan.body.upper()}/RES. {plan.year}, operative paragraph {place}",
                    f"{plan.body.upper()}/RES. {plan.year}, párrafo resolutivo {place}",
                ),
                "provisionOf": key,
                "paragraph": typed(place),
                "act": concept(f"act/{plan.one('act')}"),
                "addressee": f"organization/made-{_ranked(plan)}",
                "gist": texts(f"Help states with {english}.", f"Ayudar a los Estados en {spanish}."),
                "concernsSecretariat": typed("true", "boolean"),
                "topic": concept(f"topic/{plan.one('topic')}"),
                "evidence": one.key,
            },
        )


def _program(plan: _Plan, area: str, place: int) -> Iterator[Record]:
    """Make a program with all below it; the program itself comes first."""
    path = f"{plan.key}/p{place + 1}"
    english, spanish = SUBJECTS[place % len(SUBJECTS)]
    stands = plan.passage(f"program {place + 1}")
    name = (f"{english.capitalize()} program", f"Programa de {spanish}")
    topic: Said = {"topic": concept(f"topic/{plan.one('topic')}")}
    program = _element(plan, f"program/{path}", "Program", area, name, stands, topic)
    yield program
    yield stands
    yield from _partners(plan, program)
    for number in range(1, PROJECTS + 1):
        project_stands = plan.passage(f"program {place + 1}, project {number}")
        money: Said = {}
        if plan.draw.random() < UNFUNDED:
            status = plan.draw.choice([one for one in plan.lists["funding-status"] if one != "funded-until"])
            money = {"fundingStatus": concept(f"funding-status/{status}")}
        called = (f"Project {number} on {english}", f"Proyecto {number} sobre {spanish}")
        yield _element(plan, f"project/{path}/{number}", "Project", program.key, called, project_stands, money)
        yield project_stands
        for step in range(1, ACTIVITIES + 1):
            below = f"project/{path}/{number}"
            yield from _activity(plan, below, f"activity/{path}/{number}/{step}", (english, spanish), step)


def _activity(plan: _Plan, project: str, key: str, subject: tuple[str, str], step: int) -> Iterator[Record]:
    stands = plan.passage(f"{key.partition('/')[2]}, activity")
    yield stands
    target = record(
        f"target/{key.partition('/')[2]}",
        "Target",
        plan.graph,
        {
            "quantity": typed(plan.draw.randint(1, 400), "integer"),
            "unit": concept(f"unit/{plan.one('unit')}"),
            "scope": concept(f"scope/{plan.one('scope')}"),
        },
    )
    yield target
    called = (f"Activity {step} on {subject[0]}", f"Actividad {step} sobre {subject[1]}")
    more: Said = {"target": target.key, "beneficiary": plan.one("country")}
    yield _element(plan, key, "Activity", project, called, stands, more)


def _partners(plan: _Plan, program: Record) -> Iterator[Record]:
    """Name the partners of a program, none of them twice."""
    number = plan.draw.randint(0, 2 * PART)
    for body in sorted({_ranked(plan) for _ in range(number)}):
        stands = plan.passage(f"{program.key}, partners")
        yield stands
        said: Said = {
            "organization": f"organization/made-{body}",
            "element": program.key,
            "role": concept(f"role/{plan.one('role')}"),
            "writtenAs": typed(f"Made body {body:,}"),
            "evidence": stands.key,
        }
        key = f"participation/{program.key.partition('/')[2]}/{body}"
        yield record(key, "Participation", plan.graph, said)


def _justified(plan: _Plan, program: Record, mandates: Sequence[str]) -> Iterator[Record]:
    """Tie a program to some paragraphs, each with a basis that was read."""
    bases = ("stated", "subject", "area", "general", "listed")
    for mandate in plan.draw.sample(mandates, plan.draw.randint(1, 4)):
        basis = plan.draw.choices(bases, (1, 4, 2, 1, 3))[0]
        status = "stated" if basis in ("stated", "listed") else "curated"
        said: Said = {
            "element": program.key,
            "mandate": mandate,
            "basis": concept(f"basis/{basis}"),
            "status": concept(f"status/{status}"),
            "confidence": concept(f"confidence/{plan.draw.choice(('high', 'medium', 'low'))}"),
            "rationale": texts("Both speak of one subject.", "Ambos hablan de un mismo tema."),
            "evidence": [*program.said["evidence"], f"evidence/{plan.key}/{plan.draw.randint(1, PROVISIONS) + 2}"],
        }
        key = f"justification/{program.key.partition('/')[2]}/{mandate.rpartition('/')[2]}"
        yield record(key, "Justification", f"justifications/{plan.key}", said)


def _carried_on(plan: _Plan, program: Record, earlier: str) -> Iterator[Record]:
    """Say that a program carries on one of the year before."""
    before = f"{plan.body}-{plan.year - 1}"
    said: Said = {
        "later": program.key,
        "earlier": earlier,
        "continuityKind": concept(f"continuity-kind/{plan.one('continuity-kind')}"),
        "status": concept("status/curated"),
        "confidence": concept(f"confidence/{plan.draw.choice(('high', 'medium', 'low'))}"),
        "rationale": texts("The name is the same.", "El nombre es el mismo."),
        "evidence": [*program.said["evidence"], f"evidence/{before}/1"],
    }
    yield record(f"continuity/{program.key.partition('/')[2]}", "Continuity", "continuity", said)


def _element(
    plan: _Plan,
    key: str,
    kind: str,
    above: str,
    name: tuple[str, str],
    stands: Record,
    more: Said | None = None,
) -> Record:
    said: Said = {"label": texts(*name), "partOf": above, "evidence": stands.key}
    return record(key, kind, plan.graph, said | (more or {}))


def _document(key: str, english: str, spanish: str, year: int) -> Record:
    said: Said = {
        "label": texts(english, spanish),
        "symbol": typed(f"DOC/{key}"),
        "dated": typed(f"{year}-03-01", "date"),
    }
    return record(f"source-document/{key}", "SourceDocument", "sources", said)


def _passage(document: str, key: str, place: str) -> Record:
    said: Said = {
        "source": document,
        "locator": typed(place),
        "anchor": typed(f"words at {place.rpartition('/')[2]}"[:60]),
    }
    return record(f"evidence/{key}", "Evidence", "evidence", said)


def _ranked(plan: _Plan) -> int:
    """Draw a body by rank: the first is drawn most, the second half as often, and so on."""
    return min(plan.partners, int((plan.partners + 1) ** plan.draw.random()))
