# it's
a = "x #{y <> "n#{z}"} \u00e9\s" <> 'charlist' <> ~s(it's #{x}) <> ~S(raw #{no} \n)
b = """
  select #{x}
    from "y"
  """
c = ~S'''
  raw #{no}
  ''' <> ~w(a b)a
d = [?a, ?', ?\n, ?", :"at om", foo?: 1, "key": 2, ok: :foo?]
@doc ~s|it's| <> ~r/a'\/#{b}/i
@sql "SELECT 1"
e = valid?(x) && y != z; f = ~D[2020-01-01]; Repo.query!("select $1", [1])
x |> f() || ~s{a} && fn -> 'x' end
