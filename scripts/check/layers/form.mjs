// What a file may look like: its length, its name, how it spells imports, how honest its types are.

const longest = { source: 400, test: 600 };

const saysNothing = ['utils', 'helpers', 'manager', 'service', 'common', 'misc'];
const singularAndPlural = new Set(
  saysNothing.flatMap((word) =>
    word.endsWith('s') ? [word, word.slice(0, -1)] : [word, `${word}s`],
  ),
);

const isGenerated = (path) => /\.generated\.|\/generated\//.test(path);

export function filesTooLong(modules) {
  return modules.flatMap(({ path, place, lines }) => {
    if (isGenerated(path)) return [];
    const ceiling = place.isTest ? longest.test : longest.source;
    return lines > ceiling
      ? [{ path, line: ceiling + 1, says: `${lines} lines, at most ${ceiling}` }]
      : [];
  });
}

export function namesThatSayNothing(modules) {
  return modules.flatMap(({ path }) => {
    const found = path.split('/').find(saysNothingAtAll);
    return found ? [{ path, line: 1, says: `the name ${found}` }] : [];
  });
}

/** `utils`, `string-utils.ts`, `manager.test.ts`; a capability like `service-levels` says what it is. */
function saysNothingAtAll(segment) {
  return segment
    .toLowerCase()
    .split('.')
    .some((word) => singularAndPlural.has(word.split(/[-_]/).at(-1)));
}

const endings = ['.ts', '.tsx', '.json', '.css', '.mjs'];

export function importsWithoutEnding(modules) {
  return modules.flatMap(({ path, imports }) =>
    imports
      .filter(({ specifier }) => specifier.startsWith('.'))
      // `./sound.mp3?url`: what comes after `?` tells the bundler how, and any file may be meant.
      .filter(({ specifier }) => !specifier.includes('?'))
      .filter(({ specifier }) => !endings.some((ending) => specifier.endsWith(ending)))
      .map(({ line, specifier }) => ({ path, line, says: `imports ${specifier}` })),
  );
}

export function evasionsOfTypes(modules) {
  return modules.flatMap(({ path, evasions }) =>
    evasions.map(({ line, what }) => ({ path, line, says: what })),
  );
}

export function filesThatDoNotParse(modules) {
  return modules.flatMap(({ path, errors }) =>
    errors.map(({ line, says }) => ({ path, line, says })),
  );
}
