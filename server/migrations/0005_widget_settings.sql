-- How an inbox's widget looks and speaks, which sites may embed it, and on which it was seen.
alter table inboxes
  add column look jsonb not null default '{
    "position": "end", "distance": 20, "launcher": "icon",
    "texts": {
      "en": {"heading": "", "firstWords": "", "offline": "", "launcher": ""},
      "de": {"heading": "", "firstWords": "", "offline": "", "launcher": ""}}}',
  -- [domain]; none: every site. Small, and read with the inbox every time.
  add column domains jsonb not null default '[]';

create table inbox_sightings (
  workspace_id uuid not null,
  inbox_id     uuid not null,
  origin       text not null,
  is_refused   boolean not null,
  seen_at      bigint not null,
  primary key (workspace_id, inbox_id, origin)
);
