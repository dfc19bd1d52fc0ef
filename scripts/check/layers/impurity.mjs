// What a pure file may not touch. A rule is given the time, ids and settings; it never fetches them.

const calls = new Set([
  'Date',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
]);
// DOM names are left to the compiler (the projects that hold rules know no DOM): `window` may be a span of time.
const objects = new Set(['process', 'crypto', 'performance', 'console', 'globalThis', 'navigator']);
const members = new Set(['Date.now', 'Math.random']);
/** Handing one of these on under another name (`const now = Date`, `const { random } = Math`). */
const aliased = new Set([...calls, ...objects, 'Math']);

/** The forbidden thing at this node as one would write it, or null. */
export function impurityOf(node) {
  switch (node.type) {
    case 'NewExpression':
      return isNamed(node.callee, 'Date') && node.arguments.length === 0 ? 'new Date()' : null;
    case 'CallExpression':
      return node.callee.type === 'Identifier' && calls.has(node.callee.name)
        ? `${node.callee.name}()`
        : null;
    case 'MemberExpression':
      return impureMember(node);
    case 'VariableDeclarator':
      return node.init?.type === 'Identifier' && aliased.has(node.init.name)
        ? node.init.name
        : null;
    case 'MetaProperty':
      return 'import.meta';
    default:
      return null;
  }
}

function impureMember(node) {
  if (node.object.type !== 'Identifier') return null;
  const written = `${node.object.name}.${memberName(node)}`;
  return objects.has(node.object.name) || members.has(written) ? written : null;
}

function memberName({ computed, property }) {
  if (computed) return property.type === 'Literal' ? String(property.value) : '[…]';
  return property.name ?? '';
}

function isNamed(node, name) {
  return node.type === 'Identifier' && node.name === name;
}
