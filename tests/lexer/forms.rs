// it's
/* outer /* ' nested */ " */
fn f<'a>(x: &'a str) -> &'static str { 'outer: loop { break 'outer; } }
let a = "it's \"q\" \u{e9}\n\x41 \
    joined"; let b = 'c'; let c = '\''; let d = '"'; let e = b'x'; let f = b"bytes\x00"; let u = 'é';
let g = r"raw \n"; let h = r#"raw "q" # it's"#; let i = br##"a"#b"##; let j = r#type; let k = c"c";
sqlx::query!("select 1
  from x", y); let l = ''' ; let m = "after";
