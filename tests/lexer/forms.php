<p>it's html "x" <?= 'short' ?> don't <?php
// it's ?> html ' <?php
# also "
#[Attr('x')]
$a = 'it\'s \n \\' . "x $y $z[0] $o->p {$d['k']->m("n")} ${v} \$no \u{e9} {no}";
$b = <<<SQL
    select $x from {$y}
      where "é"
    SQL . <<<'RAW'
raw $no \n
RAW;
$c = <<<"Q"
a\tb\"
Q;
$d = `ls $x`; $e = $f ?: 'g'; $h = "multi
line"; /* ' */ $i = fn() => 'j'; $k = $l ?->m; ?>
it's html again
