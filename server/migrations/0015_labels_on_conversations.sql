-- [label id]: what agents call it (R-2.8). No message changes it.
alter table conversations add column label_ids jsonb not null default '[]';
