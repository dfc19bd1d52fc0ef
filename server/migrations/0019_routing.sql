-- Whose turn it is: when routing last gave an agent a conversation.
create table routing_turns (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  agent_id uuid not null,
  served_at bigint not null,
  primary key (workspace_id, agent_id)
);

-- Who waits: in a queue of all who serve an inbox, or in that of one team.
drop index conversations_waiting;
create index conversations_waiting on conversations
  (workspace_id, inbox_id, (coalesce(team_id, inbox_id)), is_queued_in_front desc, (coalesce(queued_at, opened_at)), id)
  where status = 'open' and holder = 'nobody';
