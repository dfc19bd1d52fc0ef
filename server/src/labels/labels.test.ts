import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Queries } from '../platform/store/connect.ts';
import { answerOf, type Office, type OfficeServer, openOffice } from '../testing/office.ts';
import { loadLabels } from './index.ts';

let office: Office;
let server: OfficeServer;
const adam = { kind: 'agent' as const, id: randomUUID() };
beforeAll(async () => {
  office = await openOffice();
  server = office.open();
  const email = 'adam@example.org';
  const input = { agentId: adam.id, userId: randomUUID(), name: 'Adam', email, role: 'admin' };
  answerOf(await server.act(SYSTEM, 'agent.add', input));
});
afterAll(() => office.close());

const color = '#b45309';
const stored = async (labelId: string) =>
  (await loadLabels(office.pool as unknown as Queries, office.workspaceId)).find(
    ({ id }) => id === labelId,
  );
const create = async (name: string) =>
  String(answerOf(await server.act(adam, 'label.create', { name, color })).labelId);

describe('R-2.8 labels', () => {
  it('R-2.8 admins manage them, agents do not', async () => {
    expect(await server.act(office.ann, 'label.create', { name: 'Mine', color })).toMatchObject({
      code: 'forbidden',
    });
    const labelId = await create('Refund');
    for (const kind of ['label.change', 'label.delete', 'label.restore'] as const)
      expect(await server.act(office.ann, kind, { labelId })).toMatchObject({ code: 'forbidden' });
    answerOf(await server.act(adam, 'label.change', { labelId, name: 'Refunds' }));
    expect(await stored(labelId)).toMatchObject({ name: 'Refunds', color, version: 2 });
  });

  it('R-2.8 a name is given once, whatever its case, until its label is deleted', async () => {
    const labelId = await create('Urgent');
    const again = { name: 'URGENT', color };
    expect(await server.act(adam, 'label.create', again)).toMatchObject({
      code: 'already-exists',
      field: 'name',
    });
    answerOf(await server.act(adam, 'label.delete', { labelId }));
    const other = await create('urgent');
    expect(await server.act(adam, 'label.restore', { labelId })).toMatchObject({
      code: 'already-exists',
    });
    answerOf(await server.act(adam, 'label.change', { labelId: other, name: 'Later' }));
    answerOf(await server.act(adam, 'label.restore', { labelId }));
    expect(await stored(labelId)).toMatchObject({ name: 'Urgent', isDeleted: false });
  });

  it('R-2.8 a deleted one can be brought back, and not be changed meanwhile', async () => {
    const labelId = await create('Warranty');
    answerOf(await server.act(adam, 'label.delete', { labelId }));
    expect(await stored(labelId)).toMatchObject({ isDeleted: true });
    expect(await server.act(adam, 'label.change', { labelId, name: 'New' })).toMatchObject({
      code: 'not-found',
    });
  });

  it('what is no name or no colour is refused by name', async () => {
    for (const [input, field] of [
      [{ name: ' ', color }, 'name'],
      [{ name: 'x'.repeat(41), color }, 'name'],
      [{ name: 'Red', color: 'red' }, 'color'],
    ] as const)
      expect(await server.act(adam, 'label.create', input)).toMatchObject({
        code: 'invalid',
        field,
      });
  });
});
