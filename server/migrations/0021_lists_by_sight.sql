-- An agent who serves few inboxes, or none, sees few of a list: those are found by where they lie and by
-- who is in them, instead of looking through all (`MAY_BE_SEEN`).
create index lists_of_team on conversations (workspace_id, team_id, shelf) where shelf < 3 and team_id is not null;
create index closed_of_team on conversations (workspace_id, team_id, closed_at desc) where shelf = 3 and team_id is not null;
create index closed_of_participants on conversations using gin (participants jsonb_path_ops) where shelf = 3 and participants <> '[]';

-- How many were put in front is known of the column, and guessed of an expression.
drop index lists_by_place;
create index lists_by_place on conversations (workspace_id, is_queued_in_front, (coalesce(queued_at, opened_at)), id) where shelf = 0;
