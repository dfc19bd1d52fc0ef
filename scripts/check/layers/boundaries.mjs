// Which imports cross which border. Words for an import seen from its file, then the rules' functions.
import { placeOf } from './places.mjs';

const targetOf = ({ to }) => (to === null ? null : placeOf(to));

export const into = {
  contract: ({ to }) => targetOf({ to })?.workspace === 'contract',
  sdk: ({ to }) => targetOf({ to })?.workspace === 'sdk',
  sameWorkspace: ({ to }, from) => targetOf({ to })?.workspace === from.workspace,
  platform: ({ to }) => targetOf({ to })?.part === 'platform',
  mechanism: (name) => {
    const reaches = ({ to }) => {
      const target = targetOf({ to });
      return target?.part === 'platform' && target.mechanism === name;
    };
    return reaches;
  },
  /** The same capability's file of one of these layers. */
  own: (...layers) => {
    const reaches = ({ to }, from) => {
      const target = targetOf({ to });
      return isSameCapability(target, from) && layers.includes(target.layer);
    };
    return reaches;
  },
  /** The same capability's file of none of these layers. */
  ownExcept: (...layers) => {
    const reaches = ({ to }, from) => {
      const target = targetOf({ to });
      return isSameCapability(target, from) && !layers.includes(target.layer);
    };
    return reaches;
  },
  /** Only the shape: `import type`, gone before it runs. */
  typesOf: (reaches) => (edge, from) => edge.isType && reaches(edge, from),
  anyRules: ({ to }) => {
    const target = targetOf({ to });
    return target?.part === 'capability' && target.layer === 'rules';
  },
  otherIndex: ({ to }, from) => {
    const target = targetOf({ to });
    return (
      target?.part === 'capability' && !isSameCapability(target, from) && target.layer === 'index'
    );
  },
  package: (name) => (edge) => edge.package === name,
};

function isSameCapability(target, from) {
  return target?.part === 'capability' && target.capability === from.capability;
}

/** A rule's function: files that `applies` picks may import only what one of `allowed` admits. */
export function importsOnly(applies, allowed) {
  return importsWhere(
    (edge, from) => applies(from) && !allowed.some((admits) => admits(edge, from)),
  );
}

/** A rule's function: every import for which `forbidden` holds is a violation. */
export function importsWhere(forbidden) {
  return (modules) =>
    modules.flatMap((module) =>
      module.imports
        .filter((edge) => forbidden(edge, module.place, targetOf(edge)))
        .map((edge) => ({
          path: module.path,
          line: edge.line,
          says: `imports ${edge.specifier}`,
        })),
    );
}

/** Cycles between capabilities, each named once, at the import that closes it. */
export function capabilityCycles(modules) {
  const edges = capabilityEdges(modules);
  const violations = [];
  const finished = new Set();
  const visit = (capability, trail) => {
    if (finished.has(capability)) return;
    for (const [next, at] of edges.get(capability) ?? []) {
      const begin = trail.indexOf(next);
      if (begin === -1) visit(next, [...trail, next]);
      else violations.push({ ...at, says: [...trail.slice(begin), next].join(' → ') });
    }
    finished.add(capability);
  };
  for (const capability of edges.keys()) visit(capability, [capability]);
  return violations;
}

/** capability → (imported capability → the first import of it). Tests may compose as they like. */
function capabilityEdges(modules) {
  const edges = new Map();
  for (const { path, place, imports } of modules) {
    if (place.part !== 'capability' || place.isTest) continue;
    const own = edges.get(place.capability) ?? new Map();
    edges.set(place.capability, own);
    for (const edge of imports) {
      const target = targetOf(edge);
      if (target?.part !== 'capability' || isSameCapability(target, place)) continue;
      if (!own.has(target.capability)) own.set(target.capability, { path, line: edge.line });
    }
  }
  return edges;
}
