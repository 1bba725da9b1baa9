# The commands of the project; `make` alone lists them.
# Values: PORT, HOST, DEMO_PASSWORD for run; ARGS for test, test-faults, shots, guide and
# bench (make test ARGS="-k signup", make shots ARGS="--only office/report"); --all for
# sweep looks again at what looks the same for several roles.

.PHONY: help run test test-faults check format lock shots guide sweep bench

help:
	@echo "make run          start the portal with demonstration data (PORT=8000)"
	@echo "make test         run every check and test; sets up what is missing"
	@echo "make test-faults  kill workers, Redis and mail servers; about ten minutes"
	@echo "make check        run the linters and the checks of Django (under a minute)"
	@echo "make format       format the code"
	@echo "make lock         compile requirements*.in to requirements*.txt (needs uv)"
	@echo "make shots        photograph the pages"
	@echo "make guide        take the pictures of docs/guide anew"
	@echo "make sweep        look at every page of every role for faults; ten minutes"
	@echo "make bench        measure the portal; ARGS=--coverage, --exports, --reminders,"
	@echo "                  --shifts or --boards for a part, --most 100000 for less rows"

run:
	@exec sh scripts/with_python run

test:
	@exec sh scripts/with_python test $(ARGS)

test-faults:
	@exec sh scripts/with_python test_faults $(ARGS)

check:
	@exec sh scripts/with_python check

format:
	@.venv/bin/python -m ruff check --fix-only --quiet .
	@.venv/bin/python -m ruff format .

LOCK = uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11

lock:
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-test.in --output-file requirements-test.txt

shots:
	@.venv/bin/python -m scripts.shots $(ARGS)

sweep:
	@exec sh scripts/with_python sweep $(ARGS)

guide:
	@.venv/bin/python -m scripts.guide_shots $(ARGS)

bench:
	@.venv/bin/python -m bench.run $(ARGS)
