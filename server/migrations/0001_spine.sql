-- Times are bigint milliseconds since 1970 (UTC): what the wire carries, exact, and quick to read.
-- Every table is keyed by workspace. Rows that commands load carry no foreign keys: the pipeline is
-- their only writer and decides under the workspace's lock; a key check per message would cost more
-- than the message.

create table workspaces (
  id         uuid primary key,
  name       text not null,
  version    bigint not null default 1,
  -- Those of contract/src/settings.ts that differ from their defaults.
  settings   jsonb not null default '{}',
  created_at bigint not null
);

-- Sign-in identities. One may be an agent in several workspaces.
create table users (
  id            uuid primary key,
  email         text not null unique check (email = lower(email)),
  password_hash text not null,
  created_at    bigint not null
);

create table sessions (
  token_hash   bytea primary key,
  user_id      uuid not null references users on delete cascade,
  workspace_id uuid not null references workspaces on delete cascade,
  created_at   bigint not null,
  last_used_at bigint not null,
  expires_at   bigint not null,
  user_agent   text not null default ''
);
create index sessions_by_user on sessions (user_id);

create table invitations (
  token_hash   bytea primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  email        text,
  role         text not null,
  created_by   uuid not null,
  created_at   bigint not null,
  expires_at   bigint not null,
  -- Who used it. The agent's id is fixed here first, so that an interrupted entry can be completed.
  used_at      bigint,
  used_by      uuid references users,
  name         text,
  agent_id     uuid not null
);
create index invitations_by_user on invitations (used_by);

create table agents (
  workspace_id uuid not null,
  id           uuid not null,
  user_id      uuid,
  version      bigint not null,
  name         text not null,
  email        text not null,
  role         text not null check (role in ('owner', 'admin', 'supervisor', 'agent')),
  is_active    boolean not null,
  -- Grows when what this agent may see changes: a resume with older rights gets a snapshot.
  rights       bigint not null,
  primary key (workspace_id, id)
);
create unique index agents_by_email on agents (workspace_id, email);
create index agents_by_user on agents (user_id);

create table inboxes (
  workspace_id uuid not null,
  id           uuid not null,
  version      bigint not null,
  name         text not null,
  channel      text not null,
  key          text not null unique,
  color        text not null,
  greeting     text not null,
  -- [agent id]: small, read with the inbox every time, and so no table of its own.
  member_ids   jsonb not null,
  primary key (workspace_id, id)
);

create table contacts (
  workspace_id uuid not null,
  id           uuid not null,
  version      bigint not null,
  name         text,
  email        text,
  created_at   bigint not null,
  primary key (workspace_id, id)
);

create table conversations (
  workspace_id       uuid not null,
  id                 uuid not null,
  inbox_id           uuid not null,
  contact_id         uuid not null,
  seq                bigint not null,
  status             text not null,
  holder             text not null,
  assignee_id        uuid,
  participants       jsonb not null,
  opened_at          bigint not null,
  queued_at          bigint,
  is_queued_in_front boolean not null,
  pending_at         bigint,
  resumed_at         bigint,
  closed_at          bigint,
  close_reason       text,
  is_contact_final   boolean not null,
  last_side          text,
  last_at            bigint,
  last_seq           bigint,
  last_contact_at    bigint,
  waiting_since      bigint,
  contact_messages   bigint not null,
  due_at             bigint,
  primary key (workspace_id, id),
  check ((holder = 'agent') = (assignee_id is not null) or status = 'closed')
) with (fillfactor = 70);
-- No index holds a column that a message changes, so that a message's update stays on its page (HOT).
-- R-1.2, held by the database as well.
create unique index conversations_unclosed on conversations (workspace_id, contact_id, inbox_id) where status <> 'closed';
-- Only the primary key begins with the workspace: a plan made while the table is empty then can't
-- choose another index for a look-up by id and scan the whole workspace ever after.
create index conversations_of_contact on conversations (contact_id, inbox_id, closed_at desc nulls first);
create index conversations_live on conversations (workspace_id, inbox_id) where status <> 'closed';
create index conversations_closed on conversations (workspace_id, closed_at desc, id) where status = 'closed';
create index conversations_due on conversations (due_at) where due_at is not null;

create table timeline (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  seq             bigint not null,
  id              uuid not null,
  at              bigint not null,
  kind            text not null,
  author_kind     text not null,
  author_id       uuid,
  text            text,
  client_id       uuid,
  activity        jsonb,
  primary key (workspace_id, conversation_id, seq)
);
-- A message sent twice is found here, and refused here when nobody looked: it leaves no row in `commands`.
create unique index timeline_by_client_id on timeline (client_id, author_id) where client_id is not null;

create table log (
  workspace_id    uuid not null,
  position        bigint not null,
  at              bigint not null,
  kind            text not null,
  id              uuid not null,
  version         bigint not null,
  actor           text not null,
  -- Who may see it: words such as 'inbox:<id>', 'workspace', 'agent:<id>', 'contact:<id>', by blanks.
  audience        text not null,
  -- Who could see the entity before; null where that is the same.
  audience_before text,
  primary key (workspace_id, position)
);
create index log_by_age on log using brin (at);

