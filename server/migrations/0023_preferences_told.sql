-- R-2.4: what is kept of an agent's desk is told to all their desks; the newer one counts.
alter table agent_preferences add column version bigint not null default 1;
