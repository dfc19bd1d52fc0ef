-- Flags (R-1.7), whom the next automatic assignment prefers or avoids, and what takes a conversation from
-- an assignee who does nothing (R-1.6). No message changes any of these.
alter table conversations
  add column is_flagged         boolean not null default false,
  add column preferred_agent_id uuid,
  add column avoided_agent_id   uuid,
  add column agent_active_at    bigint;

-- When the agent last typed there. Not in the conversation's row: that would be a batch for each letter.
alter table drafts add column typed_at bigint not null default 0;
