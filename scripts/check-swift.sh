#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Says in one sentence what is missing where Swift is not there or too old.
set -euo pipefail

needed_major=6 needed_minor=2
swift="${SWIFT:-swift}"

if ! command -v "$swift" >/dev/null 2>&1; then
    echo "facelib needs Swift $needed_major.$needed_minor or later, and there is no \"$swift\" here: install it from https://www.swift.org/install/linux/." >&2
    exit 1
fi
# The sentence is "Swift version 6.3.1 (swift-6.3.1-RELEASE)", on its own line or after the driver's.
if ! said="$("$swift" --version 2>&1)" || [[ ! "$said" =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]]; then
    echo "facelib needs Swift $needed_major.$needed_minor or later, and \"$swift --version\" does not say which it is: ${said//$'\n'/ }" >&2
    exit 1
fi
major="${BASH_REMATCH[1]}" minor="${BASH_REMATCH[2]}"
if ((major < needed_major || (major == needed_major && minor < needed_minor))); then
    echo "facelib needs Swift $needed_major.$needed_minor or later, and this is $major.$minor: install a newer one from https://www.swift.org/install/linux/." >&2
    exit 1
fi
