import { expect, it } from 'vitest';
import { classify } from './failure.ts';

const again = [
  '08006',
  '08P01',
  '40001',
  '40P01',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '55P03',
  '25P02',
  '25P03',
  '25006',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
];

it.each(again)('%s is sent again', (code) => {
  expect(classify({ code })).toBe('again');
});

it.each(['53100', '53200', '53300'])('%s: no room', (code) => {
  expect(classify({ code })).toBe('full');
});

it.each(['23505', '22021', '22P05', '42P01', ''])('"%s" is the fault of a statement', (code) => {
  expect(classify({ code })).toBe('guilty');
});

it('so is an error that bears no code, and what is no error at all', () => {
  for (const error of [new Error('oops'), null, undefined, 'oops'])
    expect(classify(error)).toBe('guilty');
});
