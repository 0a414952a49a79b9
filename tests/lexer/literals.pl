#!/usr/bin/perl -w
# perlop, "Quote and Quote-like Operators", from top to bottom. It's a comment "
use strict; use warnings 'all'; use lib "lib"; use POSIX qw(floor ceil); no strict "refs"; use feature 'signatures'; sub MODIFY_CODE_ATTRIBUTES { () }
package Foo::Bar 1.02 { our $VERSION = '1.02'; sub new { bless {}, shift } }

# Numbers, versions, operators that look like quotes.
my $n = 1_000 + 0xFF + 0b11 + 0o17 + 1e-5 + .5 - 1..10; my $v = v1.2.3 . "v"; my $mod = 7 % 3; $n %= 2; $n /= 2; $n //= 1;
my $bits = $n << 2 | $n >> 1 & ~$n ^ 3; my $cmp = $a <=> $b || $a cmp $b; my $rep = '-' x 80 . "=" x3;

# q// and '': only \\ and the delimiters are escapes.
my @q = ('it\'s', 'a\\b', 'a\n$x@y', '', q(a(b)c), q{a{b}c}, q[a[b]c], q<a<b>c>, q/a\/b/, q!it's!, q#it's#, q|a|, q 'x', q "y");
my @qs = (q (spaced), q
  {on the next line}, q # a comment, since a blank stands before it
  (commented), q'quoted', q"double", q,commas,, q;semi;, q=equals=, q*stars*, q~tilde~, q-minus-, q.dots., q%percent%, q@at@, q$dollar$);
my @qx = (q(unbalanced \( here), q{esc \} brace}, q<esc \> angle>, q(multi
line it's "fine"
));

# qq// and "": escapes, scalars, arrays, elements, slices, methods that are none, expressions.
my $e1 = "|\t\n\r\f\a\e\0\033\x1b\x{263a}\x{e9}\cA\N{U+263A}\\\"\$\@|"; my $e2 = "\LLOW\E\Uup\E\lx\ux\Qa.b\E";
my $h1 = "$x ${x} ${ x } $x->[0] $x->{k} $x->[0][1]{k} $x->[0]->{k} $$x $$x[0] ${$x}[0] ${$x}{k} @$x @{$x} $#x $#{$x} $#$x";
my $h2 = "$x[0] $x[-1] $x[$i] $x[$i+1] $x{k} $x{'k'} $x{$k}{l} @x @x[0,1] @x{qw(a b)} $Foo::x @Foo::y $::z ${Foo::x}s";
my $h3 = qq{@{[ map { "<$_>" } @x ]} ${\ join(', ', @x)} @{[ $x ? 'y' : "n" ]} $x->method $x-5} . "a $#x b $#{x} ${$x{k}}[0]{k}";
my $h4 = "$1 $2$3 $& $! $0 $_ $x-1 $x->{a}-$y $x: a\@b.c user@ 50% %h &f $x. $x, $x; <$x> ($x) '$x' \$x \\$x \\\$x";
my $h5 = qq{a {$x} "b" it's} . qq(a ($x) b) . qq<$x> . qq[$x] . qq|$x "y"| . qq!$x\!! . qq'$x' . qq "$x" . qq#$x#;
my $h6 = "$x[0]$y{k}" . "${x}_$y" . "$h{a}{b}[0]" . "$h->{a}{'b c'}{d}" . "@h{'a', 'b'}" . "$x{ 'k' }";
my $h7 = "multi
line $x it's
";

# Commands, words.
my @c = (`ls -l $dir 'a' "b"`, qx(ps aux), qx{echo "$x"}, qx'echo $x', ``, qx/a\/b/);
my @w = (qw(a b c), qw{a {b} c}, qw/it's "x"/, qw
  (on
   lines), qw[], qw<a b>, qw'x y', qw|$x @y|); for my $w (qw(x y)) { print "w" } use constant qw(A B);

# Matches.
$x =~ /it's "x" $y @z/; $x =~ m/a\/b/i; $x !~ m{a{2}'}x; $x =~ m(a(b)'c)gc; $x =~ m[a[bc]']; $x =~ m<a<b>'>; $x =~ m!it's!;
$x =~ m#it's#; $x =~ m,it's,; $x =~ m'it"s $no'; $x =~ m "it's"; my $qr = qr/it's/msixpon; my $qr2 = qr{
  it's # a "comment"
  (?<name> \w+ ) }x; $x =~ m?it's?; $x =~ qr'a"b'; /x'/ and /y"/ or not /z'/; ok(/it's/); if (/a'/ && /b'/ || !/c'/) { }
my ($p) = /(it's)/; my @m = map { /it's (\w)/ ? "y" : () } grep /a'/, @l; my @s = split /[,']/, $x; my @t = split(/'/, "x");
push @x, /it's/; return /a'/ if /b'/; return 1 unless /c'/; while (/it's/g) { } { /it's/ } ; /it's/; @x = (/a'/, /b'/); $h{/it's/} = 1;
$x = $y =~ /a'/ ? /b'/ : /c'/; $x = /it's/; $x .= /it's/; $x ~~ /it's/; $y eq /it's/; $x = [ /a'/ ]; do { 1 } until /it's/;

