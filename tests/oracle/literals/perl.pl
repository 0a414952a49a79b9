# Prints Perl's literals as PPI finds them, paths on standard input, until so many bytes as the argument says are read: the
# oracle for a language without a sound grammar. A file that PPI loses its way in is refused.
use strict;
use warnings;
use PPI::Tokenizer;

my ($limit, $bytes) = ($ARGV[0], 0);
while ($bytes < $limit and defined(my $path = <STDIN>)) {
    chomp $path;
    open my $file, '<:raw', $path or next;
    my $source = do { local $/; <$file> };
    close $file;
    my $tokenizer = PPI::Tokenizer->new(\$source) or next;
    my ($at, @heredocs, @found) = (0);
    my $whole = eval {
        while (my $token = $tokenizer->get_token) {
            my $text = $token->content;
            my $class = ref($token) =~ s/PPI::Token:://r;
            if ($class =~ /^(?:Quote|Regexp|HereDoc|Attribute)/ and $class ne 'QuoteLike::Readline') {
                push @found, sprintf("%d %d %s\n", $at, $at + length $text, $class);
            }
            $at += length $text;
            push @heredocs, $token if $class eq 'HereDoc';
            next unless @heredocs and $text =~ /\n\z/;
            # PPI keeps a heredoc's lines in its opener.
            for my $heredoc (splice @heredocs) {
                my $size = length join '', $heredoc->heredoc;
                push @found, sprintf("%d %d Body\n", $at, $at + $size);
                $at += $size + length($heredoc->{_terminator_line} // '');
            }
        }
        1;
    };
    # It may add a line end of its own; any other length means that it lost its way.
    if ($whole and abs($at - length $source) <= 1) {
        $bytes += length $source;
        print "file $path\n", @found;
    } else {
        print "refused $path\n";
    }
}
