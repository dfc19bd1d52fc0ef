-- R-4.1: what an agent's switch says, and since when (null: from the first).
alter table agents
  add column availability    text not null default 'offline' check (availability in ('online', 'away', 'offline')),
  add column availability_at bigint,
  -- What a sign-in makes of it: as it was at the last sign-out. Null: it stays as it is.
  add column returns_to      text,
  -- R-4.2: which of their conversations go back to the queue while they are offline.
  add column releases        text not null default 'waiting' check (releases in ('none', 'waiting', 'all')),
  -- R-3.4: how many open conversations they may have. Null: the workspace's number.
  add column capacity        int;
-- Until now a connected desk was all that it took to be online.
update agents a set availability = 'online', availability_at = (extract(epoch from clock_timestamp()) * 1000)::bigint
where is_active and exists (
  select from desk_connections d where d.workspace_id = a.workspace_id and d.agent_id = a.id);
create index agents_available on agents (workspace_id) where availability <> 'offline';

-- The session that opened the desk: when it ends, the desk counts no more, wherever its socket is.
alter table desk_connections add column session bytea;
