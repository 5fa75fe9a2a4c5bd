-- The places of all readers, so that the world's transaction can hold them and the worker waits for nothing.
insert into cursors (program_id, reader)
select current_setting('bench.program'), reader
  from unnest(array['network', 'reward-counts', 'signup-rewards', 'click-counts', 'ledger-checkpoints']) as reader
on conflict do nothing;
