const a = 'it\'s' + "x\u{1F600}\x41\
joined", re = /[/'"`]\/'/gi, div = a / b / c;
const t = sql`select ${x} from ${`nested ${'deep'} ${{ a: "o" }}`} where '${y}'`;
if (x) /it's/.test(y); x = y /2/ z; return_ = a++ / 2 / 3;
const el = <div title="it's" data={'v'}>don't {cond ? "yes" : <b/>} isn't <i>'</i></div>;
const q = a < b && c > d ? 'ok' : `\``;
const f = <>{list.map(i => <li key={i}>it's {`n${i}`}</li>)}</>;
x.return / 2; const s = "end"; // '
class C { #p = '\0\101'; static async *[Symbol.iterator]() { yield /x'/; } }
function n(x) { switch (x) { case !/it's/.test(x): return!/^'/.exec(x); } return x.void!/2 + '/'; }
