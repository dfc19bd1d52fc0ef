// One small crime per rule at least: `files` are laid over the real tree in memory, and the rule has
// to name one of them. `innocent` looks like a crime and must pass every rule.

const lines = (count) => '// one line\n'.repeat(count);

export const crimes = [
  { rule: 'every-file-parses', files: { 'server/src/settings/broken.ts': 'const = 1;' } },
  {
    rule: 'platform-knows-no-capability',
    files: {
      'server/src/platform/feed/feed.ts':
        "import { open } from '../../conversations/index.ts';\nopen();",
    },
  },
  {
    rule: 'platform-knows-no-capability',
    files: { 'server/src/platform/log.ts': "export * from '../capabilities.ts';" },
  },
  {
    rule: 'capabilities-meet-at-the-index',
    files: {
      'server/src/tickets/reading.ts': "import { accept } from '../conversations/commands.ts';",
    },
  },
  {
    rule: 'capabilities-meet-at-the-index',
    files: {
      'server/src/tickets/reading.ts': "type T = import('../conversations/sql.ts').Conversation;",
    },
  },
  {
    rule: 'capabilities-meet-at-the-index',
    files: {
      'server/src/automation/index.ts': "export { send } from '../channels/telegram/index.ts';",
    },
  },
  {
    rule: 'no-cycle-between-capabilities',
    files: {
      'server/src/planted-c/index.ts': "export * from '../planted-a/index.ts';",
      'server/src/planted-b/index.ts': "export * from '../planted-c/index.ts';",
      'server/src/planted-a/index.ts': "import type { B } from '../planted-b/index.ts';",
    },
  },
  {
    rule: 'rules-import-only-rules',
    files: { 'server/src/routing/rules.ts': "import { sql } from '../platform/store/index.ts';" },
  },
  {
    rule: 'rules-import-only-rules',
    files: { 'server/src/routing/capacity.rules.ts': "import { randomUUID } from 'node:crypto';" },
  },
  {
    rule: 'rules-import-only-rules',
    files: { 'contract/src/views/planted.ts': "import { z } from 'zod';" },
  },
  ...[
    'Date.now()',
    "Date['now']()",
    'new Date()',
    'new Date',
    'Date()',
    'Math.random()',
    'crypto.randomUUID()',
    'process.env.PORT',
    'globalThis.fetch',
    'performance.now()',
    "fetch('/')",
    'setTimeout(() => 1, 2)',
    'import.meta.url',
  ].map((impurity) => ({
    rule: 'rules-are-pure',
    files: { 'server/src/routing/rules.ts': `export const decide = () => ${impurity};` },
  })),
  {
    rule: 'rules-are-pure',
    files: { 'server/src/routing/rules.ts': 'const { random } = Math;\nexport const f = random;' },
  },
  {
    rule: 'rules-are-pure',
    files: {
      'contract/src/views/planted.ts': 'export const isOld = (at: number) => at < Date.now();',
    },
  },
  {
    rule: 'sql-sees-the-store-alone',
    files: { 'server/src/labels/sql.ts': "import { log } from '../platform/log/index.ts';" },
  },
  {
    rule: 'sql-sees-the-store-alone',
    files: { 'server/src/labels/sql.ts': "import { mayLabel } from './policy.ts';" },
  },
  {
    rule: 'commands-see-no-surface',
    files: { 'server/src/labels/commands.ts': "import { present } from './present.ts';" },
  },
  {
    rule: 'commands-see-no-surface',
    files: { 'server/src/labels/commands.ts': "import { reactTo } from './reactions.ts';" },
  },
  {
    rule: 'policy-sees-the-contract-alone',
    files: { 'server/src/labels/policy.ts': "import { labelsOf } from './sql.ts';" },
  },
  {
    rule: 'present-sees-the-contract-alone',
    files: { 'server/src/labels/present.ts': "import { labelsOf } from './sql.ts';" },
  },
  {
    // Not erased: Node loads the file for its effects.
    rule: 'present-sees-the-contract-alone',
    files: { 'server/src/labels/present.ts': "import { type LabelRow } from './sql.ts';" },
  },
  {
    rule: 'routes-decide-nothing',
    files: { 'server/src/labels/routes.ts': "import { isFree } from './rules.ts';" },
  },
  {
    rule: 'routes-decide-nothing',
    files: { 'server/src/labels/routes.ts': "import { store } from '../platform/store/index.ts';" },
  },
  {
    rule: 'reactions-see-platform-and-indexes',
    files: { 'server/src/labels/reactions.ts': "import { labelsOf } from './sql.ts';" },
  },
  {
    rule: 'conversations-stand-alone',
    files: {
      'server/src/conversations/reading.ts': "import { route } from '../routing/index.ts';",
    },
  },
  {
    rule: 'a-channel-sees-its-adapter-alone',
    files: { 'server/src/channels/telegram/send.ts': "import { x } from '../mail/index.ts';" },
  },
  {
    rule: 'a-channel-sees-its-adapter-alone',
    files: { 'server/src/channels/telegram/send.ts': "import { x } from '../index.ts';" },
  },
  {
    rule: 'a-channel-sees-its-adapter-alone',
    files: {
      'server/src/channels/telegram/send.ts': "import { x } from '../../platform/store/index.ts';",
    },
  },
  {
    rule: 'screens-see-contract-and-sdk',
    files: {
      'desk/src/app/planted.tsx': "import type { Row } from '../../../server/src/main.ts';",
    },
  },
  {
    rule: 'screens-see-contract-and-sdk',
    files: { 'widget/src/frame/planted.test.tsx': "import { x } from '@deskbell/server';" },
  },
  {
    rule: 'screens-see-contract-and-sdk',
    files: {
      'widget/src/frame/planted.tsx': "import { Button } from '../../../desk/src/ui/button.tsx';",
    },
  },
  {
    rule: 'screens-see-contract-and-sdk',
    files: { 'desk/src/app/planted.tsx': "import { readFileSync } from 'node:fs';" },
  },
  {
    rule: 'ui-knows-no-domain',
    files: { 'desk/src/ui/planted.tsx': "import type { Conversation } from '@deskbell/contract';" },
  },
  {
    rule: 'contract-sees-zod-alone',
    files: { 'contract/src/planted.ts': "import type { Store } from '@deskbell/sdk';" },
  },
  {
    rule: 'contract-sees-zod-alone',
    files: { 'contract/src/planted.ts': "import { v7 } from 'uuid';" },
  },
  {
    rule: 'contract-sees-zod-alone',
    files: { 'contract/src/planted.test.ts': "import { x } from '../../server/src/main.ts';" },
  },
  {
    rule: 'sdk-sees-the-contract-alone',
    files: { 'sdk/src/planted.ts': "import WebSocket from 'ws';" },
  },
  {
    rule: 'one-list-of-capabilities',
    files: { 'server/src/jobs.ts': "import { x } from './conversations/index.ts';" },
  },
  {
    rule: 'one-list-of-capabilities',
    files: { 'server/src/labels/reading.ts': "const all = await import('../capabilities.ts');" },
  },
  ...[
    'sql`insert into labels (id) values (1)`',
    'sql`insert into ${sql(table)} values (1)`',
    "'with gone as (delete from labels returning id) select id from gone'",
    'sql`update labels as l set name = $1`',
    "'INSERT INTO ' + table",
    'sql`truncate labels`',
    'sql`copy labels (id) from stdin`',
  ].map((write) => ({
    rule: 'writes-live-in-sql',
    files: { 'server/src/labels/commands.ts': `export const write = ${write};` },
  })),
  {
    rule: 'one-writer-per-table',
    files: {
      'server/src/planted-b/sql.ts':
        'export const write = sql`insert into planted (id) values (1)`;',
      'server/src/planted-a/sql.ts': 'export const write = sql`update public.planted set id = 2`;',
    },
  },
  {
    rule: 'one-writer-per-table',
    files: {
      'server/src/planted-b/sql.ts': "export const write = sql`delete from ${sql('planted')}`;",
      'server/src/platform/planted/write.ts':
        'export const w = sql`insert into planted default values`;',
    },
  },
  { rule: 'files-stay-short', files: { 'server/src/labels/long.ts': lines(401) } },
  { rule: 'files-stay-short', files: { 'server/src/labels/long.test.ts': lines(601) } },
  ...['utils', 'string-utils', 'helper', 'manager', 'chat.service', 'common', 'misc'].map(
    (name) => ({
      rule: 'names-say-what-it-is-about',
      files: { [`sdk/src/${name}.ts`]: '' },
    }),
  ),
  { rule: 'names-say-what-it-is-about', files: { 'desk/src/helpers/time.ts': '' } },
  ...['./labels', './labels.js', '..'].map((specifier) => ({
    rule: 'imports-carry-their-ending',
    files: { 'server/src/labels/index.ts': `export * from '${specifier}';` },
  })),
  ...['const x = y as any;', '// @ts-ignore\nx();', '/* @ts-nocheck */'].map((text) => ({
    rule: 'no-way-around-the-types',
    files: { 'sdk/src/planted.ts': text },
  })),
];

