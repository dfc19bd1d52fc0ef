-- A batch that is sent while the one before it is being committed holds only if that one does. That the
-- log ends where the two would have left it is no proof: another server may have written as many events
-- meanwhile. So each leaves its name with its connection, which takes it back when the batch fails.

-- As the one without them: takes the lock, compares, and returns the time. `stands_on`: the batch before it on
-- this connection, where that had not landed when this one was decided.
create function expect_head(workspace uuid, expected bigint, expected_stamp text, stands_on text, batch text) returns bigint
language plpgsql volatile as $$
declare
  now bigint := expect_head(workspace, expected, expected_stamp);
begin
  if stands_on is not null and current_setting('deskbell.batch', true) is distinct from stands_on then
    raise exception 'the batch before failed' using errcode = 'DB001';
  end if;
  perform set_config('deskbell.batch', batch, false);
  return now;
end $$;
