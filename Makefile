# Hudang 户档. `make help` lists what there is to do; CONTRIBUTING.md says when.
SHELL := bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## a believable company to look at, kept in ./.demo
	go run ./cmd/hudang demo

.PHONY: build
build: ## the program as it is handed out, for Linux and Windows, into bin/
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o bin/hudang ./cmd/hudang
	GOOS=windows CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o bin/hudang.exe ./cmd/hudang

# The watcher leaves its own form of the generated files behind; check and test write them as they should be.
.PHONY: dev
dev: ## the same, made anew whenever a template or Go file changes; the browser reloads (port 7331)
	go tool templ generate -watch -proxy http://127.0.0.1:8420 -cmd "go run ./cmd/hudang demo"

.PHONY: test
test: ## everything CI runs: what is missing installed, lint, both engines, both browsers (minutes)
	bash build/test

.PHONY: check
check: lint ## what you run while working: lint and short tests, on SQLite only (under a minute)
	go test -short ./...

.PHONY: lint
lint: ## generated code current, gofmt, vet, staticcheck
	bash build/lint

.PHONY: generate
generate: ## make the Go code of the page templates anew
	go tool templ generate

.PHONY: strings
strings: ## texts missing or unused in the catalogues, or different in the two languages
	go test -count=1 -v -run '^TestStrings$$' ./internal/archtest

.PHONY: deps
deps: ## install what the tests need (Debian packages, npm packages)
	bash build/deps.sh

.PHONY: ready
ready:
	@bash build/deps.sh

.PHONY: shots
shots: ready ## pictures of every page at every size in both languages, into shots/, for looking
	mkdir -p shots
	HUDANG_SHOTS=$(CURDIR)/shots go test -count=1 -run Shots ./test/browser

.PHONY: pictures
pictures: ready ## the pictures of the README and the handbook, into docs/pictures
	HUDANG_PICTURES=$(CURDIR)/docs/pictures go test -count=1 -run '^TestPictures$$' ./test/browser

.PHONY: corpus
corpus: ## odd files in DIR through the upload, beside what other programs show of them (test/corpus/gather.py DIR gathers some; minutes)
	HUDANG_CORPUS=$(abspath $(DIR)) go test -count=1 -v -timeout 2h -run '^TestCorpus$$' ./test/corpus

.PHONY: bench
bench: ## figures beside their yardsticks, for docs/performance.md (nothing else should run meanwhile)
	go run ./bench -door -verify 20000
	go run ./bench -pages -rows 10000 -keep .bench
	go run ./bench -pages -rows 100000 -keep .bench

# The company is kept in .bench and found again; of PostgreSQL there is nothing to keep, and it would take an hour.
.PHONY: bench-1m
bench-1m: ## the same pages over a million flats, on SQLite, imported once (an hour, 10 GB) and kept in .bench
	go run ./bench -pages -rows 1000000 -keep .bench -engine sqlite

# It goes on where the last one stopped; the sums stand in .torture (go run ./build/night -show).
PIECE ?= 0
ONLY ?=
.PHONY: torture
torture: ready ## nights for what must never go wrong: until the goals, or PIECE (10m) for each test; ONLY=Fuzz some (root, for disks of its own)
	go run ./build/pgcluster -- go run ./build/night -piece $(PIECE) -only '$(ONLY)'
