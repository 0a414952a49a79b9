# Interrupted runs: end by the signal, and leave nothing behind.

# Long enough to be interrupted while it is read, and while it is printed.
lines() {
    node -e 'process.stdout.write("SELECT * FROM b.t;\n".repeat(+process.argv[1]))' $(($1 / scale))
}
lines 500000 > long.sql
lines 100000 > short.sql

# The child of process $1, once it is there; what it runs is ringfence's work.
child_of() {
    local child i
    for ((i = 0; i < 500; i++)); do
        child=$(cat "/proc/$1/task/$1/children" 2> /dev/null)
        if [ -n "$child" ]; then
            echo $child
            return
        fi
        sleep 0.01
    done
}

is_alive() {
    [ -e "/proc/$1" ] && ! grep -q '^State:.*[ZX] ' "/proc/$1/status" 2> /dev/null
}

# Sends SIGNAL to the parent or the child after SECONDS and says what became of the run.
interrupt() { # SIGNAL WHOM SECONDS COMMAND…
    local signal=$1 whom=$2 seconds=$3
    shift 3
    # A background job of a script ignores SIGINT: env gives it back.
    env --default-signal=INT,TERM,HUP "$binary" "$@" > output 2> errors &
    local parent=$! child
    child=$(child_of $parent)
    sleep "$seconds"
    if [ "$whom" = parent ]; then kill -"$signal" $parent; else kill -"$signal" "$child"; fi
    wait $parent 2> /dev/null
    status=$?
    local i
    for ((i = 0; i < 100; i++)); do
        is_alive "$child" || break
        sleep 0.02
    done
    if is_alive "$child"; then
        fail "SIG$signal: the worker is still there"
        kill -KILL "$child"
    else
        pass
    fi
}

for signal in INT:130 TERM:143 HUP:129 KILL:137; do
    interrupt ${signal%:*} parent 0.3 check --root . --quiet long.sql
    expect "SIG${signal%:*}" ${signal#*:}
done
interrupt KILL child 0.3 check --root . --quiet long.sql
expect "SIGKILL of the worker" 2 "the worker process was killed (SIGKILL)"
interrupt TERM child 0.3 check --root . --quiet long.sql
expect "SIGTERM of the worker" 143

# While a report is written to a file: the old one stays, nothing else does.
mkdir out
echo old > out/report
wait_for_output() {
    local i
    for ((i = 0; i < 3000; i++)); do
        compgen -G 'out/report.*' > /dev/null && return
        sleep 0.01
    done
}
for whom in parent child; do
    for signal in INT TERM KILL; do
        [ $whom$signal != parentKILL ] || continue # nobody can clean up behind that
        env --default-signal=INT,TERM "$binary" facts --root . --output out/report short.sql > output 2> errors &
        parent=$!
        child=$(child_of $parent)
        wait_for_output
        if [ $whom = parent ]; then kill -$signal $parent; else kill -$signal "$child"; fi
        wait $parent 2> /dev/null
        status=$?
        if [ $status -gt 1 ] && [ "$(echo out/*)" = out/report ] && [ "$(cat out/report)" = old ]; then
            pass
        else
            fail "SIG$signal of the $whom while it writes" "status $status" "$(ls out)"
        fi
    done
done

# The reader goes away.
for command in "check --root . --quiet short.sql" "facts --root . short.sql" explain; do
    # shellcheck disable=SC2086
    { "$binary" $command 2> errors; echo $? > status; } | head -n 1 > output
    status=$(cat status)
    case $command:$status in
        explain:0 | *:141) pass ;;
        *) fail "$command | head -n 1" "status $status" ;;
    esac
    [ ! -s errors ] && pass || fail "$command | head -n 1: a message"
done
# The same where SIGPIPE is ignored: an error like any other.
(trap '' PIPE; "$binary" facts --root . short.sql 2> errors; echo $? > status) | head -n 1 > output
status=$(cat status)
expect "facts | head -n 1 without SIGPIPE" 2 "cannot be written: Broken pipe"
