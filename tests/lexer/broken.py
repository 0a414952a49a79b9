a = 'not closed
b = "fine"
c = f"{not_closed
d = 'fine too'
e = """never closed
f = 'also fine'
