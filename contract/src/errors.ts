/**
 * Every way the server says no. A code is never reused for another meaning, and its message says what
 * was found and what was expected. `retry`: the same command may be sent again as it is, later.
 */
export const errors = {
  invalid: { status: 400, title: 'Something in the request is not as it should be', retry: false },
  'malformed-frame': { status: 400, title: 'The frame is not JSON of a known kind', retry: false },
  unauthenticated: { status: 401, title: 'Nobody is signed in here', retry: false },
  'wrong-password': {
    status: 401,
    title: 'Email and password do not fit together',
    retry: false,
  },
  'session-ended': { status: 401, title: 'This session has ended; sign in again', retry: false },
  forbidden: { status: 403, title: 'You may not do this', retry: false },
  'no-workspace': {
    status: 403,
    title: 'You belong to no workspace any more; ask whoever runs it',
    retry: false,
  },
  'not-a-member': {
    status: 403,
    title: 'You do not belong to this workspace, or no longer',
    retry: false,
  },
  'invitation-not-yours': {
    status: 403,
    title: 'The invitation is for another email address',
    retry: false,
  },
  deactivated: {
    status: 403,
    title: 'You were deactivated in this workspace; an admin can let you in again',
    retry: false,
  },
  'wrong-origin': { status: 403, title: 'This address may not embed the widget', retry: false },
  /** "Not yours" and "not there" are one answer, so that nobody learns what exists. */
  'not-found': {
    status: 404,
    title: 'There is nothing here, or it is not yours to see',
    retry: false,
  },
  taken: { status: 409, title: 'Somebody else has this conversation', retry: false },
  'already-yours': { status: 409, title: 'You have this conversation already', retry: false },
  'not-in-conversation': {
    status: 409,
    title: 'Join the conversation before you answer in it',
    retry: false,
  },
  'conversation-closed': {
    status: 409,
    title: 'The conversation is closed; reopen it first',
    retry: false,
  },
  'conversation-unclosed': {
    status: 409,
    title: 'The contact has an unclosed conversation in this inbox',
    retry: false,
  },
  'wrong-state': {
    status: 409,
    title: 'The conversation is not in a state for this',
    retry: false,
  },
  'at-capacity': {
    status: 409,
    title: 'You have as many open conversations as you may have; close one first',
    retry: false,
  },
  'agent-at-capacity': {
    status: 409,
    title: 'This agent has as many open conversations as they may have',
    retry: false,
  },
  'agent-offline': { status: 409, title: 'This agent is not online', retry: false },
  'already-in': { status: 409, title: 'This agent is in the conversation already', retry: false },
  'answers-needed': {
    status: 422,
    title: 'What is asked before the first message has to be answered',
    retry: false,
  },
  'no-target': {
    status: 409,
    title: 'Conversations may not be passed on to this agent or team',
    retry: false,
  },
  'changed-meanwhile': {
    status: 409,
    title: 'Something else has happened to it meanwhile',
    retry: false,
  },
  'jobs-unfinished': {
    status: 409,
    title:
      'Too many of your jobs on many conversations go on; wait until one has ended, or stop one',
    retry: false,
  },
  'reason-needed': {
    status: 422,
    title: 'What is done by force needs a reason',
    retry: false,
  },
  offline: { status: 409, title: 'You are not online; go online first', retry: false },
  'last-owner': {
    status: 409,
    title: 'The workspace needs an owner; make somebody else one first',
    retry: false,
  },
  'already-exists': { status: 409, title: 'This exists already', retry: false },
  'repeated-id': { status: 409, title: 'This id was used before for something else', retry: false },
  'weak-password': { status: 422, title: 'The password is too easy to guess', retry: false },
  'invitation-spent': {
    status: 410,
    title: 'There is no such invitation any more',
    retry: false,
  },
  'invitation-used': { status: 410, title: 'The invitation has been used', retry: false },
  'invitation-expired': { status: 410, title: 'The invitation has expired', retry: false },
  'invitation-withdrawn': { status: 410, title: 'The invitation was withdrawn', retry: false },
  'reset-spent': {
    status: 410,
    title: 'The link for a new password was used, or its hour is over',
    retry: false,
  },
  'no-mail': {
    status: 409,
    title: 'No mail can be sent from here; ask an admin',
    retry: false,
  },
  'position-too-old': {
    status: 410,
    title: 'The position lies before what the log still holds',
    retry: false,
  },
  'not-a-picture': {
    status: 422,
    title: 'This is no picture that can be shown: JPEG, PNG or WebP is expected',
    retry: false,
  },
  'picture-out-of-bounds': {
    status: 422,
    title: 'The picture is too large or too small: 32 to 1024 px a side and 100 kB are allowed',
    retry: false,
  },
  'too-large': { status: 413, title: 'The request is larger than allowed', retry: false },
  'too-many': { status: 429, title: 'Too many requests; wait a little', retry: true },
  /** The server's own fault, counted and logged. Nothing was changed. */
  failed: { status: 500, title: 'The server failed on this; nothing was changed', retry: false },
  busy: { status: 503, title: 'Too much at once; it will be tried again', retry: true },
  unavailable: {
    status: 503,
    title: 'The database is out of reach; it will be tried again',
    retry: true,
  },
} as const satisfies Record<string, { status: number; title: string; retry: boolean }>;

export type ErrorCode = keyof typeof errors;

/** A refusal is a value, not an exception: `code` of the catalogue, `detail` for people, `field` where one is at fault. */
export interface Refusal {
  code: ErrorCode;
  detail: string;
  field?: string;
  /** Who has it, for `taken`. */
  agentId?: string;
}

export function refuse(
  code: ErrorCode,
  detail?: string,
  more?: { field?: string; agentId?: string },
): Refusal {
  return { code, detail: detail ?? errors[code].title, ...more };
}
