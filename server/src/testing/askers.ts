import type { Person, Visitor, World } from './world.ts';

/** Everybody who could ask, by how they stand to a conversation of the shop's inbox that `ann` has. */
export const askers = [
  'nobody',
  'contact',
  'other contact',
  'contact elsewhere',
  'owner elsewhere',
  'agent without the inbox',
  'in a team elsewhere',
  'in a team that serves it',
  'colleague',
  'agent',
  'supervisor',
  'admin',
  'owner',
] as const;
export type Asker = (typeof askers)[number];

/** `own`: the contact whose conversation it is. */
export function askerIn(world: World, asker: Asker, own: Visitor): Person | Visitor | null {
  const cast: Record<Asker, Person | Visitor | null> = {
    nobody: null,
    contact: own,
    'other contact': world.walt,
    'contact elsewhere': world.elsewhere.wanda,
    'owner elsewhere': world.elsewhere.otto,
    'agent without the inbox': world.cara,
    'in a team elsewhere': world.tom,
    'in a team that serves it': world.tess,
    colleague: world.ben,
    agent: world.ann,
    supervisor: world.susan,
    admin: world.adam,
    owner: world.olga,
  };
  return cast[asker];
}
