-- Something to be done to many conversations (R-2.8): taken up chunk by chunk, by whichever server has the
-- lease, as ordinary commands of the agent who asked. Its items are dropped with it after a week.
create table bulk_jobs (
  workspace_id uuid not null,
  id           uuid not null,
  agent_id     uuid not null,
  action       jsonb not null,
  -- The job that this one takes back.
  undo_of      uuid,
  total        int not null,
  created_at   bigint not null,
  finished_at  bigint,
  leased_by    uuid,
  leased_until bigint not null default 0,
  primary key (workspace_id, id)
);
create index bulk_jobs_unfinished on bulk_jobs (created_at) where finished_at is null;
create index bulk_jobs_of_agent on bulk_jobs (workspace_id, agent_id, created_at desc);

create table bulk_items (
  workspace_id    uuid not null,
  job_id          uuid not null,
  place           int not null,
  conversation_id uuid not null,
  -- How it stood before, as far as that is taken back: {assigneeId, isFlagged, labelIds, status}; null: not yet looked at.
  before          jsonb,
  -- null: to be done; '': done; else the code of its refusal.
  outcome         text,
  primary key (workspace_id, job_id, place)
);

-- What bears a label, among however many; no message changes it.
create index conversations_labelled on conversations using gin (label_ids jsonb_path_ops) where label_ids <> '[]';
-- Flagged ones among those closed, in order: they are few among very many.
create index closed_flagged on conversations (workspace_id, closed_at desc, id) where shelf = 3 and is_flagged;
