-- Work for the world outside, and for later: done by whichever server takes it, tried again when it
-- fails, kept here when it has failed for good. `key`: the same is entered once.
create table jobs (
  workspace_id uuid not null,
  kind         text not null,
  key          text not null,
  input        jsonb not null,
  due_at       bigint not null,
  attempts     int not null default 0,
  leased_until bigint not null default 0,
  error        text,
  failed_at    bigint,
  primary key (workspace_id, kind, key)
);
create index jobs_due on jobs (due_at) where failed_at is null;

-- What somebody is told of: once per thing and agent, by its id. Those that are kept stand in the bell.
-- `device_id`: the one that announces it now; null: none was open. Written in the order of `position`.
create table notices (
  workspace_id    uuid not null,
  agent_id        uuid not null,
  id              uuid not null,
  kind            text not null,
  conversation_id uuid not null,
  seq             bigint not null,
  by_id           uuid,
  at              bigint not null,
  position        bigint not null,
  is_kept         boolean not null,
  device_id       uuid,
  shown_at        bigint,
  read_at         bigint,
  primary key (workspace_id, agent_id, id)
);
create index notices_by_position on notices (workspace_id, position);
create index notices_kept on notices (workspace_id, agent_id, at desc) where is_kept;
create index notices_passing on notices (at) where not is_kept;

-- What an agent wants to be told, and how. Absent: the defaults.
create table alerts (
  workspace_id uuid not null,
  agent_id     uuid not null,
  version      bigint not null,
  choices      jsonb not null,
  primary key (workspace_id, agent_id)
);

-- Where a connected desk is, and when it was last used; goes with its connection.
create table desk_attention (
  connection_id   uuid primary key references desk_connections on delete cascade,
  workspace_id    uuid not null,
  agent_id        uuid not null,
  device_id       uuid not null,
  used_at         bigint not null,
  is_focused      boolean not null,
  conversation_id uuid
);
create index desk_attention_by_agent on desk_attention (workspace_id, agent_id);

-- Browsers that may be pushed to; each for as long as the session in which it was allowed.
create table push_devices (
  workspace_id uuid not null,
  agent_id     uuid not null,
  id           uuid not null,
  session      bytea not null references sessions on delete cascade,
  endpoint     text not null,
  keys         jsonb not null,
  user_agent   text not null,
  language     text not null,
  added_at     bigint not null,
  used_at      bigint not null,
  primary key (workspace_id, agent_id, id),
  unique (endpoint, workspace_id)
);
create index push_devices_by_session on push_devices (session);

-- By which push services know this installation (RFC 8292). Made when they are first needed.
create table vapid_keys (
  id          boolean primary key default true check (id),
  public_key  text not null,
  private_key text not null
);
