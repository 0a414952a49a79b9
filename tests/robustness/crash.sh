# A statement that kills the parser costs that statement and nothing else.
mkdir f
for file in 1 2 3 4 5 6; do
    for line in 1 2 3 4; do
        echo "SELECT * FROM b.t$file$line;"
    done > "f/$file.sql"
done
check
cp output whole
expect "no fault" 1 "24 findings"

# The findings on the given places; the rest must be as without a fault.
crash_case() { # NAME PLACE…
    local name=$1 place jobs
    shift
    cp whole expected
    for place; do
        sed -i "s|^$place:15: .*|$place:1: warning: not checked: the parser crashed on it (SIGABRT) [unparsed-sql]|" expected
    done
    for jobs in 1 2 4; do
        RINGFENCE_FAULT=$(IFS=,; echo "$*") check --jobs $jobs
        sed '/^[0-9]* finding/,$d' expected > wanted
        sed '/^[0-9]* finding/,$d' output > found
        expect "$name, --jobs $jobs" 1 "coverage: $((24 - $#)) of 24 statements checked, $# unparsed"
        same "$name, --jobs $jobs: findings" wanted found
        if [ $jobs = 1 ]; then cp output one; else same "$name, --jobs $jobs against 1" one output; fi
    done
}
# AddressSanitizer and ThreadSanitizer end the process themselves on other signals, but leave SIGABRT alone.
crash_case "one crash" f/2.sql:3
crash_case "two crashes in a file" f/3.sql:1 f/3.sql:4
crash_case "three crashes in two files" f/1.sql:2 f/5.sql:1 f/5.sql:2

RINGFENCE_FAULT=f/2.sql:3 check --rule unparsed-sql=error f/2.sql
expect "a crash can be made an error" 1 "error: not checked: the parser crashed on it"
RINGFENCE_FAULT=f/2.sql:3 ringfence facts --root .
expect "facts go on behind a crash" 0 "statements unparsed: 1" '"name":"b.t64"'
