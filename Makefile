# SPDX-License-Identifier: Apache-2.0
# Everything is done by `make demo` and `make test`; `make help` lists the rest.

.DEFAULT_GOAL := build
.PHONY: build demo test format lint samples clean help packages packages-for-tests swift-version

SWIFT ?= swift
SWIFT_SOURCES := Sources Tests Package.swift

build: packages swift-version ## build .build/release/facelib and .build/release/facelib-simulator
	$(SWIFT) build -c release --product facelib
	$(SWIFT) build -c release --product facelib-simulator

demo: build ## import samples/ into a simulated device, export, mirror, back up, lose the device and restore
	scripts/demo.sh

test: packages-for-tests swift-version ## build everything for debugging and run all tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip EndToEndTests
	$(SWIFT) test --skip-build --filter EndToEndTests --no-parallel

format: swift-version ## lay out the sources anew
	$(SWIFT) format --in-place --recursive $(SWIFT_SOURCES)

lint: swift-version ## check the layout of the sources
	$(SWIFT) format lint --strict --recursive $(SWIFT_SOURCES)

samples: packages-for-tests ## draw samples/ anew
	/usr/bin/python3 scripts/draw_portraits.py samples samples

clean: ## delete what was built and the demo's reports
	rm -rf .build demo-report

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST))

packages:
	@scripts/install-packages.sh

packages-for-tests:
	@scripts/install-packages.sh --for-tests

swift-version:
	@SWIFT="$(SWIFT)" scripts/check-swift.sh
