-- A notice that takes in more changes again and again: nothing that changes with it stands in an index any more, and its
-- page has room, so that it stays in place. Old ones are found by when they began.
drop index notifications_old;
create index notifications_begun on notifications (program_id, created_at);
alter table notifications set (fillfactor = 70);
