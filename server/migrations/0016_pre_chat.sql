-- What an inbox asks before the first message, and the rules that choose the team of what is opened in it
-- (R-3.6, R-9.2).
alter table inboxes
  add column pre_chat   jsonb not null default '{"isEnabled": false, "fields": [], "consent": null}',
  add column team_rules jsonb not null default '[]';

alter table contacts add column phone text;

-- What was known when it was opened, answers with the words by which they were asked; never changed.
-- null: an agent began it.
alter table conversations add column opening jsonb;
