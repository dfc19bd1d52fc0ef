import { parseSync } from 'oxc-parser';

/**
 * @typedef {object} Mutation
 * @property {number} start
 * @property {number} end
 * @property {string} replacement
 */

const turned = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
};

/**
 * Every way to break one decision of a file: a guard that never holds or always does, one side of a
 * condition alone, a comparison that is off by one or turned round, a sign, a truth value. What stands outside
 * every function is read once, when the file is loaded; and what a command wants loaded decides nothing.
 * @param {string} file @param {string} text @returns {Mutation[]}
 */
export function mutationsOf(file, text) {
  const found = [];
  const change = ({ start, end }, replacement) => found.push({ start, end, replacement });
  walk(parseSync(file, text).program, (node) => {
    const source = ({ start, end }) => text.slice(start, end);
    if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
      change(node.test, 'false');
      change(node.test, 'true');
    } else if (node.type === 'LogicalExpression' && node.operator !== '??') {
      change(node, source(node.left));
      change(node, source(node.right));
    } else if (node.type === 'BinaryExpression' && node.operator in turned)
      change(node, `${source(node.left)} ${turned[node.operator]} ${source(node.right)}`);
    else if (node.type === 'Literal' && typeof node.value === 'boolean')
      change(node, String(!node.value));
  });
  return found;
}

/**
 * The file with all its mutations in it, each asleep until its id is the one that is awake: so that
 * one process tries all of them, and loads nothing twice.
 * @param {string} text @param {(Mutation & { id: string })[]} mutations
 */
export function withSleeping(text, mutations) {
  const points = mutations.flatMap(({ start, end, replacement, id }) => [
    {
      at: start,
      size: end - start,
      opens: true,
      put: `(globalThis.awake===${JSON.stringify(id)}?(${replacement}):(`,
    },
    { at: end, size: end - start, opens: false, put: '))' },
  ]);
  // At one place what ends comes before what begins; of what begins the larger, of what ends the smaller.
  points.sort(
    (left, right) =>
      right.at - left.at ||
      Number(right.opens) - Number(left.opens) ||
      (left.opens ? left.size - right.size : right.size - left.size),
  );
  let result = text;
  for (const { at, put } of points) result = result.slice(0, at) + put + result.slice(at);
  return result;
}

/** Types decide nothing, and a name of a property is no value. */
function walk(node, see, isInFunction = false) {
  if (node === null || typeof node !== 'object') return;
  const { type = '' } = node;
  if (/^TS(As|Satisfies|NonNull)Expression$/.test(type))
    return walk(node.expression, see, isInFunction);
  if (type.startsWith('TS') || isWish(node)) return;
  if (type !== '' && isInFunction) see(node);
  const isIn = isInFunction || type.includes('Function');
  for (const [key, child] of Object.entries(node))
    if (key !== 'type' && !(key === 'key' && type === 'Property')) walk(child, see, isIn);
}

/** What a command wants loaded. */
const isWish = ({ key, id }) => /needs$/i.test((key ?? id)?.name ?? '');
