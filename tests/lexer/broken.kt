val a = "not closed
val b = "closed"
val c = 'x
val d = "hole ${ not closed"
val e = "read"
