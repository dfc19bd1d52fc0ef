import { z } from 'zod';
import { type CommandDefinition, define } from './command-definition.ts';
import { conversationCommands } from './conversation-commands.ts';
import { availabilitySchema, roleSchema } from './entities.ts';
import {
  agentIdSchema,
  contactIdSchema,
  inboxIdSchema,
  labelIdSchema,
  teamIdSchema,
} from './ids.ts';
import { lookChangeSchema } from './look.ts';
import { phoneSchema, preChatSchema, teamRulesSchema } from './pre-chat.ts';
import { signatureSchema, spokenSchema } from './profile.ts';
import { capacitySchema, settingsChangeSchema } from './settings.ts';
import {
  colorSchema,
  domainsSchema,
  emailSchema,
  greetingSchema,
  labelNameSchema,
  nameSchema,
  storable,
} from './text.ts';

export type { ActorKind, CommandDefinition } from './command-definition.ts';

const onTeam = z.strictObject({ teamId: teamIdSchema });
const teamAndAgent = onTeam.extend({ agentId: agentIdSchema });
const inboxAndTeam = z.strictObject({ inboxId: inboxIdSchema, teamId: teamIdSchema });
const nothing = z.object({});

/** Every change that enters the log, by kind. The server refuses to start when one has no handler. */
export const commands = {
  ...conversationCommands,
  'contact.change': define({
    summary: "Change a contact's name, email or telephone number.",
    actors: ['agent'],
    input: z.strictObject({
      contactId: contactIdSchema,
      name: nameSchema.nullable().optional(),
      email: emailSchema.nullable().optional(),
      phone: phoneSchema.nullable().optional(),
    }),
    answer: nothing,
    http: { method: 'PATCH', path: '/contacts/:contactId' },
  }),
  'agent.add': define({
    summary: 'Somebody enters the workspace: its creator, or whoever follows an invitation.',
    actors: ['system'],
    input: z.strictObject({
      agentId: agentIdSchema,
      userId: z.guid(),
      name: nameSchema,
      email: emailSchema,
      role: roleSchema,
    }),
    answer: nothing,
    http: null,
  }),
  'agent.rename': define({
    summary: "Change one's own name.",
    actors: ['agent'],
    input: z.strictObject({ name: nameSchema }),
    answer: nothing,
    http: { method: 'PATCH', path: '/me' },
  }),
  'agent.change-profile': define({
    summary: "Change the languages that one speaks, or the signature under one's mail.",
    actors: ['agent'],
    input: z.strictObject({
      languages: spokenSchema.optional(),
      signature: signatureSchema.optional(),
    }),
    answer: nothing,
    http: { method: 'PATCH', path: '/me/profile' },
  }),
  'agent.change-picture': define({
    summary: 'Another picture of an agent has been stored, or they want none.',
    actors: ['system'],
    input: z.strictObject({
      agentId: agentIdSchema,
      picture: storable(z.string().max(64)).nullable(),
    }),
    answer: nothing,
    http: null,
  }),
  'agent.set-availability': define({
    summary:
      'Go online, away or offline. Offline, `conversations` says what becomes of the open ones: they are kept, or all queued again; unsaid: those whose contact waits, the rest when theirs writes.',
    actors: ['agent'],
    input: z.strictObject({
      availability: availabilitySchema,
      conversations: z.enum(['keep', 'queue']).optional(),
    }),
    answer: nothing,
    http: { method: 'PUT', path: '/me/availability' },
  }),
  'agent.sign-in': define({
    summary:
      'An agent signed in, or touches a desk again: as available as at their last sign-out, or before nobody touched one.',
    actors: ['system'],
    input: z.strictObject({ agentId: agentIdSchema }),
    answer: nothing,
    http: null,
  }),
  'agent.sign-out': define({
    summary: 'A session of the agent ended: offline, unless a desk of another one is connected.',
    actors: ['system'],
    input: z.strictObject({
      agentId: agentIdSchema,
      conversations: z.enum(['keep', 'queue']).optional(),
    }),
    answer: nothing,
    http: null,
  }),
  'agent.tick': define({
    summary: "An agent's desks may have been gone for too long: then they are offline.",
    actors: ['system'],
    input: z.strictObject({ agentId: agentIdSchema }),
    answer: nothing,
    http: null,
  }),
  'agent.set-capacity': define({
    summary: "How many open conversations an agent may have; null: the workspace's number.",
    actors: ['agent'],
    input: z.strictObject({ agentId: agentIdSchema, capacity: capacitySchema.nullable() }),
    answer: nothing,
    http: { method: 'PUT', path: '/agents/:agentId/capacity' },
  }),
  'routing.run': define({
    summary: 'Gives those who wait to agents who are online, where routing is automatic.',
    actors: ['system'],
    input: z.strictObject({}),
    answer: z.object({
      /** false: conversations are handed out by people here. */
      isAutomatic: z.boolean(),
      /** There may be more for a further run. */
      isLeft: z.boolean(),
    }),
    http: null,
  }),
  'agent.change-role': define({
    summary:
      "Change an agent's role. Nobody changes somebody above themselves, or gives more than they have.",
    actors: ['agent'],
    input: z.strictObject({ agentId: agentIdSchema, role: roleSchema }),
    answer: nothing,
    http: { method: 'PATCH', path: '/agents/:agentId' },
  }),
  'agent.deactivate': define({
    summary:
      'An agent may no longer come in: their sessions end, and what they have goes back to the queue.',
    actors: ['agent'],
    input: z.strictObject({ agentId: agentIdSchema }),
    answer: nothing,
    http: { method: 'POST', path: '/agents/:agentId/deactivate' },
  }),
  'agent.reactivate': define({
    summary: 'A deactivated agent may come in again, with the role and inboxes they had.',
    actors: ['agent'],
    input: z.strictObject({ agentId: agentIdSchema }),
    answer: nothing,
    http: { method: 'POST', path: '/agents/:agentId/reactivate' },
  }),
  'workspace.change': define({
    summary: "Change the workspace's name.",
    actors: ['agent'],
    input: z.strictObject({ name: nameSchema }),
    answer: nothing,
    http: { method: 'PATCH', path: '/workspace' },
  }),
  'workspace.change-settings': define({
    summary: 'Change settings of the workspace: what is named changes, in force at once.',
    actors: ['agent'],
    input: settingsChangeSchema,
    answer: nothing,
    http: { method: 'PATCH', path: '/workspace/settings' },
  }),
  'inbox.create': define({
    summary: 'Create a web inbox. Who creates it is its first member.',
    actors: ['agent', 'system'],
    input: z.strictObject({ name: nameSchema }),
    answer: z.object({ inboxId: inboxIdSchema }),
    http: { method: 'POST', path: '/inboxes' },
  }),
  'inbox.change': define({
    summary:
      'Change an inbox: its name, colour, greeting, look, what it asks before the first message, or the domains that may embed it.',
    actors: ['agent'],
    input: z.strictObject({
      inboxId: inboxIdSchema,
      name: nameSchema.optional(),
      color: colorSchema.optional(),
      greeting: greetingSchema.optional(),
      look: lookChangeSchema.optional(),
      domains: domainsSchema.optional(),
      preChat: preChatSchema.optional(),
    }),
    answer: nothing,
    http: { method: 'PATCH', path: '/inboxes/:inboxId' },
  }),
  'inbox.add-member': define({
    summary: 'Let an agent serve an inbox.',
    actors: ['agent', 'system'],
    input: z.strictObject({ inboxId: inboxIdSchema, agentId: agentIdSchema }),
    answer: nothing,
    http: { method: 'PUT', path: '/inboxes/:inboxId/members/:agentId' },
  }),
  'inbox.remove-member': define({
    summary: 'An agent no longer serves an inbox; their open desks lose sight of it at once.',
    actors: ['agent'],
    input: z.strictObject({ inboxId: inboxIdSchema, agentId: agentIdSchema }),
    answer: nothing,
    http: { method: 'DELETE', path: '/inboxes/:inboxId/members/:agentId' },
  }),
  'label.create': define({
    summary: 'Create a label. Names are given once, whatever their case.',
    actors: ['agent', 'system'],
    input: z.strictObject({ name: labelNameSchema, color: colorSchema }),
    answer: z.object({ labelId: labelIdSchema }),
    http: { method: 'POST', path: '/labels' },
  }),
  'label.change': define({
    summary: "Change a label's name or colour, on everything that bears it.",
    actors: ['agent'],
    input: z.strictObject({
      labelId: labelIdSchema,
      name: labelNameSchema.optional(),
      color: colorSchema.optional(),
    }),
    answer: nothing,
    http: { method: 'PATCH', path: '/labels/:labelId' },
  }),
  'label.delete': define({
    summary: 'Take a label off everything. It can be brought back where it was.',
    actors: ['agent'],
    input: z.strictObject({ labelId: labelIdSchema }),
    answer: nothing,
    http: { method: 'DELETE', path: '/labels/:labelId' },
  }),
  'label.restore': define({
    summary: 'Bring a deleted label back, on everything that bore it.',
    actors: ['agent'],
    input: z.strictObject({ labelId: labelIdSchema }),
    answer: nothing,
    http: { method: 'POST', path: '/labels/:labelId/restore' },
  }),
  'inbox.add-team': define({
    summary: 'Let a team serve an inbox: its members see what arrives there.',
    actors: ['agent', 'system'],
    input: inboxAndTeam,
    answer: nothing,
    http: { method: 'PUT', path: '/inboxes/:inboxId/teams/:teamId' },
  }),
  'inbox.remove-team': define({
    summary: 'A team no longer serves an inbox; its members lose sight of it at once.',
    actors: ['agent'],
    input: inboxAndTeam,
    answer: nothing,
    http: { method: 'DELETE', path: '/inboxes/:inboxId/teams/:teamId' },
  }),
  'inbox.change-team-rules': define({
    summary: 'Say which team gets what is opened in an inbox: the first rule that holds.',
    actors: ['agent'],
    input: z.strictObject({ inboxId: inboxIdSchema, teamRules: teamRulesSchema }),
    answer: nothing,
    http: { method: 'PUT', path: '/inboxes/:inboxId/team-rules' },
  }),
  'team.create': define({
    summary: 'Create a team; it has no members yet.',
    actors: ['agent', 'system'],
    input: z.strictObject({ name: nameSchema }),
    answer: z.object({ teamId: teamIdSchema }),
    http: { method: 'POST', path: '/teams' },
  }),
  'team.change': define({
    summary: 'Rename a team.',
    actors: ['agent'],
    input: onTeam.extend({ name: nameSchema }),
    answer: nothing,
    http: { method: 'PATCH', path: '/teams/:teamId' },
  }),
  'team.delete': define({
    summary:
      'Delete a team. Inboxes lose it, and its unclosed conversations return to the whole inbox. It can be brought back.',
    actors: ['agent'],
    input: onTeam,
    answer: nothing,
    http: { method: 'DELETE', path: '/teams/:teamId' },
  }),
  'team.restore': define({
    summary:
      'Bring a deleted team back: its members, its inboxes, the rules that chose it, and the conversations that nobody has passed on since.',
    actors: ['agent'],
    input: onTeam,
    answer: nothing,
    http: { method: 'POST', path: '/teams/:teamId/restore' },
  }),
  'team.add-member': define({
    summary: 'Take an agent into a team.',
    actors: ['agent', 'system'],
    input: teamAndAgent,
    answer: nothing,
    http: { method: 'PUT', path: '/teams/:teamId/members/:agentId' },
  }),
  'team.remove-member': define({
    summary:
      'An agent leaves a team; their open desks lose sight at once of what they saw through it alone.',
    actors: ['agent'],
    input: teamAndAgent,
    answer: nothing,
    http: { method: 'DELETE', path: '/teams/:teamId/members/:agentId' },
  }),
} as const satisfies Record<string, CommandDefinition>;

export type CommandKind = keyof typeof commands;
export type CommandInput<Kind extends CommandKind> = z.infer<(typeof commands)[Kind]['input']>;
export type CommandAnswer<Kind extends CommandKind> = z.infer<(typeof commands)[Kind]['answer']>;

/** Narrows a word from the wire to a kind of command. */
export function isCommandKind(kind: string): kind is CommandKind {
  return Object.hasOwn(commands, kind);
}
