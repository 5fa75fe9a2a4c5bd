import { sql } from "kysely";
import type { Reader } from "../../platform/database.ts";
import { examine } from "../../platform/verification.ts";

const PROGRAM_TABLES = sql`
  select class.oid, class.relname, class.relrowsecurity, class.relforcerowsecurity
    from pg_class as class
    join pg_attribute as attribute
      on attribute.attrelid = class.oid and attribute.attname = 'program_id' and not attribute.attisdropped
   where class.relkind in ('r', 'p') and class.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`;

/** Row-level security on every table with a program, and an application that cannot step around it. */
export const examineIsolation = (reader: Reader, directoryTables: readonly string[]) =>
  examine(
    reader,
    sql`select count(*) from (${PROGRAM_TABLES}) as program_table where relname <> all(${directoryTables}::text[])`,
    sql`
      select 'Table ' || relname || ' does not force row-level security.'
        from (${PROGRAM_TABLES}) as program_table
       where relname <> all(${directoryTables}::text[]) and not (relrowsecurity and relforcerowsecurity)
      union all
      select 'Table ' || relname || ' has no policy, or one that is not about the program.'
        from (${PROGRAM_TABLES}) as program_table
        left join pg_policy as policy on policy.polrelid = program_table.oid
       where relname <> all(${directoryTables}::text[])
         and coalesce(pg_get_expr(policy.polqual, policy.polrelid), pg_get_expr(policy.polwithcheck, policy.polrelid), '')
             not like '(program_id = current_setting(''app.program_id''::text, true))%'
         and coalesce(pg_get_expr(policy.polqual, policy.polrelid), pg_get_expr(policy.polwithcheck, policy.polrelid), '')
             not like '((program_id = current_setting(''app.program_id''::text, true)) AND%'
      union all
      select 'The application''s role ' || rolname || ' may bypass row-level security.'
        from pg_roles
       where rolname = current_user and (rolsuper or rolbypassrls)
      union all
      select 'The application''s role owns ' || relname || '.'
        from pg_class
       where relkind in ('r', 'p', 'v', 'm', 'S') and pg_has_role(current_user, relowner, 'member')`,
  );
