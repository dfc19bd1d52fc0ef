import type { Opening, OpeningInput, PreChat, TeamRule } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { contactFactsOf, openingOf, teamByRules } from './opening.rules.ts';

const field = (key: string, kind: PreChat['fields'][number]['kind'], more: object = {}) => ({
  ...{ key, kind, options: [] as string[], isRequired: false, label: { en: key, de: '' } },
  ...more,
});
const form = (...fields: PreChat['fields']): PreChat => ({
  isEnabled: true,
  fields,
  consent: null,
});
const asked = (preChat: PreChat, input: OpeningInput, isFirst = true) =>
  openingOf({ preChat, input, isFirst });
const required = { isRequired: true };
const consent = { text: { en: 'I agree', de: '' }, link: 'https://shop.example/privacy' };

describe('R-9.2 what is asked before the first message', () => {
  it('R-9.2 nothing, where the form is off or the contact has been here: not even consent', () => {
    const preChat = { ...form(field('name', 'name', required)), consent };
    const nothing = { page: null, language: null, answers: [], isAgreed: false };
    const given = { answers: { name: 'Vera' }, isAgreed: true };
    expect(asked({ ...preChat, isEnabled: false }, given)).toEqual(nothing);
    expect(asked(preChat, given, false)).toEqual(nothing);
    expect(asked(preChat, given)).toMatchObject({ answers: [{ value: 'Vera' }], isAgreed: true });
  });

  it('R-9.2 page and language are kept, and what is empty is none', () => {
    const off = { ...form(), isEnabled: false };
    expect(asked(off, { page: '/basket', language: 'de-AT' })).toMatchObject({
      page: '/basket',
      language: 'de-AT',
    });
    expect(asked(off, { page: '', language: '' })).toMatchObject({ page: null, language: null });
  });

  it('R-9.2 what has to be answered is, and what need not be may be left out', () => {
    const preChat = form(field('name', 'name', required), field('city', 'text'));
    expect(asked(preChat, {})).toMatchObject({
      code: 'answers-needed',
      detail: 'name is not answered',
      field: 'opening.answers.name',
    });
    expect(asked(preChat, { answers: { name: '  ' } })).toMatchObject({ code: 'answers-needed' });
    expect(asked(preChat, { answers: { name: ' Vera ', city: '', other: 'x' } })).toMatchObject({
      answers: [{ key: 'name', label: 'name', value: 'Vera' }],
      isAgreed: false,
    });
    // A question may be called as what every object has.
    expect(asked(form(field('toString', 'text')), { answers: {} })).toMatchObject({ answers: [] });
    expect(asked(form(field('toString', 'text')), {})).toMatchObject({ answers: [] });
  });

  it('R-9.2 an answer is of its kind, and a choice one of those offered', () => {
    const choice = field('topic', 'choice', { options: ['Sales', 'Help'] });
    const text = field('city', 'text', { options: ['Sales'] });
    const answered = (one: PreChat['fields'][number], answer: string) => {
      const opening = asked(form(one), { answers: { [one.key]: answer } });
      return 'code' in opening ? opening.detail : opening.answers[0]?.value;
    };
    expect(answered(field('mail', 'email'), 'Vera@Example.org')).toBe('vera@example.org');
    expect(answered(field('mail', 'email'), 'vera')).toBe('mail is no email');
    expect(answered(choice, 'Help')).toBe('Help');
    expect(answered(choice, 'Else')).toBe('topic is no choice');
    expect(answered(text, 'Linz')).toBe('Linz');
  });

  it('R-9.2 the words of the question are the widget’s language’s, else those that there are', () => {
    const words = (label: { en: string; de: string }, language?: string) => {
      const input = { answers: { city: 'Linz' }, ...(language !== undefined && { language }) };
      const opening = asked(form(field('city', 'text', { label })), input);
      return 'code' in opening ? opening.code : opening.answers[0]?.label;
    };
    const both = { en: 'City', de: 'Stadt' };
    expect([words(both, 'DE-at'), words(both, 'en'), words(both, 'fr'), words(both)]).toEqual([
      ...['Stadt', 'City', 'City', 'City'],
    ]);
    expect(words({ en: 'City', de: '' }, 'de')).toBe('City');
    expect(words({ en: '', de: 'Stadt' }, 'en')).toBe('Stadt');
    expect(words({ en: '', de: '' }, 'de')).toBe('city');
  });

  it('R-9.2 where consent is asked for, it is given', () => {
    const preChat = { ...form(), consent };
    for (const isAgreed of [undefined, false])
      expect(asked(preChat, isAgreed === undefined ? {} : { isAgreed })).toMatchObject({
        code: 'answers-needed',
        field: 'opening.isAgreed',
      });
    expect(asked(preChat, { isAgreed: true })).toMatchObject({ isAgreed: true });
    expect(asked(form(), { isAgreed: true })).toMatchObject({ isAgreed: false });
  });

  it('R-9.2 name, mail and telephone are the contact’s own: of two, what is asked first', () => {
    const preChat = form(
      ...[field('city', 'text'), field('who', 'name'), field('also', 'name')],
      ...[field('mail', 'email'), field('phone', 'phone'), field('topic', 'choice')],
    );
    const facts = (answers: Record<string, string>) =>
      contactFactsOf(preChat, {
        ...{ page: null, language: null, isAgreed: false },
        answers: Object.entries(answers).map(([key, value]) => ({ key, label: key, value })),
      });
    expect(facts({ city: 'Linz', topic: 'Sales' })).toEqual({});
    expect(facts({ also: 'Vee', who: 'Vera', mail: 'v@x.org', phone: '+43 1' })).toEqual({
      ...{ name: 'Vera', email: 'v@x.org', phone: '+43 1' },
    });
    expect(facts({ also: 'Vee' })).toEqual({ name: 'Vee' });
  });
});

