import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { impurityOf } from './impurity.mjs';
import { placeOf } from './places.mjs';

/**
 * What the rules need to know of one file: where it stands, what it imports, the texts it holds,
 * what in it is impure, and how it gets around the types.
 */
export function readModule(file, text, aliases = {}) {
  const { program, comments, errors } = parseSync(file, text);
  const lineAt = lineFinder(text);
  const module = {
    path: file,
    place: placeOf(file),
    lines: text === '' ? 0 : text.replace(/\n$/, '').split('\n').length,
    errors: errors.map((error) => ({
      line: lineAt(error.labels[0]?.start ?? 0),
      says: error.message,
    })),
    imports: [],
    texts: [],
    impurities: [],
    evasions: [],
  };
  walk(program, (node) => {
    const line = () => lineAt(node.start);
    const specifier = importedBy(node);
    if (specifier !== null)
      module.imports.push({
        line: line(),
        specifier,
        isType: isTypeOnly(node),
        ...resolve(file, specifier, aliases),
      });
    const written = textOf(node);
    if (written !== null) module.texts.push({ line: line(), text: written });
    const impurity = impurityOf(node);
    if (impurity) module.impurities.push({ line: line(), what: impurity });
    if (isCastToAny(node)) module.evasions.push({ line: line(), what: 'a cast to any' });
  });
  for (const comment of comments) {
    const found = comment.value.match(/@ts-(ignore|nocheck)\b/);
    if (found) module.evasions.push({ line: lineAt(comment.start), what: found[0] });
  }
  return module;
}

const importing = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function importedBy(node) {
  if (!importing.has(node.type) || !node.source) return null;
  if (node.source.type === 'TemplateLiteral') return textOf(node.source);
  return typeof node.source.value === 'string' ? node.source.value : null;
}

/** Erased before it runs. (`import { type A }` is not: Node still loads the file.) */
function isTypeOnly(node) {
  return node.type === 'TSImportType' || (node.importKind ?? node.exportKind) === 'type';
}

/** `to`: a file of the repository; `package`: a bare name, `node:…` included. One of both is null. */
function resolve(from, specifier, aliases) {
  const bare = specifier.replace(/\?.*$/, '');
  if (bare.startsWith('.')) {
    return { to: path.posix.join(path.posix.dirname(from), bare), package: null };
  }
  const own = bare.match(/^@deskbell\/([^/]+)(?:\/(.+))?$/);
  if (own) return { to: `${own[1]}/src/${own[2] ?? 'index'}.ts`, package: null };
  if (bare.startsWith('#')) return { to: aliased(from, bare, aliases), package: null };
  const [scope, name] = bare.split('/');
  return { to: null, package: scope.startsWith('@') ? `${scope}/${name}` : scope };
}

/** `#…` by the `imports` of the workspace's package.json; unknown ones stay in their workspace. */
function aliased(from, specifier, aliases) {
  const workspace = from.split('/')[0];
  for (const [pattern, target] of Object.entries(aliases[workspace] ?? {})) {
    const [before, after = ''] = pattern.split('*');
    if (!specifier.startsWith(before) || !specifier.endsWith(after)) continue;
    const rest = specifier.slice(before.length, specifier.length - after.length);
    return path.posix.join(workspace, String(target).replace('*', rest));
  }
  return path.posix.join(workspace, 'src', specifier.slice(1));
}

/** A string as the database would read it: what is filled in reads `$`, a literal in a call as itself. */
function textOf(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral') return null;
  return node.quasis
    .map((quasi, i) => (quasi.value.cooked ?? quasi.value.raw) + filledIn(node.expressions[i]))
    .join('');
}

function filledIn(expression) {
  if (!expression) return '';
  const only = expression.type === 'CallExpression' ? expression.arguments[0] : expression;
  return only?.type === 'Literal' && typeof only.value === 'string' ? only.value : '$';
}

function isCastToAny(node) {
  const casts = node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion';
  return casts && node.typeAnnotation?.type === 'TSAnyKeyword';
}

function walk(node, visit) {
  visit(node);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (item && typeof item.type === 'string') walk(item, visit);
    } else if (value && typeof value.type === 'string') {
      walk(value, visit);
    }
  }
}

function lineFinder(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
