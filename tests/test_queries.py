"""Every question of the library: its header, its rows on the sample, and the same rows from a second engine."""

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from cicte_graph.answers import answer, assigned, bind
from cicte_graph.build import Built
from cicte_graph.graph import Graph
from cicte_graph.house import House, open_house
from cicte_graph.printing import text_of
from cicte_graph.query_library import Query, pick_query, read_query
from cicte_graph.store import Store
from cicte_graph.table import Table
from cicte_graph.terms import CONCEPT, ID, PREFIXES
from cicte_graph.validate import Severity
from tests.conftest import PROLOGUE, TESTED
from tests.oracle import rdflib_graph

EXPECTED = Path(__file__).parent / "expected"
PATHS = sorted(open_house().queries.rglob("*.rq"))
TOPICS = {
    "continuity",
    "countries",
    "gaps",
    "lists",
    "mandates",
    "money",
    "network",
    "partners",
    "people",
    "programs",
    "records",
    "trace",
}

# what is asked of the sample, as on the command line; the rows are in tests/expected/<topic>-<name>.csv
ASKED = {
    "addressed-to": ["addressee=organization/sample-secretariat"],
    "all-activities": ["language=en"],
    "all-mandates": ["language=en"],
    "all-partners": ["language=en"],
    "all-places": ["language=en"],
    "all-programs": ["language=en"],
    "answered-by": ["asked=instrument/sample-res-7"],
    "became-of": ["element=work-area/2001/borders"],
    "bodies-of-country": ["country=country/BRB"],
    "by-act": ["act=requests"],
    "cited-not-listed": ["plan=work-plan/2003"],
    "common-partners": ["program=program/2003/harbor-protection", "other=program/2003/web-safety"],
    "contents": ["above=program/2003/harbor-protection"],
    "countries-served": ["plan=work-plan/2003"],
    "elements": ["plan=work-plan/2003"],
    "ended": ["plan=work-plan/2001"],
    "evidence": ["record=justification/carried-over/2003/harbor-protection/port-safety/from/2001/port-safety/res-7-4a"],
    "in-graph": ["name=graph/continuity"],
    "instruments-cited": ["plan=work-plan/2003"],
    "joined": ["plan=work-plan/2003"],
    "less-sure": ["plan=work-plan/2001"],
    "listed-provisions": ["plan=work-plan/2001"],
    "counted-as": ["plan=work-plan/2003", "unit=officials"],
    "no-longer-named": ["plan=work-plan/2001"],
    "not-named": ["plan=work-plan/2001"],
    "numbers-for-country": ["country=country/BRB"],
    "of-kind": ["kind=regional-body"],
    "on-topic": ["topic=maritime-security"],
    "only-carried-over": ["plan=work-plan/2003"],
    "passages-with": ["words=Seaports"],
    "mandated-without-money": ["plan=work-plan/2003"],
    "mentions-of": ["record=organization/sample-police"],
    "money-state": ["plan=work-plan/2003"],
    "national-partners": ["plan=work-plan/2003"],
    "new": ["plan=work-plan/2003"],
    "participations-of": ["organization=organization/sample-police"],
    "partners-by-kind": ["plan=work-plan/2003"],
    "partners-of": ["element=program/2003/harbor-protection"],
    "parts-of": ["mandate=instrument/sample-res-7"],
    "people-by-program": ["plan=work-plan/2003"],
    "programs": ["plan=work-plan/2003"],
    "programs-by-basis": ["plan=work-plan/2003"],
    "rests-on": ["element=activity/2001/port-safety/courses/national-courses"],
    "served-through-regions": ["country=country/BRB"],
    "shared-mandates": ["plan=work-plan/2003"],
    "shared-partners": ["plan=work-plan/2003"],
    "concluded": ["record=program/2003/harbor-protection"],
    "statements": ["record=program/2001/storm-warning"],
    "sizes": ["plan=work-plan/2003"],
    "steps-up": ["element=activity/2003/harbor-protection/harbor-training/harbor-courses"],
    "targets": ["plan=work-plan/2003"],
    "waited-for-money": ["plan=work-plan/2001"],
    "within": ["element=work-area/2001/borders"],
}

