import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictures } from '../testing/pictures.ts';
import { createWorld, type Person, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const put = (who: Person, data: string) =>
  world.request(who, '/me/picture', { method: 'PUT', body: { data } });
const shownOf = async (who: Person) => {
  const { picture } = ((await (await put(who, pictures.webp)).json()) ?? {}) as { picture: string };
  return picture;
};
const fetchPicture = (hash: string) => fetch(`${world.url}/pictures/${hash}`);
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

describe('the picture of an agent', () => {
  it('R-18.2 is seen by colleagues and by the contact they serve, and lies where its hash says', async () => {
    const { ann, ben, vera } = world;
    const conversationId = await world.write(vera, 'Hello');
    const widget = await world.connect(vera);
    const desk = await world.connect(ben);
    await world.connect(ann);
    await world.act(ann, 'conversation.accept', { conversationId });
    const picture = await shownOf(ann);

    const isShown = ({ entities }: { entities: { agents?: object[] | undefined } }) =>
      entities.agents?.some((agent) => 'picture' in agent && agent.picture === picture) === true;
    await desk.next('changes', isShown);
    await widget.next('changes', isShown);

    const response = await fetchPicture(picture);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*; sandbox$/),
      'cross-origin-resource-policy': 'same-origin',
    });
    expect((await response.arrayBuffer()).byteLength).toBeLessThan(606);
  });

  it('R-18.2 that is none is refused with a word why, and the one before stays', async () => {
    const before = await shownOf(world.ben);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    const none = await put(world.ben, svg.toString('base64'));
    expect([none.status, await codeOf(none)]).toEqual([422, 'not-a-picture']);
    const tooMany = await put(world.ben, Buffer.alloc(100_001).toString('base64'));
    expect([tooMany.status, await codeOf(tooMany)]).toEqual([422, 'picture-out-of-bounds']);
    const wide = Buffer.from(pictures.png, 'base64');
    expect(await codeOf(await put(world.ben, 'no base64!'))).toBe('invalid');
    expect(await codeOf(await put(world.ben, tooWide(wide).toString('base64')))).toBe(
      'picture-out-of-bounds',
    );
    const agents = (await (await world.request(world.ben, '/agents')).json()) as {
      agents: { id: string; picture: string | null }[];
    };
    expect(agents.agents.find(({ id }) => id === world.ben.agentId)?.picture).toBe(before);
  });

  it('R-18.2 that was taken away again at once is shown to nobody', async () => {
    const { tess } = world;
    const { picture } = (await (await put(tess, pictures.lossless)).json()) as { picture: string };
    expect((await world.request(tess, '/me/picture', { method: 'DELETE' })).status).toBe(204);
    expect((await fetchPicture(picture)).status).toBe(404);
  });

  it('R-18.2 that was taken away is kept by nobody', async () => {
    const { cara, server } = world;
    const first = await put(cara, pictures.png);
    const { picture } = (await first.json()) as { picture: string };
    expect((await fetchPicture(picture)).status).toBe(200);
    await server.engine.pool`update agent_pictures set made_at = made_at - 60001`;
    const removed = await world.request(cara, '/me/picture', { method: 'DELETE' });
    expect(removed.status).toBe(204);
    expect((await fetchPicture(picture)).status).toBe(404);
    expect((await fetchPicture('x'.repeat(43))).status).toBe(404);
  });
});

/** The same with another width in its head, and the check sum that goes with it. */
function tooWide(png: Buffer): Buffer {
  const changed = Buffer.from(png);
  changed.writeUInt32BE(1025, 16);
  changed.writeUInt32BE(crc32(changed.subarray(12, 29)), 29);
  return changed;
}

describe('what an agent says of themselves', () => {
  const profileOf = async (who: Person) =>
    (await (await world.request(who, '/me/profile')).json()) as object;
  const patch = (who: Person, path: string, body: object) =>
    world.request(who, path, { method: 'PATCH', body });

  it('R-18.2 languages are tags that mean something, each once, and seen by colleagues', async () => {
    const { ann, ben } = world;
    for (const languages of [['english'], ['?'], ['en', 'en'], ['de-at'], ['x'.repeat(40)]])
      expect((await patch(ann, '/me/profile', { languages })).status).toBe(400);
    expect((await patch(ann, '/me/profile', { languages: ['de', 'pt-BR'] })).status).toBe(200);
    const { agents } = (await (await world.request(ben, '/agents')).json()) as {
      agents: { id: string; languages: string[] }[];
    };
    expect(agents.find(({ id }) => id === ann.agentId)?.languages).toEqual(['de', 'pt-BR']);
  });

  it('R-18.2 a signature has at most 500 characters', async () => {
    expect((await patch(world.ann, '/me/profile', { signature: 'x'.repeat(501) })).status).toBe(
      400,
    );
    await patch(world.ann, '/me/profile', { signature: '**Ann**, Shop' });
    expect(await profileOf(world.ann)).toMatchObject({ signature: '**Ann**, Shop' });
  });

  it('R-18.2 theme, language and shortcuts are the same on all devices, and nobody else sees them', async () => {
    const { ann, ben } = world;
    await patch(ann, '/me/preferences', { theme: 'dark', shortcuts: { accept: 'y' } });
    await patch(ann, '/me/preferences', { language: 'de', areLettersOn: false });
    expect(await profileOf(ann)).toMatchObject({
      preferences: {
        theme: 'dark',
        language: 'de',
        areLettersOn: false,
        shortcuts: { accept: 'y' },
      },
    });
    expect(await profileOf(ben)).toMatchObject({ preferences: {} });
    for (const wrong of [{ theme: 'pink' }, { shortcuts: { 'a b': 'x' } }, { other: 1 }])
      expect((await patch(ann, '/me/preferences', wrong)).status).toBe(400);
  });
});
