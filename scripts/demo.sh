#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Checks and imports samples/ into a simulated device, twice, and holds every outcome against samples/expected.csv;
# then exports the library and imports it again, mirrors it to a second simulated device, backs the first one up, loses
# it, and restores to an empty one.
#
# Needs nothing but what `make build` made, bash, sed and awk. Leaves the reports in demo-report/.
set -euo pipefail
cd "$(dirname "$0")/.."

bin="${FACELIB_BIN:-.build/release}"
reports=demo-report
temporary="$(mktemp -d)"
simulator=""

stop_simulator() {
    if [[ -n "$simulator" ]]; then
        kill "$simulator" 2>/dev/null || true
        wait "$simulator" 2>/dev/null || true
    fi
    simulator=""
}

stop() {
    stop_simulator
    rm -rf "$temporary"
}
trap stop EXIT
trap 'exit 130' INT TERM

fail() {
    echo "demo: $*" >&2
    exit 1
}

say() { printf '\n── %s\n' "$*"; }

# run STATUS ARGUMENT…: shows and runs facelib, and fails on any other exit status.
run() {
    local expected="$1" status=0
    shift
    printf '\n$ facelib'
    printf ' %s' "$@"
    printf '\n'
    "$bin/facelib" "$@" || status=$?
    ((status == expected)) || fail "\"facelib $*\" ended with status $status, not $expected"
}

# columns NAME…: these columns of the CSV on standard input, separated by tabs. Quoted cells may hold commas, quotes and newlines.
columns() {
    awk -v wanted="$*" '
        function cell() { row[++cells] = value; value = "" }
        function finish(   i, line) {
            cell()
            if (!header) {
                header = 1
                sub(/^\357\273\277/, "", row[1])
                for (i = 1; i <= cells; i++) place[row[i]] = i
                count = split(wanted, names, " ")
                for (i = 1; i <= count; i++) if (!(names[i] in place)) { print "no column " names[i] > "/dev/stderr"; exit 1 }
            } else {
                line = row[place[names[1]]]
                for (i = 2; i <= count; i++) line = line "\t" row[place[names[i]]]
                print line
            }
            cells = 0
        }
        {
            sub(/\r$/, "")
            size = length($0)
            for (at = 1; at <= size; at++) {
                c = substr($0, at, 1)
                if (quoted && c == "\"" && substr($0, at + 1, 1) == "\"") { value = value c; at++ }
                else if (c == "\"") quoted = !quoted
                else if (c == "," && !quoted) cell()
                else value = value c
            }
            if (quoted) value = value " "
            else finish()
        }'
}

