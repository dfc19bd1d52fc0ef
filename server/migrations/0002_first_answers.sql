-- When a contact's conversation began and when our side first answered: what "usually answers within"
-- is made of (R-4.3). Written by a reader of the log; small, and kept when the log is dropped.
create table first_answers (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  opened_at       bigint not null,
  answered_at     bigint not null,
  primary key (workspace_id, conversation_id)
);
create index first_answers_by_time on first_answers (workspace_id, answered_at);
