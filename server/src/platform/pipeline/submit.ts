import { commands, isCommandKind, type Refusal, refuse } from '@deskbell/contract';
import type { Actor, Command, Result } from './command.ts';
import type { Pipeline } from './pipeline.ts';

/** A command as it came: neither kind nor input has been looked at. */
export interface RawCommand {
  workspaceId: string;
  actor: Actor;
  kind: string;
  input: unknown;
  clientId: string;
}

export type Submit = (command: RawCommand, bytes?: number) => Promise<Result>;

/** The pipeline's door for what comes from outside: kind, actor and input are checked here, by the contract. */
export function createSubmit(pipeline: Pipeline): Submit {
  return (raw, bytes) => {
    const checked = check(raw);
    return 'code' in checked ? Promise.resolve(checked) : pipeline.submit(checked, bytes);
  };
}

function check(raw: RawCommand): Command | Refusal {
  if (!isCommandKind(raw.kind))
    return refuse('invalid', `There is no command "${raw.kind}"`, { field: 'kind' });
  const definition = commands[raw.kind];
  if (!(definition.actors as readonly string[]).includes(raw.actor.kind))
    return refuse('forbidden', `A ${raw.actor.kind} can't do this`);
  const parsed = definition.input.safeParse(raw.input ?? {});
  if (parsed.success) return { ...raw, kind: raw.kind, input: parsed.data } as Command;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || undefined;
  return refuse(
    'invalid',
    `${field ?? 'The input'}: ${issue?.message ?? 'is not as it should be'}`,
    field ? { field } : undefined,
  );
}
