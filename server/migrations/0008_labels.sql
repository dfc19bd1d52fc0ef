-- Words with a colour that agents put on conversations. A deleted one keeps its row, and its place on
-- conversations, so that it can be brought back.
create table labels (
  workspace_id uuid not null,
  id           uuid not null,
  version      bigint not null,
  name         text not null,
  color        text not null,
  is_deleted   boolean not null,
  primary key (workspace_id, id)
);
create unique index labels_by_name on labels (workspace_id, lower(name)) where not is_deleted;
