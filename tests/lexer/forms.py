a = 'it''s' "adjacent" u"u\u00e9" b'\x41\u0041' r'\d\'' rb"\n" Rb'x' # it's
b = f"select {x!r:>{width}} from {{t}} {d['k']}{y=}" F'{a if b else "c"}'
c = """doc "quoted"
  it's \
joined"""
d = fr'\d{n}' rf"{n}\d" f'{f"{f'{1}'}"}'
e = f'''{
  x  # comment with '
}''' + "\N{BULLET}\q"
f = 'no escape \
joined'
g = f"{x:%Y-%m-%d} {lambda_ != 1} {a['b':'c']}"
def f(s: 'Type') -> "Other": return s.x if s else 1if 2else"3"