# what speaks of the whole ontology is written out for one of its lists or classes
SHOWN = {"kinds-of": "cicte:PlanElement", "list-values": "concept:confidence", "use-of-terms": "cicte:Organization"}

ASSEMBLY = ["id:organization/sample-assembly", "Sample Assembly", "id:organization/sample-assembly"]
POLICE = ["id:organization/sample-police", "Sample Police", "id:organization/sample-police"]
SECRETARIAT = ["id:organization/sample-secretariat", "Sample Secretariat"]
BARBADOS = ["id:country/BRB", "", "id:work-plan/2003"]
HARBOR_TRAINING = "id:project/2003/harbor-protection/harbor-training"
HARBOR_TRAINED = "id:outcome/2003/harbor-protection/harbor-training/officials-trained"
TRAINED = "id:target/2003/harbor-protection/harbor-training/officials-trained"
CODE = ["id:instrument/sample-code", "Sample Port Code"]
PARAGRAPH_5 = ["id:provision/sample-res-7/5", "S/RES. 7, operative paragraph 5"]
COASTS = ("id:work-plan/2003", "id:work-area/2003/coasts")

# what the sample has no case of: what to plant in it, and the rows that makes
PLANTED = {
    "asked-but-absent": (
        """<work-plan/2001> cicte:partner <organization/sample-assembly> .""",
        [[*SECRETARIAT, "id:instrument/sample-res-7", "Safety of the Sample Islands", "3", ASSEMBLY[0]]],
    ),
    "backward-periods": (
        """<work-plan/a> cicte:start "2005"^^xsd:gYear ; cicte:end "2004"^^xsd:gYear .""",
        [["id:work-plan/a", "2005", "2004"]],
    ),
    "circular-part-of": (
        """<work-area/2001/borders> cicte:partOf <program/2001/port-safety> .
        <organization/sample-assembly> cicte:parent <organization/sample-secretariat> .
        <provision/sample-res-7/5> cicte:subparagraphOf <provision/sample-res-7/5> .""",
        [
            ["id:organization/sample-assembly"],
            ["id:organization/sample-secretariat"],
            ["id:program/2001/port-safety"],
            ["id:provision/sample-res-7/5"],
            ["id:work-area/2001/borders"],
        ],
    ),
    "continuity-backwards": (
        """<continuity/back> cicte:later <program/2001/storm-warning> ; cicte:earlier <program/2003/web-safety> .
        <continuity/level> cicte:later <program/2001/storm-warning> ; cicte:earlier <program/2001/port-safety> .""",
        [
            ["id:continuity/back", "id:program/2001/storm-warning", "id:program/2003/web-safety"],
            ["id:continuity/level", "id:program/2001/storm-warning", "id:program/2001/port-safety"],
        ],
    ),
    "duties": (
        """<clause/2001/half-yearly-report> cicte:due "en mayo"@es, "in May"@en .""",
        [
            [
                "id:work-plan/2001",
                "id:clause/2001/half-yearly-report",
                "Report twice a year.",
                "id:organization/sample-assembly",
                "P6M",
                "in May",
            ]
        ],
    ),
    "release": (
        """<../graph/release> { <../void#dataset> dcat:version "7b" ; dcterms:modified "2026-01-02"^^xsd:date ;
            dcterms:hasPart <../graph/plans/2003>, <../graph/mandates> . }""",
        [["7b", "2026-01-02", "graph:mandates"], ["7b", "2026-01-02", "graph:plans/2003"]],
    ),
    "in-both-plans": (
        """<work-plan/2012> cicte:partner <organization/sample-police>, <organization/wave-institute> .
        <program/2012/a> cicte:inPlan <work-plan/2012> ; cicte:partner <organization/sample-police> .
        <work-plan/2012> cicte:partner <organization/sample-assembly> .
        <program/2018-2019/b> cicte:inPlan <work-plan/2018-2019> ;
            cicte:partner <organization/sample-police>, <organization/sample-secretariat> .""",
        [
            [*ASSEMBLY, "id:work-plan/2012", "id:organization/sample-secretariat", "id:program/2018-2019/b"],
            [*POLICE, "id:program/2012/a", POLICE[0], "id:program/2018-2019/b"],
            [*POLICE, "id:work-plan/2012", POLICE[0], "id:program/2018-2019/b"],
        ],
    ),
    "instrument-ties": (
        """<instrument/sample-res-7> cicte:recalls <instrument/sample-code> .
        <instrument/sample-res-7> cicte:follows <instrument/sample-code> .""",
        [
            ["id:instrument/sample-res-7", "Safety of the Sample Islands", "cicte:follows", *CODE],
            ["id:instrument/sample-res-7", "Safety of the Sample Islands", "cicte:recalls", *CODE],
        ],
    ),
    "mandated-without-money": (
        """<justification/c> cicte:mandate <provision/sample-res-7/4/a> ;
        cicte:basis <../concept/basis/stated> ; cicte:element <project/2003/harbor-protection/harbor-training> .
        <justification/d> cicte:mandate <provision/sample-res-7/5> ;
        cicte:basis <../concept/basis/subject> ; cicte:element <program/2003/harbor-protection> .""",
        [
            [
                "id:work-plan/2003",
                "id:project/2003/harbor-protection/harbor-training",
                "Harbor training",
                "concept:funding-status/funded-until",
                "2",
                "0",
            ]
        ],
    ),
    "misplaced-properties": (
        """<program/2001/storm-warning> cicte:alpha3 "STW" .
        <organization/wave-institute> cicte:act "waves" .""",
        [["id:organization/wave-institute", "cicte:act"], ["id:program/2001/storm-warning", "cicte:alpha3"]],
    ),
    "no-longer-named": (
        """<work-plan/2001> cicte:partner <organization/sample-assembly> .""",
        [
            [
                "id:work-plan/2001",
                *ASSEMBLY[:2],
                "concept:organization-kind/intergovernmental-organization",
                "id:work-plan/2001",
            ]
        ],
    ),
    "numbers-for-country": (
        """<program/2003/web-safety> cicte:target <target/a> .
        <target/a> cicte:unit <../concept/unit/courses> ; cicte:quantity 2 .
        <project/2003/harbor-protection/harbor-training> cicte:target <target/b> .
        <target/b> cicte:unit <../concept/unit/courses> ; cicte:open true .""",
        [
            [
                *BARBADOS,
                HARBOR_TRAINED,
                "Officials trained",
                f"{TRAINED}/judges",
                "",
                "concept:unit/judges-and-prosecutors",
            ],
            [*BARBADOS, HARBOR_TRAINED, "Officials trained", f"{TRAINED}/officials", "40", "concept:unit/officials"],
            [*BARBADOS, HARBOR_TRAINING, "Harbor training", "id:target/b", "", "concept:unit/courses"],
            [
                "id:country/BRB",
                "id:region/lesser-antilles",
                "id:work-plan/2003",
                "id:program/2003/web-safety",
                "Web Safety",
                "id:target/a",
                "2",
                "concept:unit/courses",
            ],
        ],
    ),
    "programs": (
        """<activity/a> a cicte:Activity ; cicte:partOf <project/2003/harbor-protection/harbor-training> .
        <project/a> a cicte:Project ; cicte:partOf <program/2003/web-safety> .""",
        [
            [*COASTS, "1", "id:program/2003/harbor-protection", "Harbor Protection", "1", "2", "1"],
            [*COASTS, "2", "id:program/2003/web-safety", "Web Safety", "1", "0", "0"],
        ],
    ),
    "programs-without-specific-mandate": (
        """<justification/a> cicte:element <activity/a> ; cicte:basis <../concept/basis/subject> .
        <activity/a> cicte:partOf <project/a> . <project/a> cicte:partOf <program/2003/web-safety> .""",
        [["id:program/2001/storm-warning", "Storm Warning", "id:work-plan/2001"]],
    ),
    "shared-acronyms": (
        """<organization/wave-institute> cicte:acronym "sapol"@es .""",
        [
            ["id:organization/sample-police", "SAPOL", "id:organization/wave-institute"],
            ["id:organization/wave-institute", "sapol", "id:organization/sample-police"],
        ],
    ),
    "shared-mandates": (
        """<justification/a> cicte:mandate <provision/sample-res-7/5> ; cicte:basis <../concept/basis/subject> ;
            cicte:element <project/2003/harbor-protection/harbor-training> .
        <justification/b> cicte:mandate <provision/sample-res-7/5> ; cicte:basis <../concept/basis/stated> ;
            cicte:element <program/2003/web-safety> .""",
        [
            ["id:work-plan/2003", *PARAGRAPH_5, "id:program/2003/harbor-protection", "Harbor Protection"],
            ["id:work-plan/2003", *PARAGRAPH_5, "id:program/2003/web-safety", "Web Safety"],
        ],
    ),
    "shared-symbols": (
        """<instrument/sample-code> cicte:symbol "S/RES. 7" .""",
        [
            ["id:instrument/sample-code", "S/RES. 7", "id:instrument/sample-res-7"],
            ["id:instrument/sample-res-7", "S/RES. 7", "id:instrument/sample-code"],
        ],
    ),
    "succeeded": (
        """<organization/coast-guard-of-barbados> cicte:successor <organization/sample-secretariat> .""",
        [
            [
                "id:organization/coast-guard-of-barbados",
                "Coast Guard of Barbados",
                *SECRETARIAT,
                "id:work-plan/2003",
                "id:program/2003/harbor-protection",
            ]
        ],
    ),
    "waited-for-money": (
        """<continuity/a> cicte:earlier <project/2001/port-safety/drills> ;
            cicte:later <activity/2003/harbor-protection/harbor-training/harbor-courses> ;
            cicte:continuityKind <../concept/continuity-kind/absorbed> .""",
        [
            [
                "id:work-plan/2001",
                "id:project/2001/port-safety/drills",
                "Drills",
                "concept:funding-status/to-be-identified",
                "id:activity/2003/harbor-protection/harbor-training/harbor-courses",
                "Harbor courses",
                "concept:continuity-kind/absorbed",
                "concept:funding-status/funded-until",
            ]
        ],
    ),
}

