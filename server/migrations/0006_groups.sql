-- What an agent has open, and who waits in a queue: asked by routing and capacity. Neither holds a
-- column that a message changes.
create index conversations_open_of on conversations (workspace_id, assignee_id) where status = 'open' and holder = 'agent';
create index conversations_waiting on conversations (workspace_id, inbox_id, is_queued_in_front desc, (coalesce(queued_at, opened_at)), id)
  where status = 'open' and holder = 'nobody';
