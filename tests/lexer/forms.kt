// It's a comment /* "not" nested
/* outer /* "inner" it's */ still a comment ' */
package a.b

const val TABLE = "orders.items"
val a = "it's \"quoted\" \$notAHole \u00e9\n\t" + 'c' + '\'' + '"' + '\u0041'
val b = "select $col from ${schema.name}.t where x = ${if (y) "nested ${deep("d")}" else 'c'} $"
val c = """
    select "x", '$y', ${'$'}z
      from ${t.name} -- it's \n raw
    """.trimIndent()
val d = """"quoted at both ends""""
val e = """a ""two"" quotes"""
val f = ""
val g = """"""
val h = `name with 'quotes'`("x")
val i = $$"""cost $5 $name $${hole} ${no}"""
val j = $$"$a $$b"
val k = "multi ${list.map { "x${it}" }.joinToString(", ") { it -> "'$it'" }} end"
val l = "$this ${this@Foo.x} é$é_x end"
fun <T : Any> T.f(x: Map<String, List<T>>) = when (x) { is Foo -> "foo"; else -> "bar" }
@Query("SELECT * FROM a.b WHERE id = :id") suspend fun q(id: Long): Row? = TODO("later")
val m = transaction { exec("UPDATE x.y SET z = 1") { rs -> rs.getString("z") } }
val n = 'x'.code..'z'.code
label@ for (i in 1..10) break@label
val o = "%s of %d".format("a", 1) ?: error("it's")
val p = """
    |SELECT 1
    |FROM "a"."b"
""".trimMargin()
val q = "tab\tnewline\n${"\""}"
