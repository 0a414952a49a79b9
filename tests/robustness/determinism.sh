# The same bytes whatever the machine is like.
make_tree() { # FOLDER ORDER…
    local folder=$1 name
    shift
    mkdir -p "$folder"
    cp ringfence.yaml "$folder/"
    for name; do
        mkdir -p "$folder/services/$((name % 7))"
        printf 'SELECT * FROM b.t%d JOIN a.t%d USING (id);\nCREATE TABLE a.i%d (id int REFERENCES b.t);\nSELECT $ FROM x;\n' \
            "$name" "$name" "$name" > "$folder/services/$((name % 7))/File_$name.sql"
    done
}
numbers=($(seq 1 120))
make_tree one "${numbers[@]}"
make_tree two $(printf '%s\n' "${numbers[@]}" | sort -R)
make_tree three $(printf '%s\n' "${numbers[@]}" | sort -rn)

# The output of every command and format, in a folder.
everything() { # FOLDER FILE ARGUMENT…
    local folder=$1 file=$2
    shift 2
    (
        cd "$folder" || exit
        for command in check "check --quiet" "check --format json" facts; do
            # shellcheck disable=SC2086
            "$binary" $command --root . "$@"
            echo "exit: $?"
        done
    ) > "$file" 2>&1
}
everything one expected --jobs 1
grep -q '^exit: 1$' expected && grep -q 'b.t120' expected && pass || fail "determinism: no findings"
for jobs in 2 3 8 64; do
    everything one actual --jobs $jobs
    same "--jobs $jobs" expected actual
done
for folder in two three; do
    everything $folder actual --jobs 2
    same "files made in another order ($folder)" expected actual
done
for setting in LC_ALL=C LC_ALL=C.UTF-8 LC_ALL=tr_TR.UTF-8 LC_ALL=de_DE LANG=xx TZ=Pacific/Kiritimati TZ=America/Adak \
    COLUMNS=20 TERM=dumb MALLOC_PERTURB_=165 HOME=/nonexistent; do
    (export "${setting?}" && everything one actual --jobs 2) 2> /dev/null # bash warns of locales that are not there
    same "$setting" expected actual
done
for i in 1 2 3; do
    everything one actual --jobs 4
    same "once more ($i)" expected actual
done
# From another folder.
cd one || exit 2
"$binary" check --root . > ../here 2>&1
cd services/3 || exit 2
"$binary" check > ../../../there 2>&1
cd ../../.. || exit 2
same "from a folder below" here there
