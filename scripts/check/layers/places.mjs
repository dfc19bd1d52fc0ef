// Where a file stands: top folder = where it runs, folder = capability, file = layer.

const layers = ['rules', 'sql', 'commands', 'policy', 'present', 'routes', 'reactions', 'index'];
const workspaces = ['contract', 'sdk', 'server', 'desk', 'widget'];
const compositionRoots = ['main', 'server', 'engine', 'capabilities'];

/**
 * `path` is relative to the repository, with forward slashes. A capability's file may be cut by
 * ability and keep its layer: `timeline.sql.ts` is as much `sql` as `sql.ts`.
 */
export function placeOf(path) {
  const [top, ...rest] = path.split('/');
  const workspace = workspaces.includes(top) ? top : 'tools';
  const inSource = workspace === 'tools' || rest[0] === 'src';
  const place = { path, workspace, inSource, isTest: isTest(path), layer: layerOf(path) };
  // The program's own door stands beside what it opens.
  if (workspace === 'server' && rest[0] === 'bin') return { ...place, part: 'composition' };
  return workspace === 'server' && inSource ? { ...place, ...serverPlace(rest.slice(1)) } : place;
}

function serverPlace([folder, ...rest]) {
  if (rest.length === 0) {
    const name = folder.replace(/\.tsx?$/, '');
    return { part: compositionRoots.includes(name) ? 'composition' : 'loose' };
  }
  if (folder === 'platform') return { part: 'platform', mechanism: rest[0].replace(/\.ts$/, '') };
  if (folder === 'testing') return { part: 'testing', isTest: true };
  const channel = folder === 'channels' && rest.length > 1 ? rest[0] : null;
  return { part: 'capability', capability: folder, channel };
}

function layerOf(path) {
  const name = path
    .split('/')
    .at(-1)
    .replace(/\.tsx?$/, '');
  return layers.find((layer) => name === layer || name.endsWith(`.${layer}`)) ?? null;
}

function isTest(path) {
  return /\.(test|suite)\.(ts|tsx|mjs)$/.test(path) || /(^|\/)testing\//.test(path);
}
