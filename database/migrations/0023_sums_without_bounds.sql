-- Sums of a whole program may be larger than any one amount: they have no bound.
alter table ledger_checkpoints alter column balance_minor type numeric;
alter table program_counts alter column total type numeric;
-- Nearly free on insert: what was recorded in a period, without reading what came before.
create index ledger_transfers_recorded on ledger_transfers using brin (recorded_at) with (pages_per_range = 16, autosummarize = on);
