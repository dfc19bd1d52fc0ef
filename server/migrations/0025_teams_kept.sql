-- What a deleted team had, to be brought back with it (R-3.6). Null: it is in force, or nothing was kept yet.
alter table teams add column kept jsonb;
