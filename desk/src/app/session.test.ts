import { describe, expect, it } from 'vitest';
import { returnPath } from './session.ts';

describe('the way back after signing in', () => {
  it('is a path of the desk', () => {
    expect(returnPath('/mine/019a?x=1')).toBe('/mine/019a?x=1');
    expect(returnPath('/settings/people')).toBe('/settings/people');
  });

  it.each([
    undefined,
    '',
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n\\elsewhere.example',
    '/.//elsewhere.example',
  ])('is never a page of somebody else: %s', (back) => {
    expect(returnPath(back)).toBe('/');
  });

  it('leads to no sign-in again', () => {
    expect(returnPath('/sign-in?back=/mine')).toBe('/');
    expect(returnPath('/set-up')).toBe('/');
    expect(returnPath('/./sign-in')).toBe('/');
  });
});
