-- The money behind the rewards: granted from the program's funding, released where the hold is over.
insert into ledger_accounts (program_id, id, owner_id, purse, currency)
select program_id, 'acc_INR_funding_' || program_id, program_id, 'funding', 'INR'
  from terms
union all
select program_id, 'acc_INR_' || purse || '_' || participant_id, participant_id, purse, 'INR'
  from terms
  cross join (select distinct participant_id, 'pending' as purse from granted
              union
              select distinct participant_id, 'available' from granted where is_released) as owned;

insert into ledger_transfers
       (program_id, position, id, idempotency_key, debit_id, credit_id, amount_minor, currency, reason, subject_id,
        occurred_at, recorded_at)
select program_id, position, pg_temp.id('trf', n), id || ':granted', 'acc_INR_funding_' || program_id,
       'acc_INR_pending_' || participant_id, amount, 'INR', 'granted', id, occurred_at, occurred_at
  from terms cross join granted
 order by n;

insert into ledger_transfers
       (program_id, position, id, idempotency_key, debit_id, credit_id, amount_minor, currency, reason, subject_id,
        occurred_at, recorded_at)
select program_id, released_position, pg_temp.id('trf', 2 * purchases + n), id || ':released',
       'acc_INR_pending_' || participant_id, 'acc_INR_available_' || participant_id, amount, 'INR', 'released', id,
       available_at, available_at
  from terms cross join granted
 where is_released
 order by n;

-- As the worker would have left them: tails of up to 64 entries, and none behind a busy account.
insert into ledger_checkpoints (program_id, account_id, position, balance_minor, entries)
select program_id, account_id, case when tail > 64 then end_position else middle end,
       case when tail > 64 then balance else balance_before end,
       case when tail > 64 then entries else entries - tail end
  from (select program_id, account_id, end_position, positions[56] as middle, count(*) as entries,
               count(*) filter (where position >= positions[56]) as tail, sum(amount) as balance,
               coalesce(sum(amount) filter (where position < positions[56]), 0) as balance_before
          from terms
          cross join (select 'acc_INR_funding_' || (select program_id from terms) as account_id, position, -amount as amount
                        from granted
                      union all
                      select 'acc_INR_pending_' || participant_id, position, amount from granted
                      union all
                      select 'acc_INR_pending_' || participant_id, released_position, -amount from granted where is_released
                      union all
                      select 'acc_INR_available_' || participant_id, released_position, amount
                        from granted where is_released) as entry
         group by program_id, account_id, end_position, positions) as account;
