# What to do with heard. `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Debian packages that building needs; make installs those that are missing.
PACKAGES := libicu-dev libgmime-3.0-dev libxml2-dev libsimdjson-dev libzstd-dev zlib1g-dev \
  libsqlite3-dev pkg-config
# Those that the tests need besides: the dictionaries that inflection is made with, a JSON Schema
# validator, the Unicode consortium's own break tests, a test of Sieve, a PostgreSQL server, and what
# README calls on outputs and inputs.
TEST_PACKAGES := hunspell-nl hunspell-pl hunspell-en-gb hunspell-en-us python3-jsonschema unicode-data \
  dovecot-sieve postgresql libpq5 openssl sqlite3 strace zstd
# What the intake is tested with.
INTAKE_PACKAGES := postfix dovecot-imapd dovecot-lmtpd dovecot-sieve ssl-cert swaks faketime dpkg-dev \
  iproute2
# What the Debian package is made with, and tried out with.
DEB_PACKAGES := dpkg-dev binutils python3
DEB_TEST_PACKAGES := lintian systemd man-db iproute2 adduser
INTAKE_MAILS ?= 300
INTAKE_KILLS ?= 60
INTAKE_SERVER_KILLS ?= 12
INTAKE_PARTS ?= pipe,server,sieve
# What counts instructions, and the programs that heard is timed beside.
COUNT_PACKAGES := valgrind binutils
RIVAL_PACKAGES := g++ libvectorscan-dev libcld2-dev python3-venv
# What reports are looked at with, and what their page of documentation reads JSON with.
REPORT_PACKAGES := chromium fonts-liberation python3
DOCS_PACKAGES := jq

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
# Linking the Swift libraries in makes one file that runs anywhere and starts in milliseconds.
# One job more than there are cores: modules wait for one another, and C targets come last.
RELEASE := -c release --static-swift-stdlib --scratch-path .build --jobs $(shell echo $$(($$(nproc) + 1)))
# GMime's headers only: heard loads its libraries itself, when a mail asks for them (Package.swift).
LEAN := --pkg-config-path packaging/pkgconfig
# Without the packages that only heardd needs: they are not fetched.
ALONE := --disable-default-traits
# Only what is worth it is optimised (Package.swift); one job a module, or none sees into another.
# Types that the compiler knows are asked for directly, not by their names: a ninth of the instructions of a start.
QUICK := -Xswiftc -Onone -Xswiftc -no-emit-module-separately-wmo \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
# With the compiler's jobs in the build's own plan a module waits for the interfaces of those that it knows, not for
# their code: quicker from nothing, but all of it is done again whenever the plan is made anew.
DRIVER = $(if $(shell swift build --help-hidden 2>/dev/null | grep -e --use-integrated-swift-driver),\
  --use-integrated-swift-driver)
HEARD := .build/release/heard
# heardd's code is optimised throughout; in a folder of its own, or each build would undo the other.
HEARDD := .build-server/release/heardd
SWIFT_FILES := Package.swift Sources Tests Fuzz/Package.swift Fuzz/Run/Entry.swift \
  Benchmarks/Package.swift Benchmarks/Sources
SHARED ?= ../shared

define install
missing=""; for p in $(1); do dpkg -s "$$p" >/dev/null 2>&1 || missing="$$missing $$p"; done; \
if [ -n "$$missing" ]; then echo "installing$$missing"; \
  $(SUDO) apt-get update -qq && \
  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi
endef

.PHONY: help
help: ## List the targets.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: packages
packages: ## Install the Debian packages that building needs.
	@command -v swift >/dev/null || { echo "heard needs Swift 6.3 or later: https://www.swift.org/install/linux"; exit 69; }
	@$(call install,$(PACKAGES))

.PHONY: test-packages
test-packages: packages
	@$(call install,$(TEST_PACKAGES))

.PHONY: build
build: packages ## Build heard (release) into .build/release/heard.
	HEARD_QUICK_BUILD=1 swift build $(RELEASE) $(QUICK) $(LEAN) $(ALONE) --product heard

.PHONY: server
server: packages ## Build heardd (release) into .build-server/release/heardd.
	swift build $(RELEASE:.build=.build-server) --product heardd