# expect REPORT PART STAGE: every row of the part has the outcome and the reason of samples/expected.csv.
# A stage changes what is expected: nothing is stored by a check, and a check does not ask the device for faces;
# what was stored before is unchanged.
expect() {
    local results="$reports/$1/results.csv" part="$2" stage="$3"
    [[ -f "$results" ]] || fail "$results was not written"
    columns source outcome reason <samples/expected.csv >"$temporary/expected"
    columns source outcome reason <"$results" >"$temporary/results"
    awk -F '\t' -v part="$part/" -v stage="$stage" '
        NR == FNR {
            if (index($1, part) != 1) next
            outcome = $2; reason = $3
            if (stage == "check" && (reason == "face.none" || reason == "face.many")) { outcome = "stored"; reason = "" }
            if (outcome == "stored" && stage == "check") outcome = "ready"
            if (outcome == "stored" && stage == "again") outcome = "unchanged"
            # Of a row that goes through, only the warnings that are named are expected; others may be there.
            wanted[$1] = outcome; why[$1] = reason; rows++
            next
        }
        {
            source = $1; sub(/^\.\//, "", source); sub(/^samples\//, "", source)
            if (!(source in wanted)) { print "not expected: " $0; bad++; next }
            if (seen[source]++) { print "reported twice: " source; bad++; next }
            found++
            if ($2 != wanted[source] || (why[source] != "" && stage != "again" && $3 != why[source]) ||
                ($2 == "rejected" && $3 != why[source])) {
                print source ": " $2 " " $3 ", expected " wanted[source] " " why[source]; bad++
            }
        }
        END {
            for (source in wanted) if (!(source in seen)) { print "no outcome: " source; bad++ }
            if (bad) exit 1
            print "All " rows " rows ended as samples/expected.csv says."
        }' "$temporary/expected" "$temporary/results" || fail "the outcomes of $results are not those expected"
}

# show REPORT: what did not go through, and where to read on.
show() {
    printf '\nNot stored, from %s:\n' "$reports/$1/rejected.csv"
    columns source outcome reason detail <"$reports/$1/rejected.csv" | awk -F '\t' '{ printf "  %-21s %s%s\n", $3, $1, ($4 == "" ? "" : ": " $4) }'
    printf '\n%s\n' "$(<"$reports/$1/summary.json")"
    [[ -s "$reports/$1/report.html" ]] || fail "$reports/$1/report.html was not written"
    printf 'The report with pictures: %s\n' "$PWD/$reports/$1/report.html"
}

# uploads: how many upload calls (1029, 1030, 1051, 1052) the simulator has counted so far.
uploads() {
    local state message count total=0
    exec 3<>"/dev/tcp/127.0.0.1/$control_port" || fail "the simulator's control port $control_port does not answer"
    printf 'GET /simulator/state HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
    state="$(tr -d '\r\n \t' <&3)"
    exec 3<&- 3>&-
    [[ "$state" =~ \"calls\":\{([^}]*)\} ]] || fail "the simulator's state has no call counts"
    state="${BASH_REMATCH[1]}"
    for message in 1029 1030 1051 1052; do
        if [[ "$state" =~ \"$message\":([0-9]+) ]]; then
            count="${BASH_REMATCH[1]}"
            total=$((total + count))
        fi
    done
    echo "$total"
}

# same REPORT REPORT: both reports store the same img_ids.
same() {
    local one two
    one="$(columns img_id outcome <"$1/results.csv" | sort)"
    two="$(columns img_id outcome <"$2/results.csv" | sort)"
    [[ "$one" == "$two" ]] || fail "$2 does not have the portraits of $1"
    echo "The same $(wc -l <<<"$one") portraits went out and in again."
}

for program in facelib facelib-simulator; do
    [[ -x "$bin/$program" ]] || fail "$bin/$program is not there; run make build"
done
rm -rf "$reports"
mkdir -p "$reports"

# simulate INSTANCES FOLDER: starts devices that keep their data in a folder, and puts into "ports", for each, its own
# port and that of its control.
simulate() {
    local instances="$1" data="$2" tries
    : >"$temporary/simulator.out"
    "$bin/facelib-simulator" --instances "$instances" --port 0 --control-port 0 --data "$data" >"$temporary/simulator.out" 2>"$temporary/simulator.log" &
    simulator=$!
    for ((tries = 0; tries < 200; tries++)); do
        # Of each device the first URL is its own, the second that of its control port.
        mapfile -t ports < <(sed -n 's/.*http:\/\/127\.0\.0\.1:\([0-9]\{1,\}\).*/\1/p' "$temporary/simulator.out")
        ((${#ports[@]} < 2 * instances)) || return 0
        if ! kill -0 "$simulator" 2>/dev/null; then
            cat "$temporary/simulator.log" >&2
            fail "the simulator ended by itself"
        fi
        sleep 0.1
    done
    fail "the simulator did not print its addresses within 20 seconds"
}

say "Two simulated devices"
ports=()
simulate 2 "$temporary/device"
device_port="${ports[0]}" control_port="${ports[1]}" branch_port="${ports[2]}"
echo "http://127.0.0.1:$device_port and http://127.0.0.1:$branch_port"

export FACELIB_CONFIG="$temporary/config.toml" FACELIB_STATE="$temporary/state"
(
    umask 077
    printf 'Facelib-2026\n' >"$temporary/demo.password"
    cat >"$FACELIB_CONFIG" <<CONFIG
[devices.demo]
url = "http://127.0.0.1:$device_port"
user = "admin"
password_file = "demo.password"

[devices.branch]
url = "http://127.0.0.1:$branch_port"
user = "admin"
password_file = "demo.password"
CONFIG
)

say "What would be rejected, and why? No device is asked."
run 3 check samples/batch --report "$reports/check"
expect check batch check

say "A folder of batch-named photos, into a new library"
run 3 import samples/batch demo:Staff --create whitelist --report "$reports/batch"
show batch
expect batch batch first

say "A people.csv with a photo column, into the same library"
run 3 import samples/staff demo:Staff --report "$reports/staff"
show staff
expect staff staff first

say "The same again: what is stored is not sent a second time"
before="$(uploads)"
run 3 import samples/staff demo:Staff --report "$reports/staff-again"
expect staff-again staff again
after="$(uploads)"
echo "Upload calls the device has counted: $before before, $after after."
((after == before)) || fail "an import without changes sent photos again"

run 3 import samples/batch demo:Staff --report "$reports/batch-again"
expect batch-again batch again
again="$(uploads)"
refused="$(columns source reason <samples/expected.csv | awk -F '\t' 'index($1, "batch/") == 1 && $2 ~ /^face\./ { n++ } END { print n + 0 }')"
echo "Upload calls the device has counted: $after before, $again after (it may be offered again the $refused photos it had refused)."
((again - after <= refused)) || fail "an import without changes sent photos again"

say "Out of the device into a folder, and from there into an empty library"
run 0 export demo:Staff "$temporary/staff" --report "$reports/export"
run 0 import "$temporary/staff" demo:Copy --create whitelist --report "$reports/copy"
same "$reports/export" "$reports/copy"

say "The same as an encrypted archive"
(umask 077; echo 'correct horse battery staple' >"$temporary/passphrase")
run 0 export demo:Staff "$temporary/staff.zip" --passphrase-file "$temporary/passphrase"
run 0 check "$temporary/staff.zip" --passphrase-file "$temporary/passphrase"

say "All libraries to the second device: what would be done, then exactly that"
run 0 mirror demo: branch: --create --plan "$temporary/plan.json"
run 0 mirror --apply "$temporary/plan.json" --report "$reports/mirror"

say "The same on both?"
run 0 compare demo: branch: --quiet

say "What the devices hold now"
run 0 library list demo
run 0 library list branch

say "All libraries into a repository: encrypted, each image once"
(umask 077; echo 'a passphrase for ten years' >"$temporary/repository.passphrase")
opening=(--passphrase-file "$temporary/repository.passphrase")
run 0 backup create demo: "$temporary/backup" "${opening[@]}" --report "$reports/backup"
run 0 backup list "$temporary/backup" "${opening[@]}"

say "Is every byte as it was written, and would it restore?"
run 0 backup verify "$temporary/backup" --read-all --drill "${opening[@]}"

say "The device burns; a new one is empty"
stop_simulator
rm -rf "$temporary/device"
simulate 1 "$temporary/replacement"
(
    umask 077
    cat >>"$FACELIB_CONFIG" <<CONFIG

[devices.new]
url = "http://127.0.0.1:${ports[0]}"
user = "admin"
password_file = "demo.password"
CONFIG
)
run 0 backup restore "$temporary/backup" new: "${opening[@]}" --report "$reports/restore"
run 0 compare "$temporary/backup@Staff" new:Staff --quiet "${opening[@]}"
run 0 compare "$temporary/backup@Copy" new:Copy --quiet "${opening[@]}"
run 0 library list new

say "Done; the reports are in $reports/"
