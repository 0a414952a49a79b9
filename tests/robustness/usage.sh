# Whoever asks for something that cannot be done gets exit status 2 and a sentence.
echo 'SELECT * FROM b.t;' > x.sql
wrong() { # NAME TEXT ARGUMENT…
    local name=$1 text=$2
    shift 2
    ringfence "$@"
    expect "$name" 2 "$text" || return
    if [ -s output ]; then
        fail "$name" "something on standard output"
    fi
}
wrong "an unknown option" "unknown option --wat" check --wat
wrong "an unknown short option" "unknown option -x" check -x
wrong "a missing value" "a value is missing behind --format" check --format
wrong "an empty value" "not understood" check --output=
wrong "a value too many" "no value belongs behind --quiet" check --quiet=1
wrong "an unknown format" "not understood: xml" check --format xml
wrong "a bad level" "not understood: cross-service-join=fatal" check --rule cross-service-join=fatal
wrong "an unknown rule" "not understood: no-such=error" check --rule no-such=error
wrong "a rule without a level" "not understood" check --rule cross-service-join
wrong "a bad --fail-on" "not understood: off" check --fail-on off
wrong "no jobs" "not understood: 0" check --jobs 0
wrong "too many jobs" "not understood: 100000" check --jobs 100000
wrong "jobs that are no number" "not understood: two" check --jobs two
wrong "more than all" "not understood: 101" check --min-coverage 101
wrong "an unknown service" "no service called nobody" check --service nobody
wrong "an unknown rule to explain" "no-such" explain no-such
wrong "an unknown command" "chekc" chekc
wrong "a missing folder" "nowhere" check --root nowhere
wrong "a missing manifest" "nowhere.yaml" check --manifest nowhere.yaml
wrong "a folder as manifest" "directory" check --manifest /
wrong "an output folder that is missing" "nowhere/out" check --root . --output nowhere/out x.sql
wrong "an output that is a folder" ".: error: cannot be written: Is a directory" check --root . --output . x.sql
wrong "facts into a missing folder" "nowhere/out" facts --root . --output nowhere/out x.sql
mkdir elsewhere
(cd elsewhere && git init -q . && "$binary" check) > output 2> errors
status=$?
expect "no manifest anywhere" 2 "ringfence.yaml"

cat > broken.yaml <<'MANIFEST'
version: 2
servces: {}
services:
  a:
    path: ["a/**"]
    owns: [{schema: a}, {schma: b}]
    stage: soon
  b:
    paths: ["b/**"]
    owns: [{schema: a}]
rules: {no-such: error, cross-service-join: fatal}
MANIFEST
wrong "a broken manifest" "broken.yaml:1:10: error: " check --manifest broken.yaml
if [ "$(grep -c '^broken.yaml:[0-9]*:[0-9]*: error: ' errors)" -ge 8 ] && grep -q 'did you mean' errors; then
    pass
else
    fail "a broken manifest: all of its mistakes at once" "$(cat errors)"
fi
printf 'version: [1\n' > broken.yaml
wrong "a manifest that is no YAML" "broken.yaml:" check --manifest broken.yaml
printf '{"version": 1,' > broken.json
wrong "a manifest that is no JSON" "broken.json:" check --manifest broken.json
: > broken.yaml
wrong "an empty manifest" "broken.yaml:" check --manifest broken.yaml
head -c 10000 /dev/zero > broken.yaml
wrong "a manifest of NUL bytes" "broken.yaml:" check --manifest broken.yaml

# --output
umask 022
check --output out x.sql
expect "--output" 1
[ -s out ] && [ ! -s output ] && pass || fail "--output: the report is in the file, and nowhere else"
check --output=out --format json x.sql
node -e 'JSON.parse(require("fs").readFileSync("out"))' && pass || fail "--output: replaced"
if [ "$(ls -l out | cut -c 1-10)" = -rw-r--r-- ]; then pass; else fail "--output: the mode of the file" "$(ls -l out)"; fi
ln -sf linked link
for target in /dev/stdout /dev/fd/1 link fifo; do
    rm -f linked fifo
    mkfifo fifo
    cat fifo > piped &
    check --format json --output $target x.sql
    expect "--output $target" 1
    [ $target = fifo ] || : > fifo
    wait
    cat linked piped output > all 2> /dev/null
    node -e 'JSON.parse(require("fs").readFileSync("all"))' 2> errors && pass || fail "--output $target: the report"
done
[ -h link ] && [ -p fifo ] && pass || fail "--output: links and pipes stay what they are"
check --output /dev/full x.sql
expect "--output /dev/full" 2 "/dev/full: error: cannot be written: No space left on device"
[ -c /dev/full ] && pass || fail "--output: devices stay what they are"
rm -f fifo
mkdir readonly
chmod 555 readonly . 2> errors
if [ "$(id -u)" = 0 ]; then
    cp "$binary" "$scratch/ringfence"
    chmod 711 "$scratch"
    chmod 755 "$scratch/ringfence"
    output=$(setpriv --reuid=65534 --regid=65534 --clear-groups "$scratch/ringfence" check --root . --output readonly/out x.sql 2>&1)
    status=$?
    rm "$scratch/ringfence"
else
    output=$("$binary" check --root . --output readonly/out x.sql 2>&1)
    status=$?
fi
chmod 755 .
echo "$output" > output
expect "an output folder that may not be written" 2 "readonly/out: error: cannot be written: Permission denied"
for command in "check --root . x.sql" "facts --root . x.sql" "explain cross-service-join" "explain" "--help" "check --help" "--version"; do
    # shellcheck disable=SC2086
    "$binary" $command > /dev/full 2> errors
    status=$?
    : > output
    expect "$command > /dev/full" 2 "cannot be written: No space left on device"
    # shellcheck disable=SC2086
    "$binary" $command >&- 2> errors
    status=$?
    expect "$command >&-" 2 "cannot be written: Bad file descriptor"
done
# What is opened next must not become standard output or standard error.
cp x.sql y.sql
"$binary" check --root . --output out x.sql >&- 2>&- <&-
status=$?
expect "everything closed" 1
same "everything closed: the input is as it was" x.sql y.sql
ln -s nowhere dangling.sql
"$binary" check --root . --format json --output out x.sql dangling.sql 2>&-
status=$?
: > output
expect "what standard error would say does not end up in the report" 2
node -e 'JSON.parse(require("fs").readFileSync("out"))' && pass || fail "closed standard error: the report"
rm dangling.sql
"$binary" check --root . --quiet x.sql 2>&- > output
status=$?
: > errors
expect "no standard error" 1 "1 finding"
