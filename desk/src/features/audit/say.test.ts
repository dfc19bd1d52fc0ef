import {
  auditKinds,
  auditTopics,
  lookSchema,
  preChatSchema,
  widgetTextsSchema,
} from '@deskbell/contract';
import { expect, it } from 'vitest';
import { en } from '../../app/texts/en.ts';

/** The text at `a.b.c`. */
const textAt = (path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((texts, key) => (Object(texts) as Record<string, unknown>)[key], en.audit);

it('R-18.3 every kind of change has its sentence, every topic and field its word', () => {
  const { texts: _, ...look } = lookSchema.shape;
  const fields = [
    ...['name', 'role', 'color', 'greeting', 'domains', 'teamRules'],
    ...Object.keys(preChatSchema.shape).map((name) => `preChat-${name}`),
    ...Object.keys(look).map((name) => `look-${name}`),
    ...Object.keys(widgetTextsSchema.shape).map((name) => `texts-${name}`),
  ];
  const wanted = [
    ...Object.keys(auditKinds).map((kind) => `what.${kind}`),
    ...auditTopics.map((topic) => `topics.${topic}`),
    ...fields.map((field) => `fields.${field}`),
  ];
  expect(wanted.filter((path) => typeof textAt(path) !== 'string')).toEqual([]);
});