describe('R-3.6 the team of what is opened', () => {
  const opening = (known: Partial<Opening>): Opening => ({
    ...{ page: null, language: null, answers: [], isAgreed: false },
    ...known,
  });
  const team = (when: TeamRule['when'], known: Partial<Opening>) =>
    teamByRules([{ teamId: 'sales', when } as TeamRule], opening(known));
  const topic = (value: string) => ({ answers: [{ key: 'topic', label: 'Topic', value }] });

  it('R-3.6 a rule holds by page, language or answer, however they are written', () => {
    const page = { pageContains: '/Basket' };
    expect(team(page, { page: 'https://shop.example/basket?x', language: 'en' })).toBe('sales');
    expect(team(page, { page: 'https://shop.example/' })).toBeNull();
    expect(team(page, {})).toBeNull();
    const language = { language: 'de' as const };
    expect(team(language, { language: 'DE-AT' })).toBe('sales');
    expect(team(language, { language: 'en' })).toBeNull();
    expect(team(language, {})).toBeNull();
    const answer = { answer: { key: 'topic', value: 'Sales' } };
    expect(team(answer, topic('sales'))).toBe('sales');
    expect(team(answer, topic('Help'))).toBeNull();
    expect(team(answer, {})).toBeNull();
    expect(team({ answer: { key: 'city', value: 'Sales' } }, topic('Sales'))).toBeNull();
  });

  it('R-3.6 all that a rule names has to hold', () => {
    const when = {
      ...{ pageContains: 'basket', language: 'de' as const },
      answer: { key: 'topic', value: 'Sales' },
    };
    const known = { page: '/basket', language: 'de', ...topic('Sales') };
    expect(team(when, known)).toBe('sales');
    expect(team(when, { ...known, page: '/' })).toBeNull();
    expect(team(when, { ...known, language: 'en' })).toBeNull();
    expect(team(when, { ...known, ...topic('Help') })).toBeNull();
  });

  it('R-3.6 the first that holds decides; with none it is the whole inbox’s', () => {
    const rules = ['de', 'en', 'en'].map((language, index) => ({
      teamId: `team-${index}`,
      when: { language },
    })) as unknown as TeamRule[];
    expect(teamByRules(rules, opening({ language: 'en' }))).toBe('team-1');
    expect(teamByRules(rules, opening({ language: 'fr' }))).toBeNull();
    expect(teamByRules([], opening({}))).toBeNull();
  });
});
