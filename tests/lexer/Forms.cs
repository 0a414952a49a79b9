// it's
#region don't "parse" this
var a = "it's \"q\" \u00e9\x41;" + 'c' + '\'' + '"';
var b = @"c:\dir ""q""
it's" + @class + $@"{x}\n ""{y["k"]}""" + @$"{z}";
var c = $"a {b:N2,} {{lit}} {(d ? "e" : $"f{g}")} {h,10:yyyy-MM-dd} {i!.J}";
var d = """one "line" raw""" + """"a """ b"""";
var e = """
    select "x"
      from y
    """;
var f = $$"""
  {lit} {{hole}} {{{x}}}
  """;
var g = "bytes"u8; char h = '\u0041';
var i = $"{global::System.Math.PI}" + $"{a ?? "n"}";
#endregion it's
