# shellcheck shell=bash
# What the clients' tests share; sourced. Counts in $passed and $failed, works in $scratch, which is removed.
passed=0
failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Neither the settings of whoever runs the tests nor those of the machine; nobody's hooks.
export HOME=$scratch/home XDG_CONFIG_HOME=$scratch/home/.config GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@example.org GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@example.org
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX MAKEFLAGS MAKELEVEL MAKEOVERRIDES NO_COLOR
mkdir -p "$HOME"
git config --global init.defaultBranch main
git config --global protocol.file.allow always
git config --global commit.gpgSign false

check() { # WHAT COMMAND…
    local what=$1
    shift
    if "$@" > "$scratch/log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $what"
        sed 's/^/    /' "$scratch/log"
    fi
}

exits() { # STATUS COMMAND…
    local status=$1 found=0
    shift
    "$@" || found=$?
    echo "exit status $found"
    [ $found -eq "$status" ]
}

# Does what a command prints, on either stream, hold this text?
says() { # TEXT COMMAND…
    local text=$1
    shift
    "$@" > "$scratch/said" 2>&1
    cat "$scratch/said"
    grep -qF -- "$text" "$scratch/said"
}

summary() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

# Two services in the working directory, and a file of each that is clean.
write_shop() {
    mkdir -p services/orders services/billing
    cat > ringfence.yaml << 'END'
version: 1
services:
  orders: {paths: ["services/orders/**"], owns: [{schema: orders}]}
  billing: {paths: ["services/billing/**"], owns: [{schema: billing}]}
END
    echo 'CREATE TABLE orders.items (id bigint);' > services/orders/items.sql
    echo 'CREATE TABLE billing.invoices (id bigint);' > services/billing/invoices.sql
}

bad='SELECT id FROM billing.invoices;'
good='SELECT id FROM orders.items;'
export bad good

# This project as it is now, uncommitted changes and all, as a repository with one commit.
clone_project() { # FOLDER
    mkdir -p "$1"
    (
        cd "$(dirname "${BASH_SOURCE[0]}")/../../.." || exit
        git -c safe.directory='*' ls-files -coz --exclude-standard -- ':!tests/fixtures' ':!tests/corpus' |
            while IFS= read -r -d '' file; do [ ! -f "$file" ] || printf '%s\0' "$file"; done |
            tar --null -T - -cf -
    ) | tar -C "$1" -xf -
    git -C "$1" init -q && git -C "$1" add -Af && git -C "$1" commit -qm "as it is"
}
