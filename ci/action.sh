#!/usr/bin/env bash
# The steps of action.yml. What they are told comes in RINGFENCE_…, what they tell goes to $GITHUB_OUTPUT.
#
#   ci/action.sh find    is there a ringfence to use, or what is the name of the one to build?
#   ci/action.sh build   builds it, unless the cache brought it
#   ci/action.sh check   checks, annotates, sums up, and exits as `ringfence check` does
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# An annotation of the step, with nothing in it that the runner would read as another command.
say() { # KIND TEXT
    local text=${2//'%'/'%25'}
    text=${text//$'\r'/'%0D'}
    printf '::%s title=ringfence::%s\n' "$1" "${text//$'\n'/'%0A'}"
}

fail() { # TEXT
    say error "$1"
    exit 2
}

output() { # NAME VALUE
    [[ $2 != *$'\n'* ]] || fail "the output $1 would have several lines"
    printf '%s=%s\n' "$1" "$2" >> "$GITHUB_OUTPUT"
}

version_of() { # BINARY: 0.1.0
    "$1" --version | sed -n 's/^ringfence \([^ ]*\).*/\1/p'
}

# What the binary is made of: the sources, the system's libraries and the machine. The commit would do, but the
# runner does not tell a composite action which one it is at.
key() {
    local sources system
    sources=$(cd "$home" && find Makefile CHANGELOG.md ci src rules schema -type f | LC_ALL=C sort |
        tr '\n' '\0' | xargs -0 sha256sum | sha256sum)
    # shellcheck source=/dev/null
    system=$(. /etc/os-release 2> /dev/null && echo "${ID:-}-${VERSION_ID:-}")
    echo "ringfence-${system:-unknown}-$(uname -m)-${sources:0:16}"
}

find_binary() {
    local wanted=${RINGFENCE_VERSION:-} binary="" name
    [ "$wanted" = source ] || binary=$(command -v ringfence) || binary=
    if [ -n "$binary" ] && [ -n "$wanted" ] && [ "$(version_of "$binary")" != "$wanted" ]; then
        echo "$binary is version $(version_of "$binary"), and $wanted is wanted: building the action's own"
        binary=
    fi
    output binary "$binary"
    if [ -n "$binary" ]; then
        echo "using $binary, $("$binary" --version)"
        output build false
        return
    fi
    name=$(key)
    output build true
    output key "$name"
    output folder "${RUNNER_TEMP:-/tmp}/ringfence/$name"
}

build() {
    local binary=$RINGFENCE_FOLDER/ringfence wanted=${RINGFENCE_VERSION:-}
    # The libraries are needed to run it, too.
    "$home/ci/install-deps" || fail "what ringfence needs could not be installed; see ci/install-deps"
    if [ -x "$binary" ] && version_of "$binary" > /dev/null 2>&1; then
        echo "from the cache: $("$binary" --version)"
    else
        echo "::group::building ringfence"
        make --no-print-directory -C "$home" -j"$(nproc)" BUILD="$RINGFENCE_FOLDER/tree" \
            "$RINGFENCE_FOLDER/tree/ringfence" || fail "ringfence could not be built; the log says why"
        cp "$RINGFENCE_FOLDER/tree/ringfence" "$binary.new"
        mv "$binary.new" "$binary"
        rm -rf "$RINGFENCE_FOLDER/tree" # the cache needs the program only
        echo "::endgroup::"
    fi
    if [ -n "$wanted" ] && [ "$wanted" != source ] && [ "$(version_of "$binary")" != "$wanted" ]; then
        fail "version $wanted is wanted, and this action is $(version_of "$binary"): use the action at the tag v$wanted"
    fi
    output binary "$binary"
}

# A checkout in a container belongs to another user, which is fine: nothing in it is run.
in_git() {
    git -c safe.directory='*' "$@"
}

# Is the commit there, and how it came about since it and HEAD parted?
knows() { # COMMIT
    in_git rev-parse -q --verify "$1^{commit}" > /dev/null && in_git merge-base "$1" HEAD > /dev/null 2>&1
}

# actions/checkout brings one commit only: gets as many more as it takes.
fetch_base() { # COMMIT
    local depth
    in_git rev-parse -q --verify HEAD > /dev/null || fail "there is no commit to compare; run actions/checkout first"
    if ! knows "$1"; then
        in_git fetch -q --no-tags --depth=1 origin "$1" || true
    fi
    for depth in 50 500 5000; do
        knows "$1" && return
        in_git fetch -q --no-tags --deepen="$depth" origin "$1" "$(in_git rev-parse HEAD)" || break
    done
    knows "$1" || fail "the base of the pull request, $1, cannot be fetched: set 'fetch-depth: 0' for actions/checkout"
}

# Prints what --diff gets; nothing for a check of everything.
diff_base() {
    local base=${RINGFENCE_DIFF_BASE:-}
    # Not on pull_request_target, which checks the base out: the difference would be empty, and say "clean".
    if [ -z "$base" ] && [ "${GITHUB_EVENT_NAME:-}" = pull_request ]; then
        base=${RINGFENCE_PULL_BASE:-}
        [[ $base =~ ^[0-9a-f]{40,64}$ ]] || fail "the event says nothing about the pull request's base"
        fetch_base "$base" >&2
    fi
    [ "$base" = none ] || printf '%s' "$base"
}

# How many lines of the JSON report begin like this. Strings in it cannot: a line feed in them is \n.
count_lines() { # PATTERN
    grep -c "$1" "$json" || true
}

number() { # KEY
    sed -n "s/^    \"$1\": \([0-9]*\),\{0,1\}\$/\1/p" "$json" | head -n 1
}

tell() {
    local new statements
    new=$(count_lines '^      "fingerprint": "')
    statements=$(number statements)
    output new-findings "$new"
    output findings $((new + $(number baseline)))
    # Rounded down: 100.0 is all of them.
    output coverage "$(awk -v checked="$(number checked)" -v all="$statements" \
        'BEGIN { tenths = all ? int(checked * 1000 / all) : 1000; printf "%d.%d", tenths / 10, tenths % 10 }')"
}

check() {
    local arguments=() words=() paths=() path base status=0
    local folder=${RUNNER_TEMP:-/tmp} sarif=${RINGFENCE_SARIF:-} format=${RINGFENCE_FORMAT:-github}
    : "${sarif:=$folder/ringfence.sarif}"
    json=$(mktemp "$folder/ringfence.XXXXXX")
    trap 'rm -f "$json"' EXIT
    arguments=(check --format json --output "$json" --format sarif --output "$sarif" --format "$format"
        --fail-on "${RINGFENCE_FAIL_ON:-error}")
    # The github format writes the job's summary by itself.
    [ "$format" = github ] || [ -z "${GITHUB_STEP_SUMMARY:-}" ] || arguments+=(--format markdown --output "$json.md")
    [ -z "${RINGFENCE_MANIFEST:-}" ] || arguments+=(--manifest "$RINGFENCE_MANIFEST")
    case ${RINGFENCE_BASELINE:-} in
        '') ;;
        none) arguments+=(--no-baseline) ;;
        *) arguments+=(--baseline "$RINGFENCE_BASELINE") ;;
    esac
    base=$(diff_base) || { printf '%s\n' "$base"; exit 2; }
    [ -z "$base" ] || arguments+=(--diff "$base")
    read -r -d '' -a words <<< "${RINGFENCE_ARGS:-}" || true
    while IFS= read -r path; do
        path=${path%$'\r'}
        [ -z "$path" ] || paths+=("$path")
    done <<< "${RINGFENCE_PATHS:-}"
    "$RINGFENCE_BINARY" "${arguments[@]}" "${words[@]}" -- "${paths[@]}" || status=$?
    if [ -f "$json.md" ]; then
        cat "$json.md" >> "$GITHUB_STEP_SUMMARY"
        rm -f "$json.md"
    fi
    if [ "$status" -le 1 ] || [ -s "$json" ]; then
        tell
        output sarif "$sarif"
    fi
    [ "$status" -le 1 ] || say error "the check could not do all of its work (exit status $status); the log says why"
    exit "$status"
}

case ${1:-} in
    find) find_binary ;;
    build) build ;;
    check) check ;;
    *)
        echo "usage: ci/action.sh find | build | check" >&2
        exit 2
        ;;
esac
