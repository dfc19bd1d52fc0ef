-- R-18.2: what an agent says of themselves. `picture`: the hash of the one they show.
alter table agents
  add column picture text,
  -- [BCP 47 tag], the first spoken best.
  add column languages jsonb not null default '[]',
  -- Markdown; stands under the mail they write.
  add column signature text not null default '';

-- Pictures are small (100 kB at most), so they lie with the rows: every server has them, and so has a backup.
create table agent_pictures (
  workspace_id uuid not null,
  agent_id     uuid not null,
  hash         text not null,
  type         text not null,
  bytes        bytea not null,
  made_at      bigint not null,
  primary key (workspace_id, agent_id, hash)
);
create index agent_pictures_by_hash on agent_pictures (hash);

-- How the desk is to look and to be used, on all devices of an agent. Stored are only those that were chosen.
create table agent_preferences (
  workspace_id uuid not null,
  agent_id     uuid not null,
  preferences  jsonb not null,
  primary key (workspace_id, agent_id)
);
