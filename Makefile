# Two commands do everything: make demo, make test. The rest serves those who build linli.

PORT ?= 8000
PYTHON ?= python3
BIN = .venv/bin
export LINLI_HOME ?= $(CURDIR)/var
unexport PYTHONDONTWRITEBYTECODE

# The tests of commands in which the kind of database matters (backups, races, keys, what is left on the disk): on
# PostgreSQL they belong to the long run.
COMMANDS = $(addprefix tests/cli/test_,accounts_races.py backup.py keys.py ledger_races.py nothing_plain.py people_commands.py)

.PHONY: demo test soak bench pictures lint messages clean

demo: .venv/ready
	$(BIN)/linli demo --port $(PORT)

test: .venv/ready
	tools/system.sh
	$(MAKE) lint
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder
	$(BIN)/python tools/postgres.py $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder tests/records

soak: .venv/ready
	tools/system.sh
	$(BIN)/pytest -m soak
	$(BIN)/python tools/postgres.py $(BIN)/pytest -m soak tests/records
	$(BIN)/python tools/postgres.py $(BIN)/pytest -n 2 --dist loadfile $(COMMANDS)

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python tools/messages.py --check
	$(BIN)/python -m django makemigrations --check --dry-run --settings linli.config.settings

bench: .venv/ready
	for file in bench/*.py; do $(BIN)/python $$file --json || exit 1; done

pictures: .venv/ready
	tools/system.sh
	$(BIN)/python tools/pictures.py

messages: .venv/ready
	$(BIN)/python tools/messages.py

# The environment: one hash-locked list, then linli itself and its translations.
.venv/ready: requirements.lock bootstrap.lock pyproject.toml $(wildcard src/linli/locale/*/LC_MESSAGES/*.po)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "linli needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv || { echo "Python cannot make environments here; on Debian, once: sudo apt-get install -y python3-venv"; rm -rf .venv; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r bootstrap.lock
	@$(BIN)/uv pip sync --quiet --system-certs --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python --no-deps --no-build-isolation -e .
	@$(BIN)/python tools/messages.py --compile
	@touch $@

clean:
	rm -rf .venv var build
