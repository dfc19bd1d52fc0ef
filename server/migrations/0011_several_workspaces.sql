-- R-18.1: one sign-in in several workspaces. Where somebody was last; there they come in the next time.
alter table users add column last_workspace_id uuid references workspaces on delete set null;

-- Workspaces that a session was shut out of, by an admin there or with its agent, while it stands in others.
create table session_ends (
  token_hash   bytea not null references sessions on delete cascade,
  workspace_id uuid not null references workspaces on delete cascade,
  primary key (token_hash, workspace_id)
);
