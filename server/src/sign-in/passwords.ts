import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { type Refusal, refuse } from '@deskbell/contract';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** OWASP's recommendation for Argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const cost = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 };
const derive = promisify(argon2);

/** Kept as `argon2id$<memory>$<passes>$<salt>$<tag>`, so that a stronger cost can come later. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { ...cost, message: password.normalize('NFKC'), nonce });
  return [
    'argon2id',
    cost.memory,
    cost.passes,
    nonce.toString('base64url'),
    tag.toString('base64url'),
  ].join('$');
}

export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [, memory, passes, nonce, tag] = kept.split('$');
  if (!nonce || !tag) return false;
  const parameters = { ...cost, memory: Number(memory), passes: Number(passes) };
  const found = await derive('argon2id', {
    ...parameters,
    message: password.normalize('NFKC'),
    nonce: Buffer.from(nonce, 'base64url'),
  });
  const expected = Buffer.from(tag, 'base64url');
  return found.length === expected.length && timingSafeEqual(found, expected);
}

/** What a sign-in with an unknown address is compared with, so that it takes as long as any other. */
export const NOBODYS_HASH = await hashPassword(randomBytes(16).toString('hex'));

/** From 0 (guessed at once) to 4; 3 and above are taken. */
export const ENOUGH = 3;
const estimator = new ZxcvbnFactory({ dictionary: { ...dictionary }, graphs: adjacencyGraphs });

/** How hard the password is to guess for somebody who knows these words about its owner. */
export function strengthOf(password: string, about: readonly string[]): number {
  // The estimate holds everybody up, and its effort grows with length: 77 ms for the worst hundred
  // letters, some 20 ms for forty, which nobody guesses past.
  return estimator.check(password.slice(0, 40), [...about, 'deskbell']).score;
}

/** Why this password may not be chosen, or null. */
export function refusedPassword(given: {
  password: string;
  email: string;
  name?: string;
}): Refusal | null {
  if (strengthOf(given.password, [given.email, given.name ?? '']) >= ENOUGH) return null;
  return refuse(
    'weak-password',
    'This password could be guessed; four or five unrelated words make a good one',
    { field: 'password' },
  );
}