.PHONY: deb
deb: build server ## Build a Debian package with heard, heardd, a systemd unit and manuals into out/.
	@$(call install,$(DEB_PACKAGES))
	@packaging/build-deb $(HEARD) $(HEARDD) out

.PHONY: test-deb
test-deb: build ## The Debian package: lintian, and installed, run and removed under systemd in copies of the machine.
	@$(call install,$(DEB_PACKAGES) $(DEB_TEST_PACKAGES))
	$(SUDO) python3 -u Tests/integration/package.py --heard $(HEARD)

.PHONY: demo
demo: build ## Judge the sample corpus: a table here, records in out/demo.jsonl.
	@mkdir -p out
	@for l in nl pl en; do echo; $(HEARD) run --quiet --table -o out/demo-$$l.jsonl corpus/$$l/messages.jsonl corpus/$$l/mail; done
	@cat out/demo-{nl,pl,en}.jsonl > out/demo.jsonl && rm out/demo-*.jsonl
	@echo; echo "$$(wc -l < out/demo.jsonl) records in out/demo.jsonl; try: $(HEARD) explain corpus/en/mail/$$(ls corpus/en/mail | head -1)"

.PHONY: test
test: test-packages ## Build everything and run the tests.
	swift build --build-tests --scratch-path .build-debug
	swift test --skip-build --scratch-path .build-debug

# Python packages of the tests of heardd, in a folder of their own.
SERVER_VENV := .build-venv
$(SERVER_VENV)/done: Makefile
	@$(call install,python3-venv faketime systemd)
	python3 -m venv $(SERVER_VENV)
	$(SERVER_VENV)/bin/pip install --quiet schemathesis openapi-spec-validator prometheus-client
	@touch $@

.PHONY: test-server
test-server: test-packages $(SERVER_VENV)/done ## heardd as its users meet it: sockets, signals, hostile clients, kill -9.
	swift build --product heardd --scratch-path .build-debug
	swift build --product heard --scratch-path .build-debug
	HEARDD=$(CURDIR)/.build-debug/debug/heardd $(SERVER_VENV)/bin/python -W ignore -m unittest discover -s Tests/Processes

.PHONY: test-server-long
test-server-long: ## The same with 200 kills and more random requests (tens of minutes).
	HEARD_LONG_TESTS=1 $(MAKE) test-server

# What the tests of the Spark package run on; Python packages in a folder of their own.
SPARK_VENV := .build-venv-spark
$(SPARK_VENV)/done: Makefile integrations/spark/pyproject.toml
	@$(call install,python3-venv openjdk-17-jre-headless)
	python3 -m venv $(SPARK_VENV)
	$(SPARK_VENV)/bin/pip install --quiet --editable integrations/spark 'pandas<3'
	@touch $@

.PHONY: test-spark
test-spark: build $(SPARK_VENV)/done ## heard on a Spark cluster of two executors, of which one is killed.
	HEARD=$(CURDIR)/$(HEARD) $(SPARK_VENV)/bin/python -W ignore -m unittest discover -s integrations/spark/tests

.PHONY: test-long
test-long: test-packages test-kills ## The tests with more random cases, and 200 kills (tens of minutes).
	HEARD_LONG_TESTS=1 swift test -c release -Xswiftc -enable-testing --scratch-path .build-long

# Kills of a run.
KILLS ?= 200

.PHONY: test-kills
test-kills: build ## Kill runs at KILLS=200 random moments and fill disks: the bytes of an undisturbed run.
	$(SUDO) python3 -u Tests/integration/kills.py --heard $(HEARD) --kills $(KILLS)

.PHONY: test-intake
test-intake: build ## Postfix, heard, heardd (make server, else that of the tests) and Dovecot: nothing lost, nothing doubled.
	@$(call install,$(INTAKE_PACKAGES))
	$(SUDO) python3 -u Tests/integration/faults.py --heard $(HEARD)
	$(SUDO) python3 -u Tests/integration/intake.py --heard $(HEARD) --mails $(INTAKE_MAILS) \
	  --kills $(INTAKE_KILLS) --server-kills $(INTAKE_SERVER_KILLS) --only $(INTAKE_PARTS)

