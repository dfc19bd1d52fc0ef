import { commands, errors } from '@deskbell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../testing/world.ts';
import type { ApiDescription, Operation } from './openapi.ts';

let world: World;
let api: ApiDescription;
let page: string;
beforeAll(async () => {
  world = await createWorld();
  api = (await (await world.request(null, '/openapi.json')).json()) as ApiDescription;
  page = await (await fetch(`${world.url}/api/docs`)).text();
});
afterAll(() => world.close());

const operations = (): { address: string; path: string; operation: Operation }[] =>
  Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      address: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );

describe('R-18.4 the description for machines', () => {
  it('tells every address that is served under /api/v1, and no other', () => {
    const served = world.server.addresses
      .filter((address) => /^(GET|POST|PATCH|PUT|DELETE) \/api\/v1\//.test(address))
      .map((address) => address.replace('/api/v1', '').replace(/:(\w+)/g, '{$1}'));
    expect(served.length).toBeGreaterThan(30);
    expect(
      operations()
        .map(({ address }) => address)
        .sort(),
    ).toEqual(served.sort());
  });

  it('tells every command that has an address, with the key that makes it safe to repeat', () => {
    const addressed = Object.values(commands).flatMap(({ http }) => http ?? []);
    for (const { method, path } of addressed) {
      const operation = api.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      expect(operation?.parameters.map(({ name }) => name)).toContain('Idempotency-Key');
    }
  });

  it('is OpenAPI 3.1 in its structure', () => {
    expect(api.openapi).toMatch(/^3\.1\./);
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const topics = new Set(api.tags.map(({ name }) => name));
    for (const { path, operation } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const told = operation.parameters.filter((each) => each.in === 'path');
      expect(told.map(({ name }) => name).sort()).toEqual(inPath.sort());
      expect(
        operation.parameters.every(
          ({ schema }) => 'type' in schema || 'anyOf' in schema || 'enum' in schema,
        ),
      ).toBe(true);
      expect(operation.tags.every((tag) => topics.has(tag))).toBe(true);
      expect(operation.summary).toMatch(/^[A-Z].+\.$/);
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
      for (const scheme of operation.security.flatMap(Object.keys))
        expect(api.components.securitySchemes).toHaveProperty(scheme);
    }
  });

  it('refers to nothing that is not there, and names the great things once', () => {
    const text = JSON.stringify(api);
    const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    for (const [, name] of names) expect(api.components.schemas).toHaveProperty(name ?? '');
    expect(new Set(names.map(([, name]) => name)).size).toBeGreaterThan(15);
    expect(text).not.toContain('"$ref":"#/$defs');
  });
});

describe('R-18.4 the description to read', () => {
  it('has a place for every refusal, where problem details point', async () => {
    for (const code of Object.keys(errors)) expect(page).toContain(`<tr id="${code}">`);
    const refused = (await (await world.request(null, '/me')).json()) as { type: string };
    expect(refused.type).toBe('/api/docs#unauthenticated');
  });

  it('tells every address, every frame, and leads nowhere that is not there', () => {
    for (const { address } of operations()) expect(page).toContain(`<code>${address}</code>`);
    for (const frame of ['hello', 'watch', 'snapshot', 'changes', 'timeline', 'ack', 'bye'])
      expect(page).toContain(`<h4><code>${frame}</code></h4>`);
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('runs nothing and fetches nothing from elsewhere', async () => {
    const response = await fetch(`${world.url}/api/docs`);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|style="|https?:\/\//);
    expect((await fetch(`${world.url}/api/docs/style.css`)).headers.get('content-type')).toContain(
      'text/css',
    );
  });
});