# Divisions.
my $d1 = $x / $y / 2; my $d2 = f($x) / 2 . '/'; my $d3 = $x[0] / $x{k} / "2"; my $d4 = 10 / 2 / 'x'; my $d5 = @x / 2; my $d6 = $#x / 2;
my $d7 = ($a + $b) / 2 . "d"; my $d8 = $x->{n} / $x->[0] / $x->m() / 2; my $d9 = time / 2 . 'not / it'; my $d0 = $$ / 2; my $da = $x++ / 2;
my $db = length($x) / 2 . "e"; my $dc = scalar(@x) / 2 / scalar('y'); my $dd = ${x} / 2; my $de = @{$x} / 2 . '/'; my $df = $x // '/' // "/";

# Substitutions, transliterations.
$x =~ s/it's/don't/; $x =~ s/a\/b/c\/d/g; $x =~ s{it's}{"x"}; $x =~ s{a}  {'b'}gex; $x =~ s(a'){"b"}; $x =~ s[a'] /b'/; $x =~ s<a'> <b'>;
$x =~ s{a'} # a comment
  {b'}x; $x =~ s|it's|"|; $x =~ s#it's#"#; $x =~ s!it's!"!r; $x =~ s,it's,",; (my $y = $x) =~ s/'//g; s/it's/x/ for @x; s'a"b'c"d';
$x =~ s/(\w+)/ucfirst("$1 it's")/ge; $x =~ s{(\d)}{ $h{"k$1"} // '' }ge; $x =~ tr/'"/"'/; $x =~ tr{'}{"}; $x =~ tr[a'][b"]cdsr; $x =~ y/'/"/;
my $count = ($x =~ tr/'//); $x =~ y{'} {"}; tr/a-z'//cd; y/"//d;

# Keys, methods, names that are no operators.
my %h = (q => 1, qq => 'a', qw => 2, m => "b", s => 3, y => 'c', tr => 4, qr => "d", qx => 5, x => 'e'); my @k = @h{qw(s y)};
$h{q} = $h{qq} . $h{m} . $h{s} . $h{y} . $h{tr} . $h{qx} . 'f'; $o->q('g'); $o->m("h"); $o->s->y('i'); Foo::s('j'); &s('k'); -s $file && "l";
sub y { 'm' } sub q; my ($s, $y, @q2, %m) = ($s{'n'}, $y["0"], @s, %y); $s = $y / $m; print $s, "o"; *s = \&y; $h{'q'}{s}{"p"} = 'q'; $h{ s } = 'r';
__PACKAGE__->m('s'); $x = s => 't'; my $str = y=>'u'; print STDERR 'v', "w"; print {$fh} 'x'; $o->{q}->('y'); $o->$m('z'); sort { $a <=> $b } 'aa', "bb";

# Here documents: bare, quoted, raw, command, indented, several a line, in calls and hashes, empty word, inside of strings.
print <<A, <<"B", <<'C', <<`D`, 'after';
a $x it's @{[ "in a" ]}
A
b ${x} "b"
B
c $no it's
C
echo d
D
f(<<~E, "arg", { k => <<~'F' });
    e $x
      indented 'it'
    E
    f $no
    F
my $hd1 = <<"TWO WORDS" . "tail";
it's in two words
TWO WORDS
my $hd2 = <<"" . 'x';
until empty $x

my $hd3 = lc(<<G) . <<H =~ s/x'/y'/r;
G?
G
H?
H
my $shift = 1 <<2; my $shift2 = $x << 1; my $shift3 = $x <<$y; print "not a <<HEREDOC"; push @x, <<I;
i
I
if ($x) { print <<J } else { print "else" }
J it's
J

# Angles, variables of punctuation, typeglobs, prototypes, signatures, attributes, numbers of lines.
while (<STDIN>) { my $l = <$fh>; my @g = <*.c>; my @g2 = <"a b">; chomp(my $in = <>); last if $l < 1 and $in > 2; print 'angles' }
my @punct = ($", $', $`, $/, $\, $,, $;, $!, $@, $$, $<, $>, $(, $), $[, $], $^W, ${^WARNING_BITS}, $0, $&, $+, $%, $=, $-, $~, $^, $:, $?, $|, @-, @+, %+, %!, "punct");
local $/ = undef; local $, = ','; local $" = '-'; local $; = "sep"; $#{$x} = 1; $#x = 'last'; my $ref = \'ref'; my $code = \&{"name"}; *{"glob"} = sub { "glob" }; sub pr :prototype($$;@) { "proto" };
sub sig ($x, $y = "default", %h) { "sig" } sub lv :lvalue :Attr('attr') { $x } my $str2 = "a" . 'b' x 2 . ("c") x 3; my $t = $x ? 'yes' : $y ? "no" : q(maybe);
my $chain = { list => [ 'a', { b => "c" } ], 'd' => sub { return "e" unless $_[0]; 'f' } }; my @sl = @$x{'a', "b"}; my ($f) = @{ $x->{'g'} || [] }; print "h" if exists $x->{i}{"j"};
# line 1 "it's"
$dbh->do("UPDATE a.b SET c = ? WHERE d = 'e'", undef, "x"); $dbh->prepare(q{SELECT "x" FROM a.b WHERE c = 'd' AND e = ?})->execute('y');
$dbh->selectall_arrayref("SELECT * FROM $schema.$table WHERE id IN (" . join(',', ('?') x @ids) . ")", { Slice => {} }, @ids);

format TOP =
It's "a" title @<<< @>>> 'x'
$x, "y"
.
print 'behind the format';

=head1 It's pod

"quoted" 'text'

=cut

print "behind pod $x"; print 'é', "日本 $x 🎉", "$日本"; sub { 'anon' }->(); print "end";

=begin comment

it's
