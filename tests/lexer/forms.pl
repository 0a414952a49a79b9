#!/usr/bin/perl
use strict; # it's "a comment"
my $a = 'it\'s \n' . "x $y->{k}[0]{'z'} @{[ f('n') ]} ${name}s @list \$no \@no \x{e9}\t $h{a b} a\@b.c";
my ($q, $qq) = (q{nested {braces} it's}, qq(paren (nested) $x));
my @w = qw/it's a list/; my @v = qw(a b); my $cmd = `ls $dir` . qx{pwd};
$x =~ s/it's/don't/g; $x =~ s{a}{b "q"}ge; $x =~ s(a)
  (b); $x =~ tr/'"/"'/; y/a'/b"/; $x =~ m{it's/"}x; $x =~ m'a"b'; if ($x =~ /['"]/) { }
my $d = $x / $y / 2; my $e = f() / 3; my $r = $h{x} / 2; my $n = @a / 2; my $def = $x // 'default'; $x //= "d";
my %h = (y => 1, s => 2, m => 'three', q => "4", tr => 5); $h{s} = $h{y}; $h{q}{m} = 'keys';
$obj->s('method'); $obj->y; Foo::q("call"); sub m { return 'm' } -s $file; print "x" if -s "it's";
split /,/, 'a,b'; grep { /x'/ } @l; return /it's/ ? 'yes' : "no";
my $len = $#array + $#{$ref} + $#$ref; my $sep = $"; my $post = $'; my $pre = $`; my $pid = $$; $; = '';
print <<EOT, <<'RAW', "after";
hello $name it's @{[ 1 + 1 ]}
EOT
raw $no \n
RAW
print $fh <<"    END" . 'x';
  indented $x
    END
my $i = <<~SQL;
    select $col
      from "t"
    SQL
my $j = <<"";
until empty $line

my $k = 1 << 2; my $l = $x <<EOT_NOT_THERE; my $m = "é$é end";
=pod

It's pod "with" quotes

=cut
my $n = '%s'; my %o = %$p; my $o = $p % 2; my $s = s => 'str'; &y('amp'); $x{'a'}{"b"} = qr/it's "x"/i;
my $t = "$x::y::z $x: ${\ f('ref')} $$dref $$ end $1 @- %h"; @{$x}{qw(a b)} = ("s") x 3;
format STDOUT =
@<<<< it's "format"
$name
.
my $last = $cond ? "yes" : 'no'; print {$out} 'block'; %h = map { "$_" => 1 } @l; $y = $x{s} / $x{y};
# A line that is read, or nothing: no regular expression.
my $line = <$fh> // 'none';
my $typed = <STDIN> / 2; 'half / of it';
__END__
it's "data"
