val a = "it's \"q\"" + 'c' + '\'' + 'sym + s"x $y ${z.map("n" + _)} $$5 \t"
val b = sql"select ${id} from \d" ++ raw"\n$x" // it's
val c = """raw "quoted" \n ${no}""" + s"""|select $x
  |from ${y("z")}""".stripMargin + """"q""""
def f[A](x: 'a') = x match { case '"' => "quote" } /* /* nested ' */ */
val d = f"$x%2.2f" + `back'tick` + '\u0041' + q"end"
val e = x_?"of an operator's name $y" + x_*'c' + a_+"plus" + (b ?"no name, $x")
val g = list.map(_+"plain $x") ++ f(_/"$no") + x_/*'*/"also $x" + y_//"nothing
