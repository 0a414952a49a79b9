#!/usr/bin/env kotlin
@file:JvmName("Literals")
@file:Suppress("it's", """raw "name"""")

/* Numbers and their suffixes: none is a literal of ours. */
val n1 = 1_000_000L + 0xFF_ECu + 0b1101 - 1.5e-10f / .5 * 0x1F
val range = 'a'..'z' step 2; val until = 0..<10

// Characters: every escape, quotes, one beyond the BMP is two.
val chars = charArrayOf('\t', '\b', '\n', '\r', '\'', '\"', '\\', '\$', '\u00E9', 'é', '"', ' ', '/', '$')
val folded = 'a' + 1 to 'b'.code; val slash = '/'; val comment = "/* no */ // no"

// Strings: every escape, dollars that begin nothing, a backslash before the quote.
val s1 = "\t\b\n\r\'\"\\\$\u00E9|"
val s2 = "$ $$ $1 $( \$name $-x 5$"
val s3 = "\\"; val s4 = "\\\""; val s5 = ""; val s6 = "'"; val s7 = "it's 'fine'"
val s8 = "select * from a.b where c = 'd' -- \"e\""

// Templates: names, keywords, backticks, members are not taken, expressions.
val t1 = "$name $_under $name2 $näme! $name.length $name[0] $name() $name's"
val t2 = "${name.length} ${list[0]} ${f(1, "x")} ${ g { it } } ${}"
val t3 = "$`quoted name`, ${`it's`}, $this, ${this@Outer.x}"
val t4 = "a${"b${"c${"d${'e'}"}"}"}f"
val t5 = "${if (x == '}') "}" else "{"} ${/* } " */ 1} ${map { "{" }} ${"""}"""}"
val t6 = "${when (x) { 1 -> "one"; is String -> "s: $x"; else -> { "other" } }}"
val t7 = "${
    // it's } a comment "
    lines.joinToString(
        separator = ", ",
    ) { "'$it'" }
}"
val t8 = "${object : Any() { override fun toString() = "o" }}${{ x: Int -> "$x" }(1)}"
val t9 = "$a$b${c}$d" + "${a}_$b" + "x${a}"

// Raw strings: no escapes, quotes in any number, dollars.
val r1 = """\n \" \\ \$ \u00E9"""
val r2 = """"""
val r3 = """"x""""
val r4 = """""x"""""
val r5 = """a"b""c"""
val r6 = """${"$"} ${'$'} $ $x ${x} ${"\n"} ${"""inner $y"""}"""
val r7 = """
    |select "x", 'y'
    |  from a.b -- ${t.name}
    | where c = $c and d = '${d["k"]}'
    """.trimMargin()
val r8 = """
  # it's /* text */ // text
  \
""".trimIndent() + """end"""
val r9 = """${
    """
    deep $it
    """
}"""

// So many dollars begin a hole, in both kinds of strings.
val m1 = $$"$a $$b $$$c ${d} $${e} \n"
val m2 = $$$"""$a $$b $$$c ${d} $${e} $$${f("g")}"""
val m3 = $"$a ${b}"
val m4 = $$"""
    { "$schema": "x", "id": "$${id}" }
    """

// Comments nest; their quotes are nothing.
/* a /* "b */ 'c' /* d */ */ val c1 = "after"
/** KDoc: [it's] `"` */ val c2 = "kdoc" // "c
val c3 = "x" /* "y" */ + /* ' */ "z"
/**/ val c4 = "empty" /***/ + "stars" /* // */ + "line in block"

// Names in backticks, labels, annotations, generics, nullability.
fun `it's "a" name`(`in`: String = "default") = `it's "a" name`("call")
loop@ for (x in xs) { if (x == "a") continue@loop; return@map "b" }
@Query("SELECT * FROM a.b WHERE id = :id AND x = '\$'")
@Table(name = "orders", schema = "shop") @get:Column("id") class Row<T : Comparable<T>>(val x: T? = null)
@Throws(IllegalStateException::class) suspend inline fun <reified T> q(crossinline f: (String) -> T): T = f("q")
@[Named("a") Qualifier("b")] val p: String by lazy { "lazy" }
@Sql(["a", """b"""], ["c"])
val type: Map<String, List<Pair<Char, String>>> = mapOf("k" to listOf('c' to "v"))
val elvis = x?.y ?: "none"; val cast = x as? String ?: error("no: $x"); val not = x!!.y + "!!"
val cmp = a < b && c > "d" || e !in listOf("f") && g !is String && h === "i"
val neg = -"x".length % "y".length shl 2; val inv = !"z".isEmpty()
val ref = String::length; val cls = Foo::class.java.name + "cls"
val lam = { s: String, (a, b): Pair<Char, Char> -> "$s$a$b" }; run { "run" }
if ("a" in "abc") "yes" else "no"
try { "try" } catch (e: Exception) { "catch ${e.message}" } finally { "finally" }
val get get() = "getter"; var set = "init"; set(value) { field = "$value" }
const val SQL = "select 1 " +
    "from a.b " + // "not this"
    "where c = ?"
typealias S = String; val 日本 = "日本 $日本 ${日本}語🎉" + '日'
sealed interface I { companion object { const val X = "companion" } ; enum class E(val v: String) { A("a"), B("b") } }
buildString { append("x").append('y').append("""z""") }; val idx = m["k"]!!["l"]
val last = "at the end of the file: $
