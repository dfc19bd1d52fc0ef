import { capabilityCycles, importsOnly, importsWhere, into } from './boundaries.mjs';
import {
  evasionsOfTypes,
  filesThatDoNotParse,
  filesTooLong,
  importsWithoutEnding,
  namesThatSayNothing,
} from './form.mjs';
import { tablesWithSeveralWriters, writesOutsideSql } from './tables.mjs';

const inCapability = (layer) => (place) =>
  place.part === 'capability' && !place.isTest && place.layer === layer;
const isView = (place) =>
  place.workspace === 'contract' && place.path.startsWith('contract/src/views/') && !place.isTest;
const isPure = (place) => isView(place) || inCapability('rules')(place);
const isIn = (workspace) => (place) => place.workspace === workspace && place.inSource;
const packageOfATest = (edge, from) => from.isTest && edge.package !== null;

/** Those who react to conversations; conversations know none of them. */
const reactToConversations = ['routing', 'tickets', 'bots', 'reports', 'webhooks'];

/**
 * Every rule of the layout: its name, why it is there, and the function that finds what breaks it.
 * Tests compose freely; only the borders between workspaces hold for them too.
 */
export const rules = [
  {
    name: 'every-file-parses',
    why: 'A checker that cannot read a file passes it; so an unread file is red.',
    find: filesThatDoNotParse,
  },
  {
    name: 'platform-knows-no-capability',
    why: 'Platform is mechanism: capabilities are built on it, never the other way round.',
    find: importsWhere(
      (_, from, target) =>
        from.part === 'platform' &&
        !from.isTest &&
        ['capability', 'composition', 'loose'].includes(target?.part),
    ),
  },
  {
    name: 'capabilities-meet-at-the-index',
    why: 'What a capability offers to others is its index.ts; its other files are free to change. (Pure rules.ts may read each other.)',
    find: importsWhere(
      (_, from, target) =>
        from.part === 'capability' &&
        !from.isTest &&
        target?.part === 'capability' &&
        target.capability !== from.capability &&
        (target.layer !== 'index' || target.channel !== null) &&
        !(from.layer === 'rules' && target.layer === 'rules') &&
        !isAdapterForItsChannel(target, from),
    ),
  },
  {
    name: 'no-cycle-between-capabilities',
    why: 'Two capabilities that need each other are one: they could neither be read nor removed alone.',
    find: capabilityCycles,
  },
  {
    name: 'rules-import-only-rules',
    why: 'A decision that reaches the database or the platform can no longer be tested in memory.',
    find: importsOnly(isPure, [into.contract, into.anyRules]),
  },
  {
    name: 'rules-are-pure',
    why: 'The same state and command must decide the same: time, ids and settings are handed in.',
    find: (modules) =>
      modules
        .filter(({ place }) => isPure(place))
        .flatMap(({ path, impurities }) =>
          impurities.map(({ line, what }) => ({ path, line, says: what })),
        ),
  },
  {
    name: 'sql-sees-the-store-alone',
    why: 'Statements know the store and the shapes of rows, not who asks or why. (Types of platform and of its own rules are only shapes; a read that joins asks another index for its columns.)',
    find: importsOnly(inCapability('sql'), [
      into.mechanism('store'),
      into.contract,
      into.own('sql'),
      into.otherIndex,
      into.typesOf(into.own('rules')),
      into.typesOf(into.platform),
    ]),
  },
  {
    name: 'commands-see-no-surface',
    why: 'A command is its schema, its load and its decision from own rules, sql and policy and what others offer in their index; it knows neither how it arrives (routes), nor how it looks (present), nor what follows (reactions).',
    find: importsOnly(inCapability('commands'), [
      into.platform,
      into.contract,
      into.otherIndex,
      into.ownExcept('present', 'routes', 'reactions', 'index'),
    ]),
  },
  {
    name: 'policy-sees-the-contract-alone',
    why: 'Who may do what is said in short sentences about values; the client gets the same answers. (Types of its own rows are only shapes.)',
    find: importsOnly(inCapability('policy'), [
      into.contract,
      into.own('policy'),
      into.typesOf(into.own('rules', 'sql')),
    ]),
  },
  {
    name: 'present-sees-the-contract-alone',
    why: 'What leaves is listed by hand from values; a presenter that can load leaks. (Types of its own rows are only shapes.)',
    find: importsOnly(inCapability('present'), [
      into.contract,
      into.own('present'),
      into.typesOf(into.own('rules', 'sql')),
    ]),
  },
  {
    name: 'routes-decide-nothing',
    why: 'HTTP is a thin surface: it asks a command or a read, and presents the answer. What is decided, and what follows, is written elsewhere. (It hands the pool on, so it knows its type.)',
    find: importsOnly(inCapability('routes'), [
      into.ownExcept('rules', 'reactions', 'index'),
      into.otherIndex,
      into.contract,
      into.mechanism('http'),
      into.typesOf(into.mechanism('store')),
      into.package('zod'),
    ]),
  },
  {
    name: 'reactions-see-platform-and-indexes',
    why: 'A reaction reads the log and acts by commands and jobs, like anybody else outside.',
    find: importsOnly(inCapability('reactions'), [
      into.platform,
      into.contract,
      into.otherIndex,
      into.own('commands', 'index', 'reactions'),
    ]),
  },
  {
    name: 'conversations-stand-alone',
    why: 'Routing, tickets, bots, reports and webhooks react to conversations; these work without them.',
    find: importsWhere(
      (_, from, target) =>
        from.capability === 'conversations' &&
        !from.isTest &&
        reactToConversations.includes(target?.capability),
    ),
  },
  {
    name: 'a-channel-sees-its-adapter-alone',
    why: 'A channel is one folder and one line: it knows adapter.ts and the contract, and nobody knows it by name.',
    find: importsWhere(
      (edge, from, target) =>
        Boolean(from.channel) &&
        !from.isTest &&
        edge.to !== null &&
        !into.contract(edge) &&
        !isAdapterForItsChannel(target, from) &&
        !(target.capability === 'channels' && target.channel === from.channel),
    ),
  },
  {
    name: 'screens-see-contract-and-sdk',
    why: 'Desk and widget are clients like any other; what they need of the server is in the contract.',
    find: importsWhere(
      (edge, from, target) =>
        ['desk', 'widget'].includes(from.workspace) &&
        from.inSource &&
        (edge.to === null
          ? !from.isTest && edge.package.startsWith('node:')
          : ![from.workspace, 'contract', 'sdk'].includes(target.workspace)),
    ),
  },
  {
    name: 'ui-knows-no-domain',
    why: 'Pieces in desk/src/ui/ are reused because they know neither conversations nor the store.',
    find: importsWhere(
      (edge, from) =>
        from.path.startsWith('desk/src/ui/') &&
        !from.isTest &&
        edge.to !== null &&
        !edge.to.startsWith('desk/src/ui/'),
    ),
  },
  {
    name: 'contract-sees-zod-alone',
    why: 'Everybody imports the contract; whatever it imports, everybody carries.',
    find: importsOnly(isIn('contract'), [into.contract, into.package('zod'), packageOfATest]),
  },
  {
    name: 'sdk-sees-the-contract-alone',
    why: 'The client runs in desk, widget, bots and tests, and is published: it brings nothing along.',
    find: importsOnly(isIn('sdk'), [into.contract, into.sdk, packageOfATest]),
  },
  {
    name: 'one-list-of-capabilities',
    why: 'Only capabilities.ts, engine.ts, server.ts and main.ts know them all, and nothing built below knows these.',
    find: importsWhere(
      (_, from, target) =>
        from.workspace === 'server' &&
        !from.isTest &&
        ((from.part === 'loose' && target?.part === 'capability') ||
          (from.part !== 'composition' && target?.part === 'composition')),
    ),
  },
  {
    name: 'writes-live-in-sql',
    why: 'A table is written by its sql.ts; a write hidden elsewhere escapes the pipeline and the log.',
    find: writesOutsideSql,
  },
  {
    name: 'one-writer-per-table',
    why: 'Whoever writes a table keeps its rules; two writers keep none.',
    find: tablesWithSeveralWriters,
  },
  {
    name: 'files-stay-short',
    why: 'Past 400 lines (tests 600) a file is two things: cut it by ability.',
    find: filesTooLong,
  },
  {
    name: 'names-say-what-it-is-about',
    why: 'utils, helpers, manager, service, common and misc name no thing, so everything ends up there.',
    find: namesThatSayNothing,
  },
  {
    name: 'imports-carry-their-ending',
    why: 'Node runs the TypeScript as it is and looks for exactly the file that is named.',
    find: importsWithoutEnding,
  },
  {
    name: 'no-way-around-the-types',
    why: 'A cast to any and a silenced compiler are how the illegal state gets written after all.',
    find: evasionsOfTypes,
  },
];

function isAdapterForItsChannel(target, from) {
  return Boolean(from.channel) && target?.path === 'server/src/channels/adapter.ts';
}
