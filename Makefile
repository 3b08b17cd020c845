.DEFAULT_GOAL := help
.PHONY: help run build test lint size fuzz bench bench-peers bench-page bench-wasm screenshots refresh-data clean

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1 \t\2/p' Makefile | expand -t 24
	@echo "VERBOSE=1 shows the output of every stage; PORT and PREFIX set the address of 'make run'."

run: ## set up what is missing, build the release site and serve it on this machine
	@.dev/run.sh

build: ## the release site in dist/
	@.dev/build.sh

test: ## set up what is missing and run every check there is
	@.dev/test.sh

lint: ## formatting and clippy
	@.dev/lint.sh

size: build ## what the first verdict costs in bytes, against its limit
	@node .dev/size.mjs

bench-page: build ## time to the first verdict, from a keystroke to the next one, and how a large world feels
	@.dev/with-browser.sh node .dev/bench-page.mjs
	@.dev/with-browser.sh node .dev/bench-world.mjs
	@.dev/with-browser.sh node .dev/bench-flows.mjs

bench-wasm: ## how fast the engine decides in Chromium, against its targets
	@.dev/bench-wasm.sh

fuzz: ## ten minutes of every fuzz target
	@for target in parse round_trip wildcard evaluate; do .dev/fuzz.sh $$target 600 || exit 1; done

bench: ## how fast the engine decides
	@cargo bench --locked --no-default-features --bench engine

bench-peers: ## the same against two other engines
	@.dev/bench-peers.sh

screenshots: build ## the pictures in .github/screenshots/
	@.dev/with-browser.sh node .dev/screenshots.mjs

refresh-data: ## fetch the newest AWS data and write static/data/ anew
	@.dev/refresh-data.sh

clean: ## remove what was built here (the tools stay in the user's cache)
	rm -rf dist target node_modules