export const innocent = {
  'server/src/planted-a/rules.ts': `
    import type { Conversation } from '@deskbell/contract';
    import { isOpen } from '../planted-b/rules.ts';
    import { room } from './capacity.rules.ts';
    export const at = (ms: number, window: { start: Date }) => new Date(ms) > window.start;
    export const name = (process: string) => ({ fetch: process, random: Math.floor(1.5) });`,
  'server/src/planted-a/sql.ts': `
    import { sql } from '../platform/store/index.ts';
    import type { Label } from '@deskbell/contract/entities';
    import type { Table } from '../platform/pipeline/table.ts';
    import type { LabelRow } from './rules.ts';
    export const save = sql\`insert into planted_labels (id) values (1)
      on conflict (id) do update set name = excluded.name returning id\`;`,
  'server/src/planted-a/commands.ts': `
    import { registerCommand } from '../platform/pipeline/index.ts';
    import { agents } from '../planted-b/index.ts';
    import { accessLabel } from './access.ts';
    import { at } from './rules.ts';
    import { save } from './sql.ts';
    import { mayLabel } from './policy.ts';
    export const why = 'Please update your browser, then set the clock';
    export const lock = 'select id from planted_labels for update skip locked';`,
  'server/src/planted-a/present.ts': "import type { LabelRow } from './sql.ts';",
  'server/src/planted-a/routes.ts': `
    import { route } from '../platform/http/index.ts';
    import type { Pool } from '../platform/store/connect.ts';
    import { z } from 'zod';
    import { mayLabel } from '../planted-b/index.ts';
    import { labelsOf } from './sql.ts';
    import { presentLabel } from './present.ts';`,
  'server/src/planted-a/reactions.ts': `
    import { reader } from '../platform/log/index.ts';
    import { x } from '../planted-b/index.ts';`,
  'server/src/planted-a/commands.test.ts': `
    import { seed } from '../planted-b/sql.ts';
    import { server } from '../server.ts';
    await sql\`delete from conversations\`;`,
  'server/src/channels/planted/index.ts': `
    import nodemailer from 'nodemailer';
    import { createHash } from 'node:crypto';
    import type { Adapter } from '../adapter.ts';
    import { parse } from './parse.ts';`,
  'server/src/capabilities.ts': "export * from './planted-a/index.ts';",
  'server/src/service-levels/common-cause.ts': '// a capability may be called service levels',
  'desk/src/app/planted.tsx': `
    import { useState } from 'react';
    import type { Label } from '@deskbell/contract';
    import { open } from '@deskbell/sdk';
    import './planted.css';
    import bell from './bell.mp3?url';`,
};
