import type { ClientFrame, ServerFrame } from '@deskbell/contract';
import { FRAME_LIMIT, FRAMES_AT_ONCE, PROTOCOL, WATCH_LIMIT } from '@deskbell/contract';

/** The socket in words; the shapes of its frames come from the contract. */
export const socketProse: readonly string[] = [
  `At /api/v1/socket, protocol ${PROTOCOL}: JSON text frames of at most ${FRAME_LIMIT / 1024} KiB. Either side may put several frames, at most ${FRAMES_AT_ONCE}, into one text frame as an array. Unknown fields are ignored; a frame of an unknown kind is answered with \`malformed-frame\`.`,
  'The first frame is `hello`. A contact names the inbox and the secret that their browser made; a desk is signed in by its cookie, other clients give their token. The answer is a `snapshot`, or, to a `hello` that says how far it saw (`through`) and with which `rights`, a `changes` frame with what changed since, each entity as it is now.',
  "A client holds entities by id, each in the highest version it has seen. `changes` bring those that changed; `gone` names those that left one's sight. Everything up to `through` was considered for you: keep it, and give it back when you reconnect. A desk's `through` is a position of the workspace's log; a contact's is a place in the sequence of their own conversation.",
  `Timelines are not in the snapshot. \`watch\` holds one live: its last page, or what came after the sequence you name, and from then on every entry at once. At most ${WATCH_LIMIT} are held; those named in \`hello\` go on from where they were.`,
  'A change is a `command`, as by HTTP: any kind listed above, with its input and an id of yours. `ack` comes once it is stored, `refused` with a code of the catalogue where it is not. What was not answered is sent again with the same id, and is done once.',
  'Pulses (`typing`, `read`, `delivered`, `draft`, `site`, `counts`, `audited`) are told and not logged. `ping` is answered with `pong`; who says nothing for 70 seconds is let go. `bye` says why the server closes: after `slow`, `unavailable` and `too-many` (the address has shown too many wrong tokens or keys) come back, with a growing and random delay. After `restart` dial another socket within a second and use this one until the other has answered, for it may be served on for some seconds; where it closes before, come back as after the others.',
];

export const clientFrameProse: Record<ClientFrame['t'], string> = {
  hello: 'Says who one is, and where to go on.',
  command: 'Changes something.',
  watch: 'Holds a timeline live. `after`: the last sequence seen, or null for the last page.',
  unwatch: 'Lets it go.',
  typing: 'Somebody types here, or has stopped.',
  read: 'Read up to this sequence.',
  delivered: 'Received up to this sequence.',
  draft: "Keeps an agent's draft; a lower version than the one stored changes nothing.",
  attention: 'A desk is in use, or no longer: announcements go to the device used last.',
  board: 'Watches the live board, or no longer.',
  ping: 'Still here.',
};

export const serverFrameProse: Record<ServerFrame['t'], string> = {
  snapshot: 'What a client begins with: everything that is live for it, as it stood at `through`.',
  changes: 'What changed, as it is now.',
  timeline: 'A page of a timeline that is now held live.',
  ack: 'The command is stored. `position`, for agents: where it stands in the log.',
  refused: 'The command, or the frame, is refused. `id` is null where the frame had none.',
  counts: "The numbers of the desk's tabs, at most twice a second.",
  board: 'How the workspace stands now, at most twice a second, to those who watch it.',
  site: 'Whether somebody is there to answer in this inbox.',
  typing: 'Somebody types here, or has stopped.',
  audited: 'The audit log has grown, to those who may read it, at most twice a second.',
  announced: 'What happened that its agent is told of on this device, and on no other.',
  pong: 'The answer to `ping`.',
  bye: 'Why the server closes the socket now.',
};
