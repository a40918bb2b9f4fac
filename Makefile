# Verbs for people and CI. A new machine needs python3 (>= 3.11) with venv, make and git; `make help` lists the rest.

VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
            $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
              && echo $$python && break; done)
STAMP  := $(VENV)/.installed
PYTEST_ARGS ?=
IMAGE ?= localhost/atlas-operator:$(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
# One more than CPUs, as many tests wait: for a server, for an operator, for an outage to be noticed.
WORKERS ?= 3
LOCKING := --universal --generate-hashes --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help venv lock controlplane cluster cluster-down helm stores image demo demo-cluster unit test e2e cases soak lint fmt bench docs clean

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: $(STAMP) ## .venv with the locked packages, and the commands atlas and atlas-operator

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "no python3 >= 3.11 with venv: apt-get install python3-venv, or make PYTHON=..."; exit 1; }
	@echo "building $(VENV), a few minutes the first time"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

lock: ## bring the locked packages up to date with pyproject.toml (uv on PATH); pins that still fit stay
	uv pip compile pyproject.toml --extra operator --extra registry --extra aws --extra gcp --extra azure --extra dev $(LOCKING) -o requirements.lock
	echo hatchling | uv pip compile pyproject.toml - --extra operator --extra registry --extra aws --extra gcp --extra azure $(LOCKING) --no-annotate -c requirements.lock -o requirements-image.lock

demo: venv ## a registry, a database and the operator on this machine, in about a minute
	@$(BIN)/python -m examples.demo

controlplane: venv ## build etcd, kube-apiserver and kubectl for the tests, once (Go >= 1.26, six minutes)
	@$(BIN)/python -m tests.controlplane build

cluster: venv ## a real kube-apiserver in the background, to try things on; no nodes, so no Pods run
	@$(BIN)/python -m tests.controlplane up .cluster

cluster-down: venv ## end it, and remove .cluster with the databases that are in it
	@$(BIN)/python -m tests.controlplane down .cluster

helm: venv ## build Helm for the tests of the chart, once (Go; three minutes)
	@$(BIN)/python -m tests.controlplane build-helm

stores: venv ## build the object stores that tests speak to, and what GitOps tools judge by, once (Go, Node.js and npm; a few minutes)
	@$(BIN)/python -m tests.servers build
	@$(BIN)/python -m tests.clients.gitops

demo-cluster: controlplane ## the demo on a real kube-apiserver, with kubectl apply
	@$(BIN)/python -m examples.demo cluster

unit: venv ## the tests that need no server, in about a minute
	@$(BIN)/python -m pytest -n $(WORKERS) tests/unit $(PYTEST_ARGS)

test: controlplane helm stores ## every test that this machine can run; CI=true makes a skip a failure
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations=10 $(PYTEST_ARGS)

e2e: controlplane helm ## only the tests on a real kube-apiserver
	@$(BIN)/python -m pytest tests/controlplane tests/e2e $(PYTEST_ARGS)

cases: venv ## only the plans on real databases
	@$(BIN)/python -m pytest tests/cases $(PYTEST_ARGS)

soak: venv ## 2,000 random pairs of schemas, 10,000 broken inputs, storms over backups, faults of a cluster, a registry lost and restored whole (two hours and a half)
	@ATLAS_TEST_RANDOM_PAIRS=667 $(BIN)/python -m pytest tests/cases/test_random_pairs.py $(PYTEST_ARGS)
	@$(BIN)/python -m tests.cases.mutations 10000
	@$(BIN)/python -m tests.integration.backups.chaos 1 2 3 4 5 6 7 8 9 10
	@$(BIN)/python -m tests.e2e.faults 1 2 3
	@$(BIN)/python -m bench.registry_restore

lint: venv ## style, types, layers, spelling
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict operator tests/fakes
	@$(BIN)/lint-imports
	@$(BIN)/codespell

fmt: venv ## format, and fix what can be fixed without thought
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: venv ## measure against the budgets of bench/README.md
	@$(BIN)/python -m bench

docs: venv ## write docs/reference from the code, and the chart's copy of crds/
	@$(BIN)/python -m docs.generate

image: ## build the container image with buildah, podman or docker (BASE= for another base)
	@builder=$$(command -v buildah || command -v podman || command -v docker) && \
	  "$$builder" build $(if $(BASE),--build-arg BASE=$(BASE)) --tag $(IMAGE) .

clean: ## forget everything that make made here; the cache of built programs stays
	@test ! -x $(BIN)/python || $(BIN)/python -m tests.controlplane down .cluster
	rm -rf $(VENV) .cluster .demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find operator tests bench examples docs -name __pycache__ -type d -prune -exec rm -rf {} +
