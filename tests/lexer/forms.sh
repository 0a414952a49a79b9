#!/bin/sh
# it's
psql -c 'select "x"' -c "select ${x:-don't} $y $(echo "n $z" 'it') `date "+%d"` \$no \"q\"" # it's
x=$'it\'s\n' ; y=$"loc" ; echo it\'s $((1 << 2)) ${#x} ${x#\'} a#b "after"
psql <<SQL | cat <<'RAW' -
select '$x' from "y" where $(f "a" 'b')
SQL
raw $no `no`
RAW
	cat <<-EOF
	tabbed $x
	EOF
z="$(case $x in a) echo "in";; esac)" ; w='multi
line' ; cat <<< "here" ; case x in *'"'*) echo 'ok' ;; esac
echo "${x%"$y"}" "${a[@]}" "end"
