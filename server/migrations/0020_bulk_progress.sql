-- How far a job is stands with it: it is told to its agent's desks with each chunk, and counting its items
-- took the longer the more there were. Beside each outcome ('': done, else the code of a refusal) how often.
alter table bulk_jobs add column outcomes jsonb not null default '{}';
update bulk_jobs j set outcomes = counted.outcomes
from (
  select workspace_id, job_id, jsonb_object_agg(outcome, count) as outcomes
  from (
    select workspace_id, job_id, outcome, count(*) as count
    from bulk_items where outcome is not null group by workspace_id, job_id, outcome) as each
  group by workspace_id, job_id) as counted
where j.workspace_id = counted.workspace_id and j.id = counted.job_id;

-- What is being done, and what was finished a moment ago, of however many.
create index bulk_jobs_finished on bulk_jobs (finished_at);
