-- What lists are sorted and narrowed by (R-2.4, R-2.5). `closed_by_id`: the agent who closed it.
--
-- The times that messages change stand in no index, or each message would write them all. What is
-- indexed of them is the piece of ten minutes in which they lie: it changes at most that often, and
-- only within a piece must a page be sorted. Who waits for an answer changes with every answer, so it is
-- in no index: those in work are few, each agent has room for some. `shelf`: 0 waits in the queue, 1 is in work, 2 pending,
-- 3 closed.
alter table conversations
  add column closed_by_id uuid,
  add column shelf smallint generated always as (
    case when status = 'closed' then 3 when status = 'pending' then 2 when holder = 'nobody' then 0 else 1 end) stored,
  add column contact_slot bigint generated always as (coalesce(last_contact_at, opened_at) / 600000) stored,
  add column last_slot bigint generated always as (coalesce(last_at, opened_at) / 600000) stored,
  -- Since when those wait whose agent marked them pending before answering.
  add column pending_wait bigint generated always as (case when status = 'pending' then waiting_since end) stored;

create index lists_by_contact on conversations (workspace_id, shelf, contact_slot desc) where shelf < 3;
create index lists_by_last on conversations (workspace_id, shelf, last_slot) where shelf < 3;
create index lists_by_opening on conversations (workspace_id, shelf, opened_at desc, id) where shelf < 3;
create index lists_by_place on conversations (workspace_id, (case when is_queued_in_front then 0 else 1 end), (coalesce(queued_at, opened_at)), id) where shelf = 0;
create index lists_by_pending_wait on conversations (workspace_id, pending_wait, id) where pending_wait is not null;
create index closed_by_contact on conversations (workspace_id, contact_slot desc) where shelf = 3;
create index closed_by_last on conversations (workspace_id, last_slot) where shelf = 3;
create index closed_by_opening on conversations (workspace_id, opened_at desc, id) where shelf = 3;

-- Narrowed to what is rare among them, a list is found by these.
create index lists_of_assignee on conversations (workspace_id, assignee_id) where shelf < 3 and assignee_id is not null;
create index lists_of_inbox on conversations (workspace_id, inbox_id, shelf) where shelf < 3;
create index lists_of_participants on conversations using gin (participants jsonb_path_ops) where shelf < 3;
create index closed_of_assignee on conversations (workspace_id, assignee_id, closed_at desc) where shelf = 3;
create index closed_of_inbox on conversations (workspace_id, inbox_id, closed_at desc) where shelf = 3;
create index closed_by_agent on conversations (workspace_id, closed_by_id, closed_at desc) where shelf = 3 and closed_by_id is not null;
create index lists_flagged on conversations (workspace_id, shelf) where is_flagged;

update conversations c set closed_by_id = closing.author_id
from (
  select distinct on (t.workspace_id, t.conversation_id) t.workspace_id, t.conversation_id, t.author_id
  from timeline t where t.kind = 'activity' and t.activity ->> 'what' = 'closed' and t.author_kind = 'agent'
  order by t.workspace_id, t.conversation_id, t.seq desc
) as closing
where c.workspace_id = closing.workspace_id and c.id = closing.conversation_id
  and c.status = 'closed' and c.close_reason = 'agent';

-- What a search within a list looks at (R-2.5): the contact's name and mail and the last message, folded
-- as `searchText` of the contract does it. Kept by a reader of the log, beside the conversation: an index
-- of words costs far more than a message.
create extension if not exists pg_trgm;
create table conversation_words (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  words           text not null,
  primary key (workspace_id, conversation_id)
);
create index conversation_words_held on conversation_words using gin (words gin_trgm_ops) with (gin_pending_list_limit = 256);

insert into conversation_words (workspace_id, conversation_id, words)
select c.workspace_id, c.id,
  ' ' || trim(regexp_replace(regexp_replace(lower(normalize(
    coalesce(p.name, p.email, '') || ' ' || coalesce(p.email, '') || ' ' || coalesce(left(t.text, 160), ''), nfkd)),
    '[\u0300-\u036f]+', '', 'g'), '\s+', ' ', 'g'))
from conversations c
left join contacts p on p.workspace_id = c.workspace_id and p.id = c.contact_id
left join timeline t on t.workspace_id = c.workspace_id and t.conversation_id = c.id and t.seq = c.last_seq;
