a = 'it\'s \n' + "x #{y + "n#{z}"} \u00e9 \u{41 42}\t#@iv #$gv \#{no}" # it's
=begin
it's a comment "x"
=end
b = %q(a (nested) b) + %Q{#{x} {y}} + %(z) + %w[it's b].first + %i(a b).last.to_s
c = foo(<<~SQL, <<-'RAW', `ls #{d}`)
    select #{x}
      from "é"
  SQL
    raw #{no} \n
    RAW
d = x / y / z; puts /re'#{x}/i, %r{a/b'}mx; e = [?a, ?', :"s#{y}", :'t', :/, {"k": 1, l: 'm'}]
f = x ? 'y' : "z"; g = x % y; h = foo? ? 1 : 'a'
i = <<A + <<"B c"
one
A
two #{<<C.strip}
nested
C
B c
j << 'pushed'; k = obj.method(:<<); def /(o) = 'op'; l = $' + $"
m = "last" "adjacent"
__END__
it's "data"