-- The highest position that was dropped; absent: none was.
create table log_floors (
  workspace_id uuid primary key,
  position     bigint not null
);

-- Takes the workspace's lock and reads under it where the log ends. A function, because a single
-- statement would read by a snapshot taken before the lock was had; and one message instead of two.
create function lock_workspace(workspace uuid, known bigint, reference_kinds text[])
returns table (head bigint, head_at bigint, now bigint, stamp text, settings jsonb, is_reference_changed boolean)
language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(workspace::text, 0));
  select l.position, l.at into head, head_at from log l where l.workspace_id = workspace order by l.position desc limit 1;
  if head is null then
    select f.position into head from log_floors f where f.workspace_id = workspace;
  end if;
  head := coalesce(head, 0);
  head_at := coalesce(head_at, 0);
  now := (extract(epoch from clock_timestamp()) * 1000)::bigint;
  -- Below the floor nobody can tell any more what changed.
  is_reference_changed := head > known and (
    exists (select from log l where l.workspace_id = workspace and l.position > known and l.kind = any(reference_kinds))
    or exists (select from log_floors f where f.workspace_id = workspace and f.position > known));
  -- The row version's transaction: another one after any write to the row.
  select w.settings, w.xmin::text into settings, stamp from workspaces w where w.id = workspace;
  if found then
    return next;
  end if;
end $$;

-- Takes the lock and compares: for a batch that was decided without asking. Returns the time.
create function expect_head(workspace uuid, expected bigint, expected_stamp text) returns bigint
language plpgsql volatile as $$
declare
  head bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended(workspace::text, 0));
  select l.position into head from log l where l.workspace_id = workspace order by l.position desc limit 1;
  if head is null then
    select f.position into head from log_floors f where f.workspace_id = workspace;
  end if;
  if coalesce(head, 0) <> expected
    or not exists (select from workspaces w where w.id = workspace and w.xmin::text = expected_stamp) then
    raise exception 'the workspace is not as it was expected' using errcode = 'DB001';
  end if;
  return (extract(epoch from clock_timestamp()) * 1000)::bigint;
end $$;

-- Where the log tells of an entry; null where it has been dropped. Positions have no gaps and times
-- never go back, so it is found by halving, without an index that every message would have to pay for.
create function position_of_entry(workspace uuid, conversation uuid, place bigint, moment bigint) returns bigint
language plpgsql stable as $$
declare
  low bigint;
  high bigint;
  middle bigint;
begin
  select l.position into low from log l where l.workspace_id = workspace order by l.position limit 1;
  select l.position into high from log l where l.workspace_id = workspace order by l.position desc limit 1;
  while low < high loop
    middle := (low + high) / 2;
    if (select l.at from log l where l.workspace_id = workspace and l.position = middle) < moment then
      low := middle + 1;
    else
      high := middle;
    end if;
  end loop;
  -- Not so many events are of one moment.
  return (
    select l.position from log l
    where l.workspace_id = workspace and l.position between low and low + 20000
      and l.at = moment and l.id = conversation and l.version = place
    order by l.position limit 1);
end $$;

-- What was answered to commands that leave no entry with their id, so that one sent twice is done once.
-- Kept 30 days.
create table commands (
  workspace_id uuid not null,
  client_id    uuid not null,
  actor        uuid not null,
  input_hash   bytea not null,
  position     bigint not null,
  at           bigint not null,
  answer       text not null,
  primary key (workspace_id, client_id, actor)
);
create index commands_by_age on commands using brin (at);

-- How far an agent has read; the same on all their devices.
create table marks (
  workspace_id     uuid not null,
  agent_id         uuid not null,
  conversation_id  uuid not null,
  seq              bigint not null,
  contact_messages bigint not null,
  primary key (workspace_id, agent_id, conversation_id)
);

create table receipts (
  workspace_id      uuid not null,
  conversation_id   uuid not null,
  contact_delivered bigint not null default 0,
  contact_read      bigint not null default 0,
  ours_read         bigint not null default 0,
  primary key (workspace_id, conversation_id)
);

create table drafts (
  workspace_id    uuid not null,
  agent_id        uuid not null,
  conversation_id uuid not null,
  version         bigint not null,
  text            text not null,
  primary key (workspace_id, agent_id, conversation_id)
);

-- A desk's socket: leased by its server, renewed every 15 s, void 45 s after the last renewal.
create table desk_connections (
  id           uuid primary key,
  workspace_id uuid not null,
  agent_id     uuid not null,
  server_id    uuid not null,
  renewed_at   bigint not null
);
create index desk_connections_by_agent on desk_connections (workspace_id, agent_id);

-- Readers of the log: where each stands, and which server reads for it now.
create table readers (
  name         text not null,
  workspace_id uuid not null,
  position     bigint not null,
  leased_by    uuid,
  leased_until bigint not null default 0,
  failures     int not null default 0,
  primary key (name, workspace_id)
);
create table parked_events (
  reader       text not null,
  workspace_id uuid not null,
  position     bigint not null,
  error        text not null,
  at           bigint not null,
  primary key (reader, workspace_id, position)
);
