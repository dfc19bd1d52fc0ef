-- Agents who share queues (R-3.6). A deleted one has no members and stands in no list; its row stays for
-- what names it.
create table teams (
  workspace_id uuid not null,
  id           uuid not null,
  version      bigint not null,
  name         text not null,
  -- [agent id]
  member_ids   jsonb not null,
  is_deleted   boolean not null,
  primary key (workspace_id, id)
);

-- [team id]: the teams that serve it.
alter table inboxes add column team_ids jsonb not null default '[]';

-- The team whose queue it is in; null: all who serve the inbox. In no index: who is in a team is asked
-- of few (conversations_live), and a message changes nothing of it.
alter table conversations add column team_id uuid;
