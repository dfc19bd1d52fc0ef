import { preChatLimits, textLimits } from '@deskbell/contract';
import type { Gallery } from './gallery.ts';

/** As in contract/src/text.ts. */
const NAME = 120;
const LABEL = 40;
const EMAIL = 254;

/**
 * From right to left, then a family of one sign, a word without a blank, and brackets that would turn; where there
 * is no room for all that, the word alone.
 */
function long(beginning: string, limit: number): string {
  const [before, after] = limit < 40 ? ['', ''] : ['مُحمّد 👩‍👩‍👧‍👦 ', ' (2)'];
  const word = beginning.padEnd(limit - before.length - after.length, 'W');
  return `${before}${word}${after}`.normalize();
}

/** Everybody and everything is called as long as may be. */
export async function rename(gallery: Gallery) {
  const { stage, labelId } = gallery;
  const { world } = stage;
  const { olga, adam, ann, ben, tess, vera, walt, inbox, wholesale } = world;
  // Who writes once more begins anew.
  await world.act(adam, 'workspace.change-settings', { reopenWithinMs: 0 });
  const names: string[] = [];
  const named = (beginning: string, limit: number) => {
    const name = long(beginning, limit);
    names.push(name);
    return name;
  };
  for (const who of [olga, adam, world.susan, ann, ben, world.cara, tess, world.tom])
    await world.act(who, 'agent.rename', { name: named(who.name, NAME) });
  await world.act(olga, 'workspace.change', { name: named('Northwind', NAME) });
  for (const [teamId, beginning] of [
    [world.support, 'Support'],
    [world.sales, 'Sales'],
  ] as const)
    await world.act(adam, 'team.change', { teamId, name: named(beginning, NAME) });
  const labels = [labelId];
  await world.act(adam, 'label.change', { labelId, name: named('Refund', LABEL) });
  for (const beginning of ['Bug', 'Parcel', 'Thanks']) {
    const made = { name: named(beginning, LABEL), color: '#c22f2f' };
    labels.push(String((await world.act(adam, 'label.create', made)).answer.labelId));
  }
  const words = (beginning: string) => ({
    heading: named(beginning, textLimits.heading),
    firstWords: named(beginning, textLimits.firstWords),
    offline: named(beginning, textLimits.offline),
    launcher: named(beginning, textLimits.launcher),
  });
  const options = ['A', 'B', 'C'].map((each) => named(each, preChatLimits.option));
  const fields = (['name', 'email', 'phone', 'text', 'choice'] as const).map((kind) => {
    const label = named(kind, preChatLimits.label);
    const its = kind === 'choice' ? options : [];
    return { key: kind, kind, label: { en: label, de: label }, options: its, isRequired: false };
  });
  const consent = named('Consent', preChatLimits.consent);
  for (const [each, beginning] of [
    [inbox, 'Shop'],
    [wholesale, 'Wholesale'],
  ] as const)
    await world.act(adam, 'inbox.change', {
      inboxId: each.id,
      name: named(beginning, NAME),
      look: { launcher: 'word', texts: { en: words(beginning), de: words(beginning) } },
      domains:
        each === inbox ? [] : [`${'w'.repeat(63)}.${'w'.repeat(63)}.${'w'.repeat(63)}.example`],
      preChat: {
        isEnabled: each === inbox,
        fields,
        consent: { text: { en: consent, de: consent }, link: 'https://shop.example/privacy' },
      },
    });
  const rules = [{ when: { answer: { key: 'choice', value: options[0] } }, teamId: world.support }];
  await world.act(adam, 'inbox.change-team-rules', { inboxId: inbox.id, teamRules: rules });

  const email = `${'w'.repeat(60)}@${'w'.repeat(60)}.${'w'.repeat(60)}.${'w'.repeat(60)}.example`;
  for (const [who, beginning] of [
    [vera, 'Vera'],
    [walt, 'Walt'],
  ] as const)
    await world.act(ann, 'contact.change', {
      contactId: who.contactId,
      name: named(beginning, NAME),
      email: email.slice(0, EMAIL),
      phone: '+49 30 901820 '.padEnd(31, '0'),
    });
  const { invitations } = world.server.engine.signIn;
  const given = { workspaceId: world.workspaceId, by: olga.agentId, email, role: 'agent' } as const;
  const invited = await invitations.invite({ ...given, inboxIds: [inbox.id, wholesale.id] });

  // One conversation in which all of it meets.
  const visitor = world.newVisitor();
  const opened = await world.act(visitor, 'message.receive', {
    text: named('Hello', 500),
    opening: {
      isAgreed: true,
      page: `https://shop.example/${'w'.repeat(400)}`,
      answers: { text: named('Answer', 400), choice: options[0] },
    },
  });
  const conversationId = String(opened.answer.conversationId);
  const on = { conversationId };
  await world.act(ann, 'conversation.join', on);
  await world.act(ann, 'conversation.add-participant', { ...on, agentId: ben.agentId });
  await world.act(ann, 'conversation.label', { ...on, add: labels });
  await world.act(ann, 'conversation.flag', on);
  await world.act(ben, 'message.send', { ...on, text: 'One moment' });
  await world.act(ann, 'note.add', { ...on, text: named('Note', 300) });
  gallery.names = {
    ...{ olga: long('Olga', NAME), ann: long('Ann', NAME), support: long('Support', NAME) },
    ...{ refund: long('Refund', LABEL), eastgate: named('Eastgate', NAME) },
  };
  return { names, conversationId, invited: invited.token };
}
