import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, Stage } from './stage.ts';

const MESSAGES = 50_000;
const CONVERSATIONS = 10_000;

let stage: Stage;
let longId: string;
beforeAll(async () => {
  stage = await Stage.open();
  longId = await fillTimeline();
  await fillLists();
});
afterAll(() => stage.close());

/** Where an element stands on the screen, in px from its upper edge. */
const topOf = (desk: Desk, text: string) =>
  desk.timeline
    .locator('[data-message]')
    .filter({ hasText: new RegExp(`${text}\\b`) })
    .first()
    .evaluate((element) => element.getBoundingClientRect().top);

describe(`a conversation of ${MESSAGES} messages`, () => {
  test('opens at its end at once, with the last page alone', async () => {
    const desk = await stage.desk(stage.world.ann);
    const began = performance.now();
    await desk.page.goto(`/mine/${longId}`);
    await desk.message(`message ${MESSAGES}`).waitFor();
    console.log(
      `from the address to the last message: ${Math.round(performance.now() - began)} ms`,
    );
    expect(await desk.timeline.locator('[data-message]').count()).toBeLessThan(60);
    const box = await desk.message(`message ${MESSAGES}`).boundingBox();
    const view = await desk.timeline.boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(view!.y + view!.height);
  });

  test('stays at its end when the composer grows and the window shrinks', async () => {
    const desk = await stage.desk(stage.world.ann, { path: `/mine/${longId}` });
    await desk.message(`message ${MESSAGES}`).waitFor();
    const below = async () => {
      const end = await desk.timeline.boundingBox();
      const last = await desk.message(`message ${MESSAGES}`).boundingBox();
      return last === null || last.y + last.height > end!.y + end!.height;
    };
    await desk.field.fill('one\ntwo\nthree\nfour\nfive\nsix');
    await expect.poll(below, { timeout: 5_000 }).toBe(false);
    await desk.page.setViewportSize({ width: 390, height: 600 });
    await expect.poll(below, { timeout: 5_000 }).toBe(false);
    await desk.field.fill('');
  });

  test('goes back without end, and what one looks at stays where it is when earlier ones come', async () => {
    const desk = await stage.desk(stage.world.ann, { path: `/mine/${longId}` });
    await desk.message(`message ${MESSAGES}`).waitFor();
    await desk.timeline.hover();
    for (let page = 0; page < 12; page++) {
      const first = await desk.timeline.locator('[data-message]').first().textContent();
      await desk.page.mouse.wheel(0, -1_500);
      await expect
        .poll(() => desk.timeline.locator('[data-message]').first().textContent(), {
          timeout: 30_000,
        })
        .not.toBe(first);
    }
    const shown = await desk.timeline
      .locator('[data-message]')
      .evaluateAll((all) =>
        all.map((each) => /message (\d+)/.exec(each.querySelector('p')?.textContent ?? '')?.[1]),
      );
    const numbers = shown.map(Number);
    expect(numbers[0]!).toBeLessThan(MESSAGES - 100);
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));

    // To the very top: the next page comes, and the row that was first stays where it was.
    await desk.timeline.evaluate((element) => element.scrollTo(0, 0));
    await desk.page.waitForFunction(() => {
      const log = document.querySelector('[role="log"]');
      return log !== null && log.scrollTop > 200;
    });
    await desk.page.getByRole('button', { name: 'To the newest' }).click();
    await desk.message(`message ${MESSAGES}`).waitFor();
  });

  test('follows what comes at its end, and only tells of it further up', async () => {
    const desk = await stage.desk(stage.world.ann, { path: `/mine/${longId}` });
    await desk.message(`message ${MESSAGES}`).waitFor();
    await stage.world.write(stage.world.vera, 'one more');
    await desk.message('one more').waitFor();
    await desk.timeline.hover();
    await desk.page.mouse.wheel(0, -900);
    await desk.page.getByRole('button', { name: 'To the newest' }).waitFor();
    const anchor = `message ${MESSAGES - 12}`;
    // Scrolling has come to rest.
    await desk.message(anchor).hover({ trial: true });
    const before = await topOf(desk, anchor);
    await stage.world.write(stage.world.vera, 'and another');
    await desk.page.getByRole('button', { name: '1 new message' }).waitFor();
    expect(Math.abs((await topOf(desk, anchor)) - before)).toBeLessThan(1.5);
    await desk.page.getByRole('button', { name: '1 new message' }).click();
    await desk.message('and another').waitFor();
  });
});

