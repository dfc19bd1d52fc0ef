-- What is to be done now and then by whichever server comes first: when it was last begun.
create table chores (
  name     text primary key,
  begun_at bigint not null
);
