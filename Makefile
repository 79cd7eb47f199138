# SPDX-License-Identifier: Apache-2.0
# Everything is done by `make demo` and `make test`; `make help` lists the rest.

.DEFAULT_GOAL := build
.PHONY: build demo test bench bench-check bench-programs format lint samples clean help
.PHONY: packages packages-for-tests packages-for-benchmarks swift-version

SWIFT ?= swift
SWIFT_SOURCES := Sources Tests Package.swift Benchmarks/Package.swift Benchmarks/Sources
# Swift's runtime inside the programs: they start sooner, and run where no Swift is (docs/decisions/0022-static-runtime.md).
RELEASE := -c release --static-swift-stdlib

build: packages swift-version ## build .build/release/facelib and .build/release/facelib-simulator
	$(SWIFT) build $(RELEASE) --product facelib
	$(SWIFT) build $(RELEASE) --product facelib-simulator

demo: build ## import samples/ into a simulated device, export, mirror, back up, lose the device and restore
	scripts/demo.sh

test: packages-for-tests swift-version ## build everything for debugging and run all tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip EndToEndTests
	$(SWIFT) test --skip-build --filter EndToEndTests --no-parallel

bench: packages-for-benchmarks build bench-programs ## measure facelib beside others and print one table
	python3 Benchmarks/bench/run.py

bench-check: packages-for-benchmarks bench-programs ## count the instructions of the hot paths and hold them against thresholds
	python3 Benchmarks/bench/check_counts.py

format: swift-version ## lay out the sources anew
	$(SWIFT) format --in-place --recursive $(SWIFT_SOURCES)

lint: swift-version ## check the layout of the sources
	$(SWIFT) format lint --strict --recursive $(SWIFT_SOURCES)

samples: packages-for-tests ## draw samples/ anew
	/usr/bin/python3 scripts/draw_portraits.py samples samples

clean: ## delete what was built and the demo's reports
	rm -rf .build Benchmarks/.build Benchmarks/.data demo-report

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST))

bench-programs: packages swift-version
	$(SWIFT) build $(RELEASE) --package-path Benchmarks

packages:
	@scripts/install-packages.sh

packages-for-tests:
	@scripts/install-packages.sh --for-tests

packages-for-benchmarks:
	@scripts/install-packages.sh --for-benchmarks

swift-version:
	@SWIFT="$(SWIFT)" scripts/check-swift.sh