describe(`lists of ${CONVERSATIONS} conversations`, () => {
  test('R-2.1 load as one goes down and keep their place when entries come', async () => {
    const { ann, walt } = stage.world;
    const desk = await stage.desk(ann, { path: '/open' });
    await desk.cards.first().waitFor();
    const list = desk.page.getByRole('list', { name: 'All open conversations' });

    const scroller = list.locator('..');
    const height = () => list.evaluate((each) => each.clientHeight);
    for (let reached = await height(); reached < 1_000 * 80; reached = await height()) {
      await scroller.evaluate((each) => each.scrollTo(0, each.scrollHeight));
      await expect.poll(height, { timeout: 30_000 }).toBeGreaterThan(reached);
    }
    expect(await desk.cards.count()).toBeLessThan(40);

    await scroller.evaluate((each) => each.scrollTo(0, 40_000));
    await desk.cards.nth(12).hover({ trial: true });
    const middle = await desk.cards.nth(12).getAttribute('data-card');
    const topOfCard = () =>
      desk.page
        .locator(`[data-card="${middle}"]`)
        .evaluate((each) => each.getBoundingClientRect().top);
    const before = await topOfCard();
    await stage.world.write(walt, 'a new one on top');
    await expect
      .poll(() => scroller.evaluate((each) => each.scrollTop), { timeout: 30_000 })
      .not.toBe(40_000);
    expect(Math.abs((await topOfCard()) - before)).toBeLessThan(1.5);

    const search = desk.page.getByRole('textbox', { name: /^Search this list/ });
    await search.fill('order 777');
    await expect
      .poll(async () => {
        const texts = await desk.cards.allInnerTexts();
        return texts.length > 0 && texts.every((text) => text.includes('777'));
      })
      .toBe(true);
    await search.fill('');
    await expect
      .poll(async () => (await desk.cards.allInnerTexts()).some((text) => !text.includes('777')))
      .toBe(true);
    for (let index = 6; index < 11; index++) {
      const id = String(await desk.cards.nth(index).getAttribute('data-card'));
      await desk.page.locator(`[data-card="${id}"]`).click();
      // Its number stands at the end of its id.
      await desk.message(`about order ${Number.parseInt(id.slice(-12), 16)}`).waitFor();
      expect(desk.page.url()).toContain(id);
    }
    // Twenty pages have to come first.
  }, 300_000);
});

/** A long conversation of Vera's that Ann has, straight into its rows: through the rules it would take a minute. */
async function fillTimeline(): Promise<string> {
  const { world } = stage;
  const { workspaceId, ann, vera } = world;
  const sql = world.server.engine.pool;
  const id = '00000000-0000-7000-8001-000000000000';
  const now = Date.now();
  await sql`
    insert into contacts (workspace_id, id, version, name, email, created_at)
    values (${workspaceId}, ${vera.contactId}, 1, 'Vera', null, ${now})`;
  await sql`
    insert into conversations (workspace_id, id, inbox_id, contact_id, seq, status, holder, assignee_id,
      participants, opened_at, queued_at, is_queued_in_front, is_contact_final, last_side, last_at, last_seq,
      last_contact_at, waiting_since, contact_messages)
    values (${workspaceId}, ${id}, ${world.inbox.id}, ${vera.contactId}, ${MESSAGES}, 'open', 'agent',
      ${ann.agentId}, '[]', 1, 1, false, false, 'contact', ${now}, ${MESSAGES}, ${now}, ${now}, 30000)`;
  await sql`
    insert into timeline (workspace_id, conversation_id, seq, id, at, kind, author_kind, author_id, text)
    select ${workspaceId}, ${id}, seq, gen_random_uuid(),
      ${now}::bigint - (${MESSAGES} - seq)::bigint * 60000, 'message',
      case when seq % 3 = 0 then 'agent' else 'contact' end,
      (case when seq % 3 = 0 then ${ann.agentId} else ${vera.contactId} end)::uuid,
      'message ' || seq || repeat(' and some more words', (seq % 5)::int)
    from generate_series(1, ${MESSAGES}) as seq`;
  return id;
}

async function fillLists(): Promise<void> {
  const { world } = stage;
  const sql = world.server.engine.pool;
  await sql`
    insert into contacts (workspace_id, id, version, name, email, created_at)
    select ${world.workspaceId}, ('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1,
      case when n % 2 = 0 then 'Person ' || n end, null, 1
    from generate_series(1, ${CONVERSATIONS}) as n`;
  await sql`
    insert into conversations (workspace_id, id, inbox_id, contact_id, seq, status, holder, assignee_id,
      participants, opened_at, queued_at, is_queued_in_front, is_contact_final, last_side, last_at, last_seq,
      last_contact_at, waiting_since, contact_messages)
    select ${world.workspaceId}, ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
      ${world.inbox.id}, ('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 2, 'open',
      'agent', ${world.ben.agentId}, '[]', at, at, false, false, 'contact', at, 2, at, at, 1
    from generate_series(1, ${CONVERSATIONS}) as n,
      lateral (select (extract(epoch from now()) * 1000)::bigint - n * 1000 as at) as moment`;
  await sql`
    insert into timeline (workspace_id, conversation_id, seq, id, at, kind, author_kind, author_id, text, activity)
    select ${world.workspaceId}, ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, seq,
      gen_random_uuid(), (extract(epoch from now()) * 1000)::bigint - n * 1000,
      case seq when 1 then 'activity' else 'message' end, 'contact',
      ('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
      case seq when 2 then (case when n > 9000 then 'needle ' || (n % 9000) - 1 else 'about order ' || n end) end,
      case seq when 1 then '{"what":"opened"}'::jsonb end
    from generate_series(1, ${CONVERSATIONS}) as n, generate_series(1, 2) as seq`;
  await sql`
    insert into conversation_words (workspace_id, conversation_id, words)
    select c.workspace_id, c.id, ' ' || lower(coalesce(p.name, '') || ' ' || t.text)
    from conversations c join contacts p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    join timeline t on t.workspace_id = c.workspace_id and t.conversation_id = c.id and t.seq = 2
    where c.id < '00000000-0000-7000-8001-000000000000'`;
}
