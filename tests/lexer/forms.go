package main // it's a comment, "not a string"

var (
	plain   = "select \"a\"\tfrom é.b\x41\u00e9\U0001F600\101"
	raw     = `select "x" \n
  from y -- it's`
	runes   = []rune{'\'', '"', '`', '\u00e9', 'é'}
	empty   = "" + `` /* "no" */
	after   = "after é" // x
	call    = db.Query(ctx, `INSERT INTO a.b VALUES ($1)`, "x", 1_000)
)
