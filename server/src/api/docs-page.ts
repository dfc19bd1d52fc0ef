import { type ClientFrame, errors, events, type ServerFrame } from '@deskbell/contract';
import { type JsonSchema, named } from './named-schemas.ts';
import type { ApiDescription, Operation } from './openapi.ts';
import { shapeOf } from './shape.ts';
import { clientFrameProse, serverFrameProse, socketProse } from './socket-prose.ts';

/** The API to read: one page without scripts, made from the same description that machines get. */
export function docsPage(api: ApiDescription): string {
  const body = [
    begin(api),
    ...api.tags.map(({ name }) => topic(api, name)),
    socket(api),
    catalogue(),
    log(),
    shapes(api),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Deskbell: the API</title>
<link rel="stylesheet" href="/api/docs/style.css">
</head>
<body>
<nav aria-label="Contents"><ul>${contents(api)}</ul></nav>
<main>
${body.join('\n')}
</main>
</body>
</html>
`;
}

function contents(api: ApiDescription): string {
  const topics = api.tags.map(({ name }) => [idOf(name), name] as const);
  const rest = [
    ['socket', 'The socket'],
    ['errors', 'Refusals'],
    ['events', 'The log'],
    ['shapes', 'Shapes'],
  ] as const;
  return [...topics, ...rest]
    .map(([id, name]) => `<li><a href="#${id}">${escaped(name)}</a></li>`)
    .join('');
}

function begin({ info }: ApiDescription): string {
  return `<h1>Deskbell: the API</h1>
<p>Version ${escaped(info.version)}. The same for machines: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.</p>
${prose([
  'Everything lies under /api/v1 and speaks JSON. Ids are UUIDs, times are milliseconds since 1970 (UTC).',
  "An agent asks with the cookie that signing in gives a browser, or with `Authorization: Bearer` and the token of the same answer. A cookie changes something only for our own pages. What lies under /widget is asked by contacts, from pages of any site, with `X-Deskbell-Inbox` (the public key of the inbox) and `Authorization: Bearer` (the secret that the visitor's browser made).",
  'A command may carry `Idempotency-Key`, a UUID of yours: sent again with it within 30 days, it is answered as before and not done again.',
  "Every answer to an agent says in `Deskbell-Position` at which position of the workspace's log it stood at least: with the changes after it, which the socket brings, it stays true.",
  'A refusal is problem details (RFC 9457) with a code of the catalogue below. What is not yours to see is not there: `not-found`.',
])}`;
}

function topic(api: ApiDescription, name: string): string {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags.includes(name))
      .map(([method, operation]) => section(`${method.toUpperCase()} ${path}`, operation)),
  );
  return `<h2 id="${idOf(name)}">${escaped(name)}</h2>\n${operations.join('\n')}`;
}

function section(address: string, operation: Operation): string {
  const body = operation.requestBody?.content['application/json']?.schema;
  const answer = contentOf(operation.responses['200']);
  return `<section id="${operation.operationId}">
<h3><code>${escaped(address)}</code></h3>
<p>${escaped(operation.summary)} <em>${askers(operation)}</em>${command(operation)}</p>
${parameters(operation)}${block('Body', body)}${block('Answer', answer)}
<p class="refusals">Refusals: ${refusals(operation)}</p>
</section>`;
}

/** What it is called in a frame of the socket. */
const command = ({ operationId: id }: Operation) =>
  id.includes('.') ? ` Command <code>${id}</code>.` : '';

function askers({ security }: Operation): string {
  if (security.length === 0) return 'Anybody.';
  return security.some((each) => 'inbox' in each) ? 'Contacts.' : 'Agents.';
}

function parameters({ parameters: all }: Operation): string {
  if (all.length === 0) return '';
  const rows = all.map(
    ({ name, in: place, required, schema, description = '' }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${place}${required ? '' : ', optional'}</td><td><code>${escaped(shapeOf(schema))}</code></td><td>${inline(description)}</td></tr>`,
  );
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function block(title: string, schema: JsonSchema | undefined): string {
  return schema ? `<h4>${title}</h4><pre>${linked(shapeOf(schema))}</pre>` : '';
}

const contentOf = (response: Operation['responses'][string] | undefined) =>
  (response?.content as Record<string, { schema: JsonSchema }> | undefined)?.['application/json']
    ?.schema;

function refusals({ responses }: Operation): string {
  const codes = Object.values(responses).flatMap(({ description }) =>
    [...description.matchAll(/`([a-z-]+)`:/g)].map(([, code]) => code ?? ''),
  );
  return codes.map((code) => `<a href="#${code}">${code}</a>`).join(', ');
}

function socket({ components }: ApiDescription): string {
  return `<h2 id="socket">The socket</h2>
${prose(socketProse)}
<h3>What a client says</h3>
${frames(components.schemas.ClientFrame, clientFrameProse)}
<h3>What the server says</h3>
${frames(components.schemas.ServerFrame, serverFrameProse)}`;
}

function frames(
  schema: JsonSchema | undefined,
  words: Record<ClientFrame['t'] | ServerFrame['t'], string> | Record<string, string>,
): string {
  return ((schema?.oneOf ?? []) as JsonSchema[])
    .map((frame) => {
      const kind = String((frame.properties as { t: { const: string } }).t.const);
      const said = (words as Record<string, string>)[kind] ?? '';
      return `<h4><code>${kind}</code></h4><p>${inline(said)}</p><pre>${linked(shapeOf(frame))}</pre>`;
    })
    .join('\n');
}

function catalogue(): string {
  const rows = Object.entries(errors).map(
    ([code, { status, title, retry }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escaped(title)}.</td><td>${retry ? 'Send it again later, as it is.' : ''}</td></tr>`,
  );
  return `<h2 id="errors">Refusals</h2>
<p>A code is never reused for another meaning. <code>field</code> names what is at fault.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function log(): string {
  const rows = Object.entries(events).map(
    ([kind, { entity, contact }]) =>
      `<tr><td><code>${kind}</code></td><td>${entity}</td><td>${contact ? 'agents and the contact' : 'agents'}</td></tr>`,
  );
  return `<h2 id="events">The log</h2>
<p>Every change is an event of its workspace's log, at position 1, 2, 3 … without gaps. An event names what changed and its version; the socket brings the entity itself.</p>
<table><thead><tr><th>Kind</th><th>Of</th><th>Told to</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function shapes({ components }: ApiDescription): string {
  const all = Object.entries(components.schemas)
    .filter(([name]) => !name.endsWith('Frame'))
    .map(
      ([name, schema]) =>
        `<h3 id="shape-${name}">${name}</h3><pre>${linked(shapeOf(schema))}</pre>`,
    );
  return `<h2 id="shapes">Shapes</h2>\n${all.join('\n')}`;
}

const idOf = (name: string) => name.toLowerCase().replaceAll(' ', '-');

const prose = (paragraphs: readonly string[]) =>
  paragraphs.map((text) => `<p>${inline(text)}</p>`).join('\n');

/** Text with `code` in it. */
const inline = (text: string) => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/** A shape in which names of shapes lead to them. */
const linked = (shape: string) =>
  escaped(shape).replace(/\b[A-Z]\w+\b/g, (name) =>
    name in named && !name.endsWith('Frame') ? `<a href="#shape-${name}">${name}</a>` : name,
  );

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);
