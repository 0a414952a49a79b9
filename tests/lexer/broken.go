package main
var a = "not closed
var b = "closed"
var c = 'x
var d = "fine"
var e = `raw that never ends
var f = "still read"
