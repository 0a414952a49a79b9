// it's
/* outer /* ' nested */ " */
let a = "it's \"q\" \u{e9}\t\0 \\(no) \(x + "n \(y("d"))") end"
let b = #"raw \n \(no) "q" \#(x) \#n"# + ##"a"# \##(y)"##
let c = """
    select "x", \(col)
      from \(t) \
    where it's
    """
let d = #"""
  raw \(no) ""\#(yes)
  """#
let e = #"""# + ""
let f = /it's "re"/ ; let g = a / b / c; let h = #/a/'b"/#
let i = "\(items.map { "'\($0)'" }.joined(separator: ", "))"
let j = `class`("x"); let k: [String: Int] = ["key": 1]; let l = x ? "a" : "b"
try db.query("SELECT * FROM a.b WHERE id = \(bind: id)") ; #if DEBUG
let m = "debug" ; #endif
@available(*, deprecated, message: "it's old") func f(_ x: String = "default") {}
let n = "é\(é)🎉" + "\u{1F389}"
let o = """
  \("nested \("""
    deep
    """)")
  """
let p = #"\"# + "end"
let q = "\(a,
  b)" ; let r = switch_ case .x: "y"