# what is near a question and none of its answers: planted in the sample, it changes no row
BESIDE = {
    "answered-by": """<justification/a> cicte:mandate <instrument/sample-code> ;
        cicte:element <program/2003/web-safety> ; cicte:basis <../concept/basis/area> ;
        cicte:status <../concept/status/curated> ; cicte:confidence <../concept/confidence/high> .""",
    "asked-but-absent": """<provision/a> cicte:provisionOf <instrument/sample-res-7> ; cicte:concernsSecretariat true ;
            cicte:addressee <organization/sample-police>, <organization/a>, <organization/b>, <organization/c> .
        <provision/b> cicte:provisionOf <instrument/sample-res-7> ; cicte:concernsSecretariat false ;
            cicte:addressee <organization/sample-secretariat>, <organization/sample-assembly> .
        <organization/a> cicte:parent <organization/cicte> .
        <organization/a> cicte:kind <../concept/organization-kind/inter-american-body> ; rdfs:label "A"@en .
        <organization/b> cicte:kind <../concept/organization-kind/collective> ; rdfs:label "B"@en .
        <organization/c> cicte:kind <../concept/organization-kind/academia> ; rdfs:label "C"@en .
        <organization/wave-institute> cicte:parent <organization/c> .""",
    "became-of": """<continuity/a> cicte:earlier <work-plan/2001> ; cicte:later <work-plan/2003> ;
        cicte:continuityKind <../concept/continuity-kind/continues> ; cicte:rationale "A"@en ;
        cicte:confidence <../concept/confidence/high> .""",
    "bodies-of-country": """<organization/sample-assembly> cicte:country <country/BRB> .
        <program/2003/web-safety> cicte:mentions <organization/sample-assembly> .""",
    "cited-not-listed": """<program/2003/web-safety> cicte:cites <instrument/sample-res-7> .
        <program/2001/port-safety> cicte:cites <instrument/sample-code> .""",
    "common-partners": """<program/2001/port-safety> cicte:partner <organization/coast-guard-of-barbados> .
        <work-plan/2003> cicte:partner <organization/coast-guard-of-barbados> .""",
    "contents": """<clause/a> a cicte:Clause ; rdfs:label "A"@en ; cicte:partOf <program/2003/harbor-protection> .""",
    "countries-served": "<program/2001/port-safety> cicte:beneficiary <country/BRB> .",
    "coverage": """<justification/a> cicte:element <project/a> ; cicte:mandate <provision/sample-res-7/5> ;
            cicte:basis <../concept/basis/subject> ; cicte:status <../concept/status/curated> ;
            cicte:confidence <../concept/confidence/high> .
        <project/a> a cicte:Project ; cicte:partOf <work-area/2003/coasts> ; cicte:inPlan <work-plan/2003> .
        <justification/b> cicte:element <clause/2003/mandates-in-effect> ; cicte:mandate <provision/sample-res-7/5> ;
            cicte:basis <../concept/basis/stated> ; cicte:status <../concept/status/stated> ;
            cicte:confidence <../concept/confidence/high> .
        <program/2003/web-safety> cicte:cites <instrument/sample-code> .""",
    "duties": "<clause/2003/mandates-in-effect> cicte:recipient <organization/sample-assembly> .",
    "elements-without-specific-mandate": """<justification/a> cicte:element <program/2001/storm-warning> ;
            cicte:mandate <provision/sample-res-7/5> ; cicte:basis <../concept/basis/general> .
        <justification/b> cicte:element <program/2003/web-safety> ; cicte:mandate <provision/sample-res-7/4> ;
            cicte:basis <../concept/basis/carried-over> ; cicte:carriedFrom <justification/2001/borders/res-7-4> .
        <justification/c> cicte:element <clause/2003/mandates-in-effect> ;
            cicte:mandate <provision/sample-res-7/5> ; cicte:basis <../concept/basis/stated> .
        <program/2003/web-safety> cicte:cites <instrument/sample-code> .
        <work-area/a> a cicte:WorkArea ; cicte:inPlan <work-plan/2003> ; rdfs:label "A"@en .""",
    "instrument-ties": "<instrument/sample-res-7> cicte:cites <instrument/sample-code> .",
    "instruments-cited": "<program/2001/port-safety> cicte:cites <instrument/sample-code> .",
    "joined": """<program/2003/web-safety> cicte:partner <organization/sample-secretariat> .
        <work-plan/2001> cicte:partner <organization/sample-assembly>, <organization/a>, <organization/b> .
        <organization/a> cicte:parent <organization/c> . <organization/b> cicte:successor <organization/d> .
        <program/2003/web-safety> cicte:partner <organization/c>, <organization/d> .
        <organization/c> cicte:kind <../concept/organization-kind/academia> ; rdfs:label "C"@en .
        <organization/d> cicte:kind <../concept/organization-kind/academia> ; rdfs:label "D"@en .""",
    "less-sure": """<justification/a> cicte:element <program/2001/storm-warning> ;
        cicte:mandate <provision/sample-res-7/5> ; cicte:basis <../concept/basis/general> ; cicte:rationale "A"@en ;
        cicte:confidence <../concept/confidence/low> ; cicte:status <../concept/status/derived> .""",
    "listed-provisions": """<provision/a> cicte:provisionOf <instrument/sample-code> ; rdfs:label "A"@en ;
        cicte:act <../concept/act/urges> ; cicte:concernsSecretariat true ; cicte:gist "A"@en .""",
    "mandated-without-money": """<justification/a> cicte:mandate <provision/sample-res-7/5> ;
        cicte:basis <../concept/basis/area> ; cicte:element <project/2003/harbor-protection/harbor-training> .
        <justification/b> cicte:mandate <provision/sample-res-7/5> ;
        cicte:basis <../concept/basis/subject> ; cicte:element <program/2003/web-safety> .""",
    "money-state": "<project/2001/port-safety/courses> cicte:fundingStatus <../concept/funding-status/unfunded> .",
    "national-partners": """<organization/wave-institute> cicte:country <country/BRB> .
        <program/2003/web-safety> cicte:partner <organization/coast-guard-of-barbados> .
        <program/2001/port-safety> cicte:partner <organization/a> .
        <organization/a> cicte:country <country/BRB> ; rdfs:label "A"@en ;
        cicte:kind <../concept/organization-kind/ministry> .""",
    "no-longer-named": """<work-plan/2001> cicte:partner <organization/sample-assembly>, <organization/a> .
        <program/2003/web-safety> cicte:partner <organization/sample-secretariat> .
        <organization/a> cicte:kind <../concept/organization-kind/academia> ; rdfs:label "A"@en ;
        cicte:successor <organization/wave-institute> .""",
    "not-named": """<country/a> a cicte:Country ; cicte:participatesInOas false ; rdfs:label "A"@en .
        <region/americas> cicte:member <country/BRB> .
        <program/2001/port-safety> cicte:beneficiary <region/americas> .""",
    "numbers-for-country": """<region/a> cicte:member <country/BRB> .
        <program/2003/harbor-protection> cicte:beneficiary <region/a> .
        <activity/2001/port-safety/courses/national-courses> cicte:beneficiary <region/b> .""",
    "of-kind": """<organization/sample-assembly> cicte:kind <../concept/organization-kind/regional-body> .
        <program/2003/web-safety> cicte:mentions <organization/sample-assembly> .""",
    "on-topic": "<program/2001/storm-warning> cicte:topic <../concept/topic/cargo> .",
    "only-carried-over": """<justification/a> cicte:mandate <provision/sample-res-7/5> ;
            cicte:element <program/2003/web-safety> ; cicte:confidence <../concept/confidence/low> ;
            cicte:basis <../concept/basis/carried-over> ; cicte:carriedFrom <justification/2001/res-7-5> .
        <justification/b> cicte:mandate <provision/sample-res-7/5> ; cicte:basis <../concept/basis/general> ;
            cicte:element <work-plan/2003> .
        <justification/c> cicte:mandate <provision/sample-res-7/4/a> ; cicte:basis <../concept/basis/subject> ;
            cicte:element <program/2003/web-safety> .""",
    "partner-changes": """<program/2003/web-safety> cicte:mentions <organization/sample-assembly> .
        <participation/a> a cicte:Participation ; cicte:organization <organization/sample-assembly> ;
            cicte:element <program/a> .
        <organization/sample-assembly> cicte:parent <organization/sample-police> ;
            cicte:successor <organization/wave-institute> .""",
    "people-by-program": """<outcome/2003/harbor-protection/harbor-training/officials-trained> cicte:target <target/a> .
        <target/a> cicte:unit <../concept/unit/courses> ; cicte:quantity 9 .
        <activity/2001/port-safety/courses/national-courses> cicte:target <target/b> .
        <target/b> cicte:unit <../concept/unit/officials> ; cicte:quantity 7 .""",
    "programs-by-basis": """<justification/a> cicte:mandate <provision/sample-res-7/4> ;
        cicte:basis <../concept/basis/carried-over> ;
        cicte:element <activity/2003/harbor-protection/harbor-training/harbor-courses> .""",
    "programs-without-specific-mandate": """<justification/a> cicte:mandate <provision/sample-res-7/5> ;
        cicte:basis <../concept/basis/general> ; cicte:element <program/2001/storm-warning> .""",
    "shared-mandates": """<justification/a> cicte:mandate <provision/sample-res-7/5> ;
            cicte:basis <../concept/basis/subject> ; cicte:element <program/2003/harbor-protection> .
        <justification/b> cicte:mandate <provision/sample-res-7/5> ;
            cicte:basis <../concept/basis/area> ; cicte:element <program/2003/web-safety> .
        <justification/c> cicte:mandate <provision/sample-res-7/5> ;
            cicte:basis <../concept/basis/subject> ; cicte:element <program/2001/storm-warning> .""",
    "shared-partners": """<program/2003/web-safety> cicte:partner <organization/sample-assembly> .
        <project/2003/harbor-protection/harbor-training> cicte:partner <organization/sample-police> .""",
    "succeeded": """<organization/sample-secretariat> cicte:successor <organization/sample-assembly> .
        <program/2003/web-safety> cicte:mentions <organization/sample-secretariat> .""",
    "unanswered-provisions": """<justification/a> cicte:mandate <provision/sample-res-7/5> ;
        cicte:basis <../concept/basis/general> .
        <instrument/sample-code> cicte:concernsSecretariat true .""",
    "uncounted": """<activity/2003/harbor-protection/harbor-training/harbor-courses>
            cicte:target <target/a>, <target/b> .
        <target/a> cicte:unit <../concept/unit/courses> ; cicte:quantity 2 .
        <target/b> cicte:unit <../concept/unit/officials> ; cicte:open true .
        <program/2003/web-safety> cicte:target <target/c>, <target/d> .
        <target/c> cicte:unit <../concept/unit/reports> ; cicte:quantity 3 .
        <target/d> cicte:unit <../concept/unit/ports> ; cicte:quantity 4 .""",
    "unfunded-mandates": """<justification/a> cicte:element <program/2003/web-safety> ;
            cicte:mandate <provision/sample-res-7/5> ; cicte:basis <../concept/basis/subject> ;
            cicte:status <../concept/status/curated> .
        <justification/b> cicte:element <project/2003/harbor-protection/harbor-training> ;
            cicte:mandate <provision/sample-res-7/5> ; cicte:basis <../concept/basis/area> ;
            cicte:status <../concept/status/curated> .
        <justification/c> cicte:element <project/2003/harbor-protection/harbor-training> ;
            cicte:mandate <provision/sample-res-7/5> ; cicte:basis <../concept/basis/carried-over> ;
            cicte:status <../concept/status/derived> ; cicte:carriedFrom <justification/2001/res-7-5> .
        <work-plan/2001> cicte:fundingStatus <../concept/funding-status/conditional> .""",
    "waited-for-money": """<work-plan/2001> cicte:fundingStatus <../concept/funding-status/conditional> .
        <project/2001/port-safety/courses> cicte:fundingStatus <../concept/funding-status/funded-until> .
        <continuity/a> cicte:earlier <program/2001/port-safety> ; cicte:later <program/2003/web-safety> ;
        cicte:continuityKind <../concept/continuity-kind/continues> .""",
}

