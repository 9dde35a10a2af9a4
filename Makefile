# One word a job. Only Python 3.11, make and, for the browser tests, Chromium are expected of the machine.
PYTHON ?= python3
BIN = .venv/bin
.PHONY: demo test lint types docs pictures format bench bench-maps bench-serve wheel clean

demo: .venv/ready ## the main job on the real data: one graph, a trace, a question, a map
	@sh docs/demo.sh $(BIN)/cicte-graph

test: .venv/ready ## all tests
	$(BIN)/python -m pytest

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

bench: .venv/ready ## the same work by us and by the alternatives, in one run
	$(BIN)/python benchmarks/run.py

bench-maps: .venv/ready ## the partner map and the same network by pyvis, cytoscape.js and sigma; needs npm and Chromium
	$(BIN)/python benchmarks/maps.py

bench-serve: .venv/ready ## our endpoint beside a bare Oxigraph, and ten minutes of mixed load; needs wrk
	$(BIN)/python benchmarks/serve.py
	$(BIN)/python benchmarks/soak.py

wheel: .venv/ready ## the package, with ontology, data, shapes and queries in it
	$(BIN)/python -m build --wheel --outdir dist

clean: ## remove what these jobs made
	rm -rf .venv dist out build

.venv/ready: pyproject.toml hatch_build.py src/cicte_graph/terms.py $(wildcard frontend/*.json)
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
