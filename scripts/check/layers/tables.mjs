// Who writes which table, read from the SQL in the source.

const name = '("?[a-z_$][\\w$]*"?(?:\\."?[a-z_$][\\w$]*"?)?)?';
const writes = [
  new RegExp(`\\binsert\\s+into\\b\\s*${name}`, 'gi'),
  new RegExp(`\\bmerge\\s+into\\b\\s*(?:only\\s+)?${name}`, 'gi'),
  new RegExp(`\\bdelete\\s+from\\b\\s*(?:only\\s+)?${name}`, 'gi'),
  // `do update set` and `for update` name no table.
  new RegExp(`\\bupdate\\s+(?:only\\s+)?(?!set\\b)${name}(?:\\s+(?:as\\s+)?\\w+)?\\s+set\\b`, 'gi'),
  new RegExp(`^\\s*truncate\\s+(?:table\\s+)?${name}`, 'gi'),
  new RegExp(`\\bcopy\\s+${name}\\s*(?:\\([^)]*\\))?\\s+from\\b`, 'gi'),
];
/** A write whose table is filled in at run time. */
const unnamed = '$';

/** Every write to a table in a text, e.g. `[{ table: 'messages' }]`. */
function tablesWritten(text) {
  return writes.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ table: bareName(match[1]) })),
  );
}

function bareName(written = unnamed) {
  const last = written.split('.').at(-1).replaceAll('"', '').toLowerCase();
  return last.includes('$') ? unnamed : last;
}

const holdsOurSql = ({ place }) => place.workspace === 'server' && !place.isTest;

function* writesOf(module) {
  for (const { text, line } of module.texts) {
    for (const { table } of tablesWritten(text)) yield { table, line };
  }
}

export function writesOutsideSql(modules) {
  return modules
    .filter((module) => holdsOurSql(module) && module.place.part === 'capability')
    .filter((module) => module.place.layer !== 'sql')
    .flatMap((module) =>
      [...writesOf(module)].map(({ table, line }) => ({
        path: module.path,
        line,
        says: table === unnamed ? 'writes a table' : `writes ${table}`,
      })),
    );
}

export function tablesWithSeveralWriters(modules) {
  const byTable = new Map();
  for (const module of modules.filter(holdsOurSql)) {
    const owner = module.place.capability ?? module.place.part;
    for (const { table, line } of writesOf(module)) {
      if (table === unnamed) continue;
      const places = byTable.get(table) ?? [];
      byTable.set(table, [...places, { owner, path: module.path, line }]);
    }
  }
  return [...byTable].flatMap(([table, places]) => {
    const owners = [...new Set(places.map((place) => place.owner))].sort();
    if (owners.length < 2) return [];
    return places.map(({ path, line }) => ({
      path,
      line,
      says: `${table} is written by ${owners.join(' and ')}`,
    }));
  });
}
