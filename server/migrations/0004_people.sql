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
-- When whoever used it had become an agent with all their inboxes; null with `used_at`: interrupted.
alter table invitations add column entered_at bigint;
update invitations i set entered_at = used_at
where exists (select from agents a where a.workspace_id = i.workspace_id and a.id = i.agent_id);
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

-- Takes a guess under each key, unless one is blocked: then answers for how long, in ms. From `free`
-- guesses on the wait doubles with each, from a second to `longest`.
create function spend_guess(keys text[], free int[], longest bigint[]) returns bigint
language plpgsql volatile as $$
declare
  moment bigint;
  wait bigint;
begin
  insert into sign_in_failures (key, failures, last_at, blocked_until)
  select k, 0, 0, 0 from unnest(keys) as k order by k on conflict do nothing;
  perform from sign_in_failures where key = any(keys) order by key for update;
  moment := (extract(epoch from clock_timestamp()) * 1000)::bigint;
  select max(blocked_until) - moment into wait from sign_in_failures where key = any(keys);
  if wait > 0 then
    return wait;
  end if;
  update sign_in_failures f set failures = 0 where f.key = any(keys) and f.last_at < moment - 86400000;
  update sign_in_failures f set
    failures = f.failures + 1,
    last_at = moment,
    blocked_until = case when f.failures + 1 < t.allowed then 0
      else moment + least(t.most, (1000 * 2 ^ least(30, f.failures + 1 - t.allowed))::bigint) end
  from unnest(keys, free, longest) as t(k, allowed, most) where f.key = t.k;
  return 0;
end $$;

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