.PHONY: test-intake-long
test-intake-long: build server ## The same with 10,000 mails each way and 200 kills (half an hour).
	$(MAKE) test-intake INTAKE_MAILS=10000 INTAKE_KILLS=200 INTAKE_SERVER_KILLS=200

# Fuzzing: a package of its own (Fuzz/), all of it under AddressSanitizer and libFuzzer's counters, our
# C and C++ under UndefinedBehaviorSanitizer too. Assertions are on, as in a debug build; what most
# inputs spend their time in is optimised (Fuzz/Package.swift). The compiler heeds the last -sanitize= only,
# and SwiftPM passes one for each: without both in one, Swift would have no counters.
FUZZER := .build-fuzz/release/heard-fuzz
FUZZ_BUILD := -c release --package-path Fuzz --scratch-path .build-fuzz --sanitize address \
  --sanitize fuzzer -Xswiftc -sanitize=address,fuzzer -Xswiftc -enable-testing \
  -Xswiftc -assert-config -Xswiftc Debug -Xswiftc -use-ld=lld $(DRIVER) -Xswiftc -Onone -Xswiftc -gline-tables-only
# Of a nightly run, a target; FUZZ_RUNS=N counts inputs instead, FUZZ_TARGETS="mail lmtp" names some.
FUZZ_SECONDS ?= 900
FUZZ_RUNS ?= 0
FUZZ_TARGETS ?=
# Of make fuzz-total: inputs of all targets, and the least of each.
FUZZ_TOTAL ?= 10000000
FUZZ_LEAST ?= 50000

.PHONY: fuzz-build
fuzz-build: packages
	@$(call install,python3)
	swift build $(FUZZ_BUILD) --product heard-fuzz

.PHONY: fuzz
fuzz: fuzz-build ## Fuzz every parser under sanitizers, FUZZ_SECONDS each (all night); 0 may break.
	Fuzz/run $(FUZZER) --seconds $(if $(filter 0,$(FUZZ_RUNS)),$(FUZZ_SECONDS),0) --runs $(FUZZ_RUNS) $(FUZZ_TARGETS)

.PHONY: fuzz-total
fuzz-total: fuzz-build ## Count FUZZ_TOTAL inputs over all parsers (hours); goes on where it was interrupted.
	Fuzz/run $(FUZZER) --total $(FUZZ_TOTAL) --least $(FUZZ_LEAST) --tally out/fuzz/tally.jsonl

.PHONY: fuzz-short
fuzz-short: fuzz-build ## 2,000 inputs to every parser, the same each time (part of CI).
	rm -rf .build-fuzz/short
	Fuzz/run $(FUZZER) --runs 2000 --seed 1 --corpus .build-fuzz/short

.PHONY: test-report
test-report: build ## A report in a browser: loads nothing, names its charts, fits every width.
	@$(call install,$(REPORT_PACKAGES))
	HEARD=$(CURDIR)/$(HEARD) REPORT_SHOTS=out/report python3 -W ignore -m unittest discover -s Tests/Report

.PHONY: lint
lint: ## Check formatting, lexicons and policies.
	swift format lint --strict --recursive $(SWIFT_FILES)
	@if [ -x $(HEARD) ]; then $(HEARD) lexicon lint --fail-on warning && \
	$(HEARD) lexicon lint --fail-on warning replies/lexicons && $(HEARD) policy check; fi

.PHONY: format
format: ## Format the Swift code in place.
	swift format --in-place --recursive $(SWIFT_FILES)

.PHONY: bench
bench: build ## Time heard run beside wc -w on the workload; the result is checked.
	Benchmarks/run $(HEARD) $(SHARED) $(RECORD)

.PHONY: bench-count
bench-count: build ## Count the instructions a message takes; fails when they changed by more than 2 %.
	@$(call install,$(COUNT_PACKAGES))
	Benchmarks/count $(HEARD)

.PHONY: bench-count-renew
bench-count-renew: build ## Renew the committed count, after a change that is meant to move it.
	@$(call install,$(COUNT_PACKAGES))
	Benchmarks/count $(HEARD) --write

.PHONY: bench-package
bench-package: packages ## Build Benchmarks/, a package of its own.
	swift build -c release --package-path Benchmarks

