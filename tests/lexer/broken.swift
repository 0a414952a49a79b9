let a = "not closed
let b = "closed"
let c = "hole \( not closed"
let d = "read"
