-- A job that was taken back before it had come to all: what it had not looked at is no item of it any more, and the job
-- that takes it back gets its items when it has ended.
alter table bulk_jobs add column is_stopped boolean not null default false;
