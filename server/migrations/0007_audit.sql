-- Who changed what about how the workspace is set up (R-18.3), written with the change. Names are those
-- of then: an audit log tells what was, not what is called so today.
create table audit (
  workspace_id uuid not null,
  id           uuid not null,
  at           bigint not null,
  actor_kind   text not null,
  actor_id     uuid not null,
  what         text not null,
  subject_id   uuid not null,
  subject_name text not null,
  whom_id      uuid,
  whom_name    text,
  -- [{field, before, after}]
  changes      jsonb not null,
  primary key (workspace_id, id)
);
create index audit_by_time on audit (workspace_id, at desc, id desc);