# no row on the real graph: most ask for violations, and a graph with one is not built
EMPTY = {
    "backward-periods",
    "circular-part-of",
    "continuity-backwards",
    "misplaced-properties",
    "release",  # only what is published says so
    "shared-acronyms",
    "shared-symbols",
}


@pytest.fixture(params=PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def query(request: pytest.FixtureRequest) -> Query:
    path: Path = request.param
    return read_query(path)


@pytest.fixture(scope="module")
def plain_graph(real: Built) -> rdflib.Graph:
    """The real graph for the second engine."""
    return rdflib_graph(real.store)


def test_topics_are_a_closed_list(real_house: House) -> None:
    assert {path.name for path in real_house.queries.iterdir()} == TOPICS
    assert {path.relative_to(real_house.queries).parts[0] for path in PATHS} == TOPICS


def test_no_two_questions_share_a_name() -> None:
    assert [name for name, times in Counter(path.stem for path in PATHS).items() if times > 1] == []


def test_every_question_and_no_other_has_rows_written_out() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == {f"{path.parent.name}-{path.stem}.csv" for path in PATHS}
    assert {path.stem for path in PATHS if read_query(path).params} == ASKED.keys()


def test_header_says_all_a_reader_needs(query: Query) -> None:
    assert query.question.endswith("?")
    assert all(text.strip() for text in (query.title, query.why, *query.returns.values()))
    assert all(param.means and param.example for param in query.params.values())
    assert all(param.of for param in query.params.values() if param.type == "concept")


def test_only_gaps_say_how_bad_and_how_to_mend(query: Query) -> None:
    if query.topic == "gaps":
        assert query.fix
        assert Severity(query.severity)
    else:
        assert (query.fix, query.severity) == ("", "")


def test_header_returns_what_the_query_selects(query: Query) -> None:
    selected = [str(variable) for variable in prepareQuery(query.sparql).algebra["PV"]]
    assert list(query.returns) == selected
    assert query.params.keys() <= set(selected)


def test_query_declares_its_prefixes(query: Query) -> None:
    ox.Store().query(query.sparql)  # refuses a prefix that is not declared; rdflib knows some by itself
    for prefix, base in re.findall(r"^PREFIX (\S*): <(\S+)>", query.sparql, flags=re.MULTILINE):
        assert base == PREFIXES.get(prefix, f"{CONCEPT}{prefix}/")


def test_sample_gives_the_rows_written_out(query: Query, sample_graph: Graph) -> None:
    with (EXPECTED / f"{query.topic}-{query.name}.csv").open(newline="", encoding="utf-8") as file:
        columns, *rows = csv.reader(file)
    found = asked(sample_graph, query.name)
    shown = SHOWN.get(query.name)
    assert found.columns == columns
    assert [row for row in written(found) if shown in (None, row[0])] == rows
    assert rows or query.name in PLANTED


@pytest.mark.parametrize("name", PLANTED)
def test_what_the_sample_lacks_is_found_once_planted(name: str, sample: Built, sample_house: House) -> None:
    turtle, rows = PLANTED[name]
    assert written(asked(planted(sample, sample_house, turtle), name)) == rows


@pytest.mark.parametrize("name", BESIDE)
def test_what_is_beside_the_question_changes_no_row(
    name: str, sample: Built, sample_house: House, sample_graph: Graph
) -> None:
    graph = planted(sample, sample_house, BESIDE[name])
    assert asked(graph, name).rows == asked(sample_graph, name).rows


def test_two_engines_give_the_same_rows_on_the_real_graph(
    query: Query, real_graph: Graph, plain_graph: rdflib.Graph, request: pytest.FixtureRequest
) -> None:
    bound = bind(real_graph, query, {name: param.example for name, param in query.params.items()})
    start = {"record": ID, "concept": CONCEPT, "string": ""}
    for name, param in query.params.items():
        scheme = f"{param.of}/" if param.type == "concept" else ""
        assert bound[name].value == f"{start[param.type]}{scheme}{param.example}"

    ours = real_graph.store.rows(query.sparql, **bound)
    other: rdflib.Graph = request.getfixturevalue("plain_dataset") if "GRAPH" in query.sparql else plain_graph
    theirs = other.query(query.sparql, initBindings={name: to_rdflib(term) for name, term in bound.items()})

    assert bool(ours) == (query.name not in EMPTY)
    assert Counter(
        tuple(comparable(to_rdflib(row[name]) if name in row else None) for name in query.returns) for row in ours
    ) == Counter(tuple(comparable(row.get(rdflib.Variable(name))) for name in query.returns) for row in theirs.bindings)


def asked(graph: Graph, name: str) -> Table:
    """Ask a question of the sample with the values above."""
    query = pick_query(graph.house.queries, name)
    return answer(graph, name, assigned(query, ASKED.get(name, [])))


def written(table: Table) -> list[list[str]]:
    """Give the cells of a table as text."""
    return [[text_of(value) for value in row] for row in table.rows]


def planted(sample: Built, house: House, turtle: str) -> Graph:
    """Add to the sample what a few lines of TriG say; identifiers are relative to those of records."""
    quads = ox.parse(PROLOGUE + turtle, format=ox.RdfFormat.TRIG, base_iri=ID)
    return Graph(house, Store([*sample.store, *quads]), TESTED)


def to_rdflib(term: ox.NamedNode | ox.Literal) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    datatype = None if term.language or term.datatype.value == str(rdflib.XSD.string) else term.datatype.value
    return rdflib.Literal(term.value, lang=term.language, datatype=datatype)


def comparable(term: object) -> object:
    """Reduce a term to what two engines must agree on: numbers by value, all else to the letter."""
    if not isinstance(term, rdflib.Literal):
        return term
    if term.datatype in (rdflib.XSD.integer, rdflib.XSD.decimal):
        return Decimal(str(term))
    return str(term), term.language, term.datatype or rdflib.XSD.string
