# Files that are none, or not what they are called.
echo 'SELECT * FROM b.t;' > good.sql
: > empty.sql
printf '\xef\xbb\xbf' > mark.sql
printf -- '-- nothing but a comment' > comment.sql
head -c 100000 /dev/zero > zeros.sql
mkdir folder.sql
echo 'SELECT * FROM b.inside;' > folder.sql/inside.sql
check empty.sql mark.sql comment.sql
expect "files that hold no statement" 0 "no findings" "0 of 0 statements checked, 0 unparsed, 0 dynamic, in 3 files"
check zeros.sql
expect "a file of NUL bytes" 0 "zeros.sql:1:1: warning: not checked: a binary file"
check
expect "a folder called x.sql" 1 "good.sql:1:15" "folder.sql/inside.sql:1:15"
rm -r folder.sql zeros.sql

mkfifo fifo.sql
ln -s nowhere dangling.sql
ln -s loop2.sql loop1.sql
ln -s loop1.sql loop2.sql
ln -s . around
ln -s good.sql link.sql
ln -s /etc/hostname outside.sql
check
expect "a walk past FIFOs and links" 1 "good.sql:1:15" "link.sql:1:15" "fifo.sql: error: not checked: a FIFO" \
    "dangling.sql: error: not checked: a symbolic link that leads nowhere" \
    "loop1.sql: error: not checked: a symbolic link that leads to itself" "outside.sql: error: not checked: "
for file in fifo.sql dangling.sql loop1.sql outside.sql; do
    check $file
    expect "$file by name" 2 "$file: error: not checked: "
done
check missing.sql
expect "a file that does not exist" 2 "missing.sql"
check /etc/hostname
expect "a file outside the root" 2 "/etc/hostname"
check /dev/null
expect "a device" 2 "/dev/null"
rm fifo.sql dangling.sql loop?.sql around link.sql outside.sql

# Root may read everything, so it asks as nobody.
as_nobody=()
if [ "$(id -u)" = 0 ]; then
    as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    chmod 711 "$scratch"
fi
cp "$binary" ./ringfence
chmod 755 . ringfence
nobody() {
    "${as_nobody[@]}" ./ringfence check --root . --quiet "$@" > output 2> errors
    status=$?
}
echo 'SELECT 1;' > closed.sql
mkdir closed
echo 'SELECT 1;' > closed/x.sql
chmod 0 closed.sql closed
nobody
expect "a walk past what may not be read" 2 "closed.sql: error: not checked: not readable: Permission denied" \
    "closed: error: not checked: not readable: Permission denied" "good.sql:1:15"
nobody closed.sql
expect "a file that may not be read" 2 "closed.sql: error: not checked: not readable: Permission denied"
chmod 755 closed
chmod 644 closed.sql ringfence.yaml
nobody good.sql
expect "readable again" 1 "good.sql:1:15"
chmod 0 ringfence.yaml
nobody good.sql
expect "a manifest that may not be read" 2 "Permission denied"
chmod 644 ringfence.yaml
rm -r closed closed.sql ringfence

# Names: text shows them escaped, JSON stays JSON, and both in a fixed order.
mkdir names
for name in $'new\nline' $'tab\ttab' $'red\e[31m' "quote'\"" 'back\slash' $'bad\xff' 'a b' '-dash' $'\xe2\x80\xae' 'ünï' '*' '$(x)' '%s%n'; do
    echo 'SELECT * FROM b.t;' > "names/$name.sql"
done
check names
expect "odd names" 1 "13 findings" 'names/new\x0aline.sql:1:15' 'names/red\x1b[31m.sql:1:15' 'names/bad\xff.sql:1:15' \
    "names/quote'\".sql:1:15" 'names/\xe2\x80\xae.sql:1:15' 'names/%s%n.sql:1:15' 'names/ünï.sql:1:15'
if LC_ALL=C grep -aq $'[\001-\010\013-\037\177\377]' output; then
    fail "odd names" "a control character in the output"
else
    pass
fi
for command in "check --format json" facts; do
    # shellcheck disable=SC2086
    ringfence $command --root . names
    if node -e '
        const text = require("fs").readFileSync("output");
        new TextDecoder("utf-8", { fatal: true }).decode(text);
        const lines = process.argv[1] ? [text.toString()] : text.toString().trim().split("\n");
        const names = lines.flatMap(line => { const all = JSON.parse(line); return (all.findings || [all]).map(each => each.path); });
        for (const wanted of ["new\nline", "red\x1b[31m", "quote\x27\"", "back\\slash", "bad\ufffd", "-dash", "\u202e"])
            if (!names.includes(`names/${wanted}.sql`)) throw new Error(JSON.stringify([wanted, names]));
        ' "${command#facts}" 2> errors; then
        pass
    else
        fail "odd names: $command"
    fi
done
check -- names/-dash.sql
expect "a name that looks like an option" 1 "names/-dash.sql:1:15"
rm -r names

# Deep folders, many files.
deep=deep
for ((i = 0; i < 450; i++)); do deep=$deep/folder; done
mkdir -p "$deep"
echo 'SELECT * FROM b.t;' > "$deep/x.sql"
check deep
expect "a deep folder" 1 "1 finding"
rm -r deep
mkdir many
(cd many && seq -f %.0f.sql 1 $((20000 / scale)) | xargs touch)
check many
expect "many files" 0 "in $((20000 / scale)) files"
rm -r many
