import { sql } from "kysely";
import type { Reader } from "../../platform/database.ts";
import { examine } from "../../platform/verification.ts";
import { balancesWhere } from "../store.ts";

export const examineTransfers = (reader: Reader) =>
  examine(
    reader,
    sql`select count(*) from ledger_transfers where program_id = ${reader.programId}`,
    sql`
      select 'Transfer ' || id || ' moves ' || amount_minor || ' from ' || debit_id || ' to ' || credit_id || '.'
        from ledger_transfers
       where program_id = ${reader.programId} and (amount_minor <= 0 or debit_id = credit_id)
      union all
      select 'There is no account ' || entry.account_id || ', but it has ' || count(*) || ' entries.'
        from ledger_entries as entry
        left join ledger_accounts as account
          on account.program_id = entry.program_id and account.id = entry.account_id
       where entry.program_id = ${reader.programId} and account.id is null
       group by entry.account_id
      union all
      select 'The accounts in ' || entry.currency || ' add up to ' || sum(entry.amount_minor) || ', not to zero.'
        from ledger_entries as entry
        join ledger_accounts as account
          on account.program_id = entry.program_id and account.id = entry.account_id
       where entry.program_id = ${reader.programId}
       group by entry.currency
      having sum(entry.amount_minor) <> 0`,
  );

/** Asked as the application: whoever may do these things could change the past. */
export const examineTransferGrants = (reader: Reader) =>
  examine(
    reader,
    sql`select count(*) from unnest(${TRANSFER_RIGHTS_WITHHELD}::text[])`,
    sql`
      select 'The application may ' || withheld || ' transfers.'
        from unnest(${TRANSFER_RIGHTS_WITHHELD}::text[]) as withheld
       where case withheld when 'update' then has_any_column_privilege('ledger_transfers', withheld)
                           else has_table_privilege('ledger_transfers', withheld) end`,
  );

const TRANSFER_RIGHTS_WITHHELD = ["update", "delete", "truncate", "trigger"];

/** What a screen would show of every account, against the sum of all its entries. */
export const examineBalances = (reader: Reader) =>
  examine(
    reader,
    sql`select count(*) from ledger_accounts where program_id = ${reader.programId}`,
    sql`
      with summed as (
        select entry.account_id, sum(entry.amount_minor) as minor,
               count(*) filter (where entry.position < checkpoint.position) as entries_before
          from ledger_entries as entry
          left join ledger_checkpoints as checkpoint
            on checkpoint.program_id = entry.program_id and checkpoint.account_id = entry.account_id
         where entry.program_id = ${reader.programId}
         group by entry.account_id
      ), shown as (
        select id, balance_minor as minor, entries as entries_before
          from (${balancesWhere(reader, sql`true`, null)}) as balance
      )
      select 'Account ' || shown.id || ' shows ' || shown.minor || ', its entries add up to ' || coalesce(summed.minor, 0) || '.'
        from shown
        left join summed on summed.account_id = shown.id
       where shown.minor <> coalesce(summed.minor, 0)
      union all
      select 'The checkpoint of account ' || shown.id || ' stands for ' || shown.entries_before || ' entries, there are '
             || coalesce(summed.entries_before, 0) || '.'
        from shown
        left join summed on summed.account_id = shown.id
       where shown.entries_before <> coalesce(summed.entries_before, 0)`,
  );

export const examineCurrencies = (reader: Reader) =>
  examine(
    reader,
    sql`select count(*) from ledger_accounts where program_id = ${reader.programId}`,
    sql`
      select 'Account ' || account.id || ' holds ' || account.currency || ' and has ' || count(*) || ' entries in '
             || entry.currency || '.'
        from ledger_entries as entry
        join ledger_accounts as account
          on account.program_id = entry.program_id and account.id = entry.account_id
       where entry.program_id = ${reader.programId} and account.currency <> entry.currency
       group by account.id, account.currency, entry.currency`,
  );
