-- When an agent's last desk was seen; while one is connected, its own row says so.
create table last_seen (
  workspace_id uuid not null,
  agent_id     uuid not null,
  at           bigint not null,
  primary key (workspace_id, agent_id)
);

-- Names a session where its token must not stand. `address`: where it was last used from.
alter table sessions add column id uuid not null default gen_random_uuid() unique;
alter table sessions add column address text not null default '';

-- Names an invitation in lists. `inbox_ids`: which the newcomer will serve; null: all.
alter table invitations add column id uuid not null default gen_random_uuid() unique;
alter table invitations add column inbox_ids jsonb;
alter table invitations add column withdrawn_at bigint;
create index invitations_pending on invitations (workspace_id) where used_at is null and withdrawn_at is null;

-- Wrong passwords by what they have in common (R-18.1): a mail address, an internet address, or both.
-- Until `blocked_until` nothing is compared at all. Forgotten a day after the last.
create table sign_in_failures (
  key           text primary key,
  failures      int not null,
  last_at       bigint not null,
  blocked_until bigint not null
);
create index sign_in_failures_by_age on sign_in_failures (last_at);

-- Browsers that somebody has signed in with: what strangers guess elsewhere doesn't lock these out.
create table known_browsers (
  token_hash bytea not null,
  user_id    uuid not null references users on delete cascade,
  used_at    bigint not null,
  primary key (token_hash, user_id)
);

create table password_resets (
  token_hash bytea primary key,
  user_id    uuid not null references users on delete cascade,
  created_at bigint not null,
  expires_at bigint not null,
  used_at    bigint
);
create index password_resets_by_user on password_resets (user_id);
