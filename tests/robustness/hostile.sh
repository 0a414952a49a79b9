# Input that overflows stacks, or takes all memory or all day: each ends with a clear result, and the statement
# behind it is still found. The time and the memory at its peak are printed.

# Seconds that a case may take; a loaded machine is no failure, something quadratic is.
most_seconds=60

# ThreadSanitizer keeps 65,536 frames of calls and writes beyond them.
hostile_scale=$scale
! grep -aq __tsan_init "$binary" || hostile_scale=40

hostile() { # NAME STATUS MOST_MEGABYTES [TEXT…]
    local name=$1 wanted=$2 cap=$3
    shift 3
    node "$here/hostile.mjs" "$name" $hostile_scale > input.sql || fail "hostile: $name" "it could not be made"
    /usr/bin/time -q -f '%e %M' -o usage timeout $most_seconds \
        "$binary" check --root . --quiet input.sql > output 2> errors
    status=$?
    local seconds kilobytes
    read -r seconds kilobytes < usage
    printf '%-20s %10d bytes  exit %d  %6.2f s  %5d MB\n' "$name" "$(stat -c %s input.sql)" $status "$seconds" $((kilobytes / 1024))
    expect "hostile: $name" "$wanted" "$@" || return
    if [ -z "$sanitized" ] && [ $((kilobytes / 1024)) -gt "$cap" ]; then
        fail "hostile: $name" "$((kilobytes / 1024)) MB, more than $cap"
    fi
    rm input.sql
}

last='a reads b.last'
# A sanitizer's smaller sizes stay below the limits that PostgreSQL's parser has.
limit=$last
[ -n "$sanitized" ] || limit='memory exhausted'

hostile terms 1 300 "$last"
hostile more-terms 1 500 "$last"
hostile parentheses 1 100 "$limit" "$last"
hostile arrays 1 100 "$limit" "$last"
hostile cases 1 100 "$limit" "$last"
hostile subselects 1 100 "$last"
hostile scalar-subselects 1 100 "$last"
hostile calls 1 100 "$limit" "$last"
hostile nots 1 100 "$limit" "$last"
hostile casts 1 300 "$last"
hostile ands 1 500 "$last"
hostile blocks 1 300 "$last"
hostile bodies 1 300 "$last"
hostile with 1 300 "$last"
hostile comments 1 100 "$last"
hostile tiny 1 600 "$last"
hostile semicolons 1 100 "$last"
hostile backslashes 1 100 "$last"
hostile open-copies 1 300 'a inserts into b.t' 'syntax error'
hostile insert 1 3500 'a inserts into b.t' "$last"
hostile joins 1 300 'a joins b.t' "$last"
hostile union 1 500 "$last"
hostile columns 1 500 "$last"
hostile identifier 1 100 "$last"
hostile dotted-name 1 300 "$last"
hostile quotes-in-quotes 1 300 "$last"
hostile nul-early 0 100 'it holds NUL bytes'
hostile nul-late 1 100 'a NUL byte, which PostgreSQL does not take' "$last"
hostile latin1 1 100 'a reads b."caf\xe9"' "$last"
hostile utf16 1 100
hostile utf16-unmarked 0 100 'text that is not UTF-8'
hostile placeholders 1 500 'a inserts into b.t' "$last"
hostile bad-placeholders 1 100 'syntax error' "$last"
hostile holes 1 200 'put in at run time' "$last"
hostile hole-quotes 1 200 'put in at run time' "$last"
hostile hole-strings 1 200 "$last"
hostile holes-unclosed 1 100 'syntax error' "$last"
hostile operators 1 400 "$last"
hostile template-ifs 1 100 "$last"
hostile psql-ifs 1 100 "$last"
hostile psql-values 1 500 "$last"
hostile psql-set 1 300 "$last"
hostile psql-circle 1 100 'put in at run time' "$last"
hostile include-circle 1 100 'input.sql includes itself' "$last"
hostile markers 1 300 "$last"
hostile quote-open 0 100 'unterminated quoted string'
hostile escape-open 0 100 'unterminated quoted string'
hostile name-open 0 100 'unterminated quoted identifier'
hostile dollar-open 0 100 'unterminated dollar-quoted string'
hostile parenthesis-open 0 100 'syntax error' '1 of 2 statements checked'
hostile atomic-open 0 100 'unparsed-sql'
hostile binary 0 100 'a binary file'
hostile comment 1 1200 "$last"
