#!/usr/bin/swift
import Foundation // it's a comment
/* nested /* "twice" /* it's */ */ still ' */ let a0 = "after"
/// Doc: `"code"` it's
/**/ let a1 = "empty comment" /***/ + "stars" /* // */ + "line in block"

// Numbers and operators.
let n = 1_000 + 0xFF.8p-2 + 0b1 / 0o17 % 3.0e-5; let r = 1...5; let h = 0..<10; let s = arr[..<2]

// Escapes of a string: \0 \\ \t \n \r \" \' \u{…}.
let e1 = "|\\\t\n\r\"\'\u{48}\u{1F389}|"
let e2 = "\\"; let e3 = "\\\""; let e4 = ""; let e5 = "'"; let e6 = "it's // no /* no */"
let e7 = "$x #y @z %@ \\(x) ${x}"

// Interpolations: calls, closures, tuples, strings in strings, comments, operators.
let i1 = "\(x) \(a.b[0]) \(f(1, "y")) \((1, 2)) \(x ?? "none") \(x!)"
let i2 = "\(xs.map { "<\($0)>" }.joined(separator: ", "))|\(d["k"] ?? "v")"
let i3 = "a\("b\("c\("d")")")e"
let i4 = "\(x ? ")" : "(") \(/* ) " */ 1) \("""
  lines
  """)"
let i5 = "\(raw: table) \(bind: id, as: "x") \(x, format: .hex) \(#"raw \#(y)"#)"
let i6 = "\(x)\(y)" + "\(x)_" + "_\(x)"
let i7 = "\(f { (a: Int) -> String in return "r" })"
let i8 = "é\(é)🎉\("🎉")日本"

// Lines: indentation of the closer goes away, a backslash joins, quotes in it, escaped quotes.
let m1 = """
  one "two" ""three""
    indented \
  joined
  \"""not the end\"""
  "\(x)" \t|

  last
  """
let m2 = """
"""
let m3 = """

"""
let m4 = """
    select "x", '\(y)'
      from \(t.name) -- it's
     where z = \(f("""
        deep \(w)
        """))
    """.trimmed + "after"
let m5 = f("""
	tab
	""", "second")

// Marked: #"…"#, any number of marks, escapes with as many.
let p1 = #"\n \(x) "q" \"# + "a"
let p2 = #"\#n|\#t|\#\|\#"|\#u{48}|\#(x)"#
let p3 = ##"a"# \#(no) \##(yes) \##n|"##
let p4 = ###""quoted"##"###
let p5 = #""# + ##""## + #"""# + #""""#
let p6 = #"""
    raw \n \(no) "" \#(yes) \#
    joined """
    """#
let p7 = ##"""
  a """# b \##(f(#"c\#(d)"#))
  """##

// Regular expressions: /…/, #/…/#, over lines; divisions are none.
let g1 = /a"b'c/; let g2 = s.matches(of: /\/"/); let g3 = [/x'/, /y"/]; let g4 = { /z'/ }
let g5 = #/a/b"c'/#; let g6 = ##/a/#b"/##
let g7 = #/
  "multi' # comment
  (?<x>\d+)
/#
let d1 = a / b / c; let d2 = f() / 2 / "x".count; let d3 = a[0] / 2 + "y/z".count; let d4 = (a)/b/c
let d5 = x.map(/) + xs.reduce(1, /) ; let d6 = "after operators"
return /it's/

// Names in backticks, attributes, conditions of the compiler, literals with #.
let `class` = "k"; enum E: String { case a = "A", b, `default` = "D" }
@available(iOS 13, *, deprecated, message: "it's old", renamed: "new()") func f(_ x: String = "default", y: Character = "c") {}
@objc(name:) @Column("id", .primary) @Wrapper(wrappedValue: "w") var w: String?
#if os(macOS) && canImport(UIKit)
let c1 = "if"
#elseif swift(>=5.9)
let c2 = "elseif"
#else
let c3 = "else"
#endif
#warning("it's a warning"); #error("err")
let k = #file + #function + "\(#line)"; let sel = #selector(a.b(_:)); let key = #keyPath(a.b); let col = #colorLiteral(red: 1)
let macro = #stringify("x" + "y"); #Predicate<T> { $0.name == "n" }
let sw = switch x { case "a", "b": "ab"; case let y where y == "c": "c\(y)"; default: "d" }
guard let x = y["k"] as? [String: Any], x["l"] != nil else { fatalError("no \(y)") }
let dict: [String: (Int, String)] = ["a": (1, "b"), "c": (2, "d")]
let gen = a < b, c > "d"; let opt = x?.y?["z"] ?? w!["v"]; let kp = \User.name; let kq = xs.map(\.name)
try await db.execute("UPDATE a.b SET c = \(c) WHERE d = 'e'" as SQL, ["f", "g"])
try db.query(#"SELECT "x" FROM a.b WHERE c ~ '\d' AND d = \#(d)"#)
let sum = "a" +
    "b" + // "not this"
    "c" /* "nor this" */ + "d"
infix operator </> ; let path = "a" </> "b"; prefix operator √ ; let q = √"x"
let nested = { { "in" }() + { (s: String) in "x\(s)" }("y") }()
let last = "at the end: \(x
