# One word a job. Only Python 3.11, make and, for the browser tests, Chromium are expected of the machine.
PYTHON ?= python3
BIN = .venv/bin
TRIPLES ?= 100000
BASE ?= HEAD~1
.PHONY: demo test test-engines lint types docs pictures format bench bench-maps bench-serve bench-compare bench-replicas wheel clean

demo: .venv/ready ## the main job on the real data: one graph, a trace, a question, a map
	@sh docs/demo.sh $(BIN)/cicte-graph

test: .venv/ready ## all tests but those on engines that pip does not install
	$(BIN)/python -m pytest -m 'not engines'

test-engines: .venv/ready ## the tests on Virtuoso, Jena and nginx: apt-get install virtuoso-opensource libapache-jena-java default-jdk-headless nginx-light
	$(BIN)/python -m pytest -m engines

lint: .venv/ready ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready ## mypy, strict
	$(BIN)/mypy

docs: .venv/ready ## write again what the documentation shows of real output
	$(BIN)/python docs/refresh.py

pictures: .venv/ready ## take the pictures of the README again; needs Chromium
	$(BIN)/python -m docs.pictures

format: .venv/ready ## put code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/ready ## all that is promised, by us and by others, on the real plans and on made-up ones of TRIPLES triples
	$(BIN)/python benchmarks/run.py --triples $(TRIPLES) --output docs/benchmarks.md

bench-maps: .venv/ready ## the partner map and the same network by pyvis, cytoscape.js and sigma; needs npm and Chromium
	$(BIN)/python benchmarks/maps.py

bench-serve: .venv/ready ## our endpoint beside a bare Oxigraph, and ten minutes of mixed load; needs wrk
	$(BIN)/python benchmarks/serve.py
	$(BIN)/python benchmarks/soak.py

bench-compare: .venv/ready ## ratios of revision BASE and of what is checked out, in one run; fails if one has grown
	rm -rf out/base && git worktree prune && git worktree add --quiet --detach out/base $(BASE)
	$(BIN)/python benchmarks/compare.py out/base . --triples $(TRIPLES); code=$$?; git worktree remove --force out/base; exit $$code

bench-replicas: .venv/ready ## answers a second of 1, 2 and 4 replicas behind nginx; needs nginx and wrk
	$(BIN)/python benchmarks/replicas.py

wheel: .venv/ready ## the package, with ontology, data, shapes and queries in it
	$(BIN)/python -m build --wheel --outdir dist

clean: ## remove what these jobs made
	rm -rf .venv dist out build

.venv/ready: pyproject.toml hatch_build.py src/cicte_graph/terms.py $(wildcard frontend/*.json)
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
