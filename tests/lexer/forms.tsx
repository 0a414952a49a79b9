const id = <T,>(x: T) => x as unknown as "lit"; const y = f<string>('a')!;
const g = <T extends 'a' | 'b'>(x: T) => 'generic';
const el = <Table<Row> columns={['it']} render={() => <p>don't</p>}>it's {'x'}</Table>;
const z = value! / 2 / 'w'.length;
type A = `${B}-x`; enum E { A = 'a' }
