# Programs of one size and of four times that: what takes much more than four times the time or the memory grows faster
# than its input. Something quadratic takes sixteen times. Both are printed.

growth_bytes=$((400000 / scale))
most_ratio=8

grown() { # NAME BYTES: seconds of CPU time and megabytes at the peak
    local ending=js
    case $1 in
        *formats | *specifiers) ending=py ;;
        shell-*) ending=sh ;;
        c-*) ending=c ;;
    esac
    node "$here/growth.mjs" "$1" "$2" "program.$ending" || return
    rm -f usage
    /usr/bin/time -q -f '%U %M' -o usage timeout 120 "$binary" check --jobs 1 --root . --quiet "program.$ending" \
        > output 2> errors
    local status=$?
    [ $status -lt 2 ] || echo "99999 0" > usage # it was killed, or crashed
    rm "program.$ending"
    awk 'END { printf "%.2f %d\n", $1, $2 / 1024 }' usage
}

growth() { # NAME
    local name=$1 seconds megabytes more_seconds more_megabytes least=0.05
    read -r seconds megabytes < <(grown "$name" "$growth_bytes")
    read -r more_seconds more_megabytes < <(grown "$name" $((4 * growth_bytes)))
    if [ -z "$megabytes" ] || [ -z "$more_megabytes" ]; then
        fail "growth: $name" "it could not be made, or not be measured"
        return
    fi
    printf '%-20s %6.2f s %6.2f s  %5d MB %5d MB\n' "$name" "$seconds" "$more_seconds" "$megabytes" "$more_megabytes"
    if awk -v a="$seconds" -v b="$more_seconds" -v m="$least" -v r=$most_ratio 'BEGIN { exit !(b > r * (a > m ? a : m)) }'; then
        fail "growth: $name" "$more_seconds s for four times what took $seconds s"
    elif [ -z "$sanitized" ] && [ "$more_megabytes" -gt $((most_ratio * megabytes)) ]; then
        fail "growth: $name" "$more_megabytes MB for four times what took $megabytes MB"
    else
        pass
    fi
}

while read -r name; do
    growth "$name"
done < <(node "$here/growth.mjs")
