"""A data folder made up for measuring maps: as many organizations as wanted, and the programs that join them.

Two programs of three for every three organizations give about twice as many pairs as organizations. Knows how data
is written; knows nothing of maps.
"""

import random
from pathlib import Path

__all__ = ["write_data"]

KINDS = (
    "academia",
    "civil-society",
    "government",
    "ministry",
    "network",
    "private-company",
    "state-agency",
    "un-entity",
)
SOURCE = """id: source-document/sample
label: {en: Sample, es: Muestra}
symbol: SAMPLE/doc.1/01
dated: 2001-01-01
language: en
evidence: {source: sample, locator: Cover, anchor: Sample}
"""
COUNTRY = """id: country/BRB
label: {en: Barbados, es: Barbados}
alpha2: BB
alpha3: BRB
"""
PLAN = """id: work-plan/2001
source: sample
label: {en: Work Plan of 2001, es: Plan de Trabajo de 2001}
symbol: SAMPLE/doc.1/01
plan status: approved
start: 2001
end: 2001
evidence: {locator: Cover, anchor: SAMPLE/doc.1/01}
work areas:
  borders:
    label: {en: Borders, es: Fronteras}
    evidence: {locator: "1", anchor: Borders}
"""
ORGANIZATION = """id: organization/{key}
label: {{en: {label}}}
kind: {kind}
country: BRB
consulted: https://example.org/{key}
"""
PROGRAM = """id: program/2001/program-{number}
source: sample
part of: work-area/2001/borders
position: {number}
label: {{en: Program {number}, es: Programa {number}}}
evidence: {{locator: "1.{number}", anchor: Program {number}}}
partners:
"""
PARTNER = '  {key}: {{role: partner, written as: {key}, evidence: {{locator: "1.{number}", anchor: {key}}}}}\n'


def write_data(folder: Path, organizations: int) -> None:
    """Write the files, the same for the same number every time.

    Each organization takes part in one program, with two others. As many programs again draw theirs by chance, the
    same few more often than the rest, as in real plans; they join nearly all into one network.
    """
    chance = random.Random(organizations)  # noqa: S311 - chance that can be repeated
    files = {"sources/sample": SOURCE, "places/BRB": COUNTRY, "plans/2001/2001": PLAN}
    keys = []
    for number in range(organizations):
        kind = KINDS[number % len(KINDS)]
        key, label = f"{kind}-{number}", f"{kind.replace('-', ' ').title()} {number}"
        files[f"organizations/{key}"] = ORGANIZATION.format(key=key, label=label, kind=kind)
        keys.append(key)
    chance.shuffle(keys)
    groups = [keys[first : first + 3] for first in range(0, organizations, 3)]
    for _ in range(organizations // 3):
        group: set[str] = set()
        while len(group) < 3:  # noqa: PLR2004 - three partners
            group.add(keys[int(organizations * chance.random() ** 2)])
        groups.append(sorted(group))
    for number, group_keys in enumerate(groups):
        partners = "".join(PARTNER.format(key=key, number=number) for key in group_keys)
        files[f"plans/2001/program-{number}"] = PROGRAM.format(number=number) + partners
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