.PHONY: bench-stages
bench-stages: bench-package ## Time each stage of heard; RECORD=--record keeps the figures.
	Benchmarks/stages $(SHARED) $(RECORD)

# Python packages of the usual stack, in a folder of their own.
Benchmarks/.build/venv/done: Makefile
	@$(call install,$(RIVAL_PACKAGES))
	python3 -m venv Benchmarks/.build/venv
	Benchmarks/.build/venv/bin/pip install --quiet pycld2 spacy ahocorasick_rs vaderSentiment
	@touch $@

# wc grep vectorscan ahocorasick cld2 gmime icu python, with commas.
RIVALS ?= all

.PHONY: bench-rivals
bench-rivals: build bench-package Benchmarks/.build/venv/done ## Time RIVALS=all beside heard; what they find is compared.
	@$(call install,$(RIVAL_PACKAGES))
	Benchmarks/rivals $(RIVALS) $(HEARD) $(SHARED) $(RECORD)

.PHONY: bench-scale
bench-scale: build ## A million messages, 10 GB, ten times the lexicon (tens of minutes, 2 GB of disk).
	@$(call install,python3-yaml)
	Benchmarks/scale $(HEARD) $(SHARED) $(RECORD)

.PHONY: bench-report
bench-report: build ## A report on a million messages: time, memory, size of the page.
	Benchmarks/report $(HEARD) $(SHARED) $(RECORD)

# BENCH_ALL=--short shows in minutes that each works; "--workload DIR" keeps the million messages.
BENCH_ALL ?=

.PHONY: bench-all
bench-all: build bench-package Benchmarks/.build/venv/done ## Every benchmark and its record, on a quiet machine: twenty minutes.
	@$(call install,$(RIVAL_PACKAGES) $(COUNT_PACKAGES) python3-yaml)
	Benchmarks/all $(HEARD) $(SHARED) $(BENCH_ALL)

.PHONY: bench-short
bench-short: build ## The benchmarks that need nothing else, on little: does each still work (part of CI)?
	@$(call install,python3-yaml)
	Benchmarks/all $(HEARD) $(SHARED) --short --only run,start,scale,report

.PHONY: bench-server
bench-server: server ## Load heardd over HTTP with wrk, beside rspamd on the same mails; p50 and p99 at half the peak.
	@$(call install,wrk rspamd)
	Benchmarks/serve $(HEARDD) $(RECORD)

.PHONY: evaluate
evaluate: build ## Measure the judgement: held-out halves, each set left out (LEAVE_ONE_OUT=no: not that), frames.
	@$(HEARD) evaluate --half check corpus
	@$(HEARD) reply evaluate --half check corpus/replies
	@if [ -d $(SHARED)/data ]; then $(HEARD) evaluate --half check $(SHARED)/data; \
	else echo "SKIPPED: $(SHARED)/data is missing; only the corpus was measured"; fi
	@if [ "$(LEAVE_ONE_OUT)" != no ]; then $(MAKE) leave-one-out; fi

.PHONY: leave-one-out
leave-one-out: build
	@$(call install,python3)
	@if [ -d $(SHARED)/data ]; then \
	  $(HEARD) fit corpus $(SHARED)/data --leave-out each && \
	  $(HEARD) fit corpus $(SHARED)/data --words --leave-out each && \
	  tools/frame_gains.py --heard $(HEARD) corpus $(SHARED)/data; \
	else echo "SKIPPED: $(SHARED)/data is missing; no set was left out"; fi

PAGES := docs/analysts-day.md docs/reports.md

.PHONY: docs
docs: build test-packages ## Run the commands of the pages in docs/ and write down what they print.
	@$(call install,$(DOCS_PACKAGES))
	tools/docs.py --heard $(HEARD) --write $(PAGES)

.PHONY: docs-check
docs-check: build test-packages ## Fail when a page in docs/ shows what heard does not print.
	@$(call install,$(DOCS_PACKAGES))
	tools/docs.py --heard $(HEARD) $(PAGES)

.PHONY: clean
clean: ## Remove what was built.
	rm -rf .build .build-* Benchmarks/.build out
