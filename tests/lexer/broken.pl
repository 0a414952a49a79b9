my $a = 'fine';
my $b = "hole $x->{not closed";
my $c = qq{never closed;
my $d = 'read';
my $e = 'not closed
