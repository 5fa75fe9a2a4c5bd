import type pg from "pg";

/** The name the migrations use for the application's role; every installation has its own. */
const ROLE_IN_FILES = "referralhub_app";
/** Kept by what runs the migrations, not by the migrations. */
const RUNNER_TABLES = ["schema_migrations", "schema_migrations_lock", "installation_role"];
const SCHEMAS = ["public", "auth"];

const HEADER = `-- The schema after all migrations, read from the catalog by \`npm run schema\`. For reading: a change is a
-- migration, and a test compares. Left out: what runs the migrations (${RUNNER_TABLES.join(", ")})
-- and the schema of graphile-worker, which keeps its own.
`;

type Table = {
  oid: number;
  name: string;
  kind: "table" | "unlogged table" | "view";
  options: string | null;
  definition: string | null;
  isSecured: boolean;
  isForced: boolean;
};

/** Writes down every table, view, policy and grant of a migrated database, always in the same order. */
export async function dumpSchema(client: pg.ClientBase, appRole: string): Promise<string> {
  const many = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await client.query(text, values)).rows as Row[];
  // Names in definitions are written in full.
  await client.query("select set_config('search_path', 'pg_catalog', false)");
  const parts = [
    HEADER,
    ...(await many<{ line: string }>(SCHEMA_LINES, [SCHEMAS])).map(({ line }) => `${line}\n`),
  ];
  for (const table of await many<Table>(TABLES, [SCHEMAS, RUNNER_TABLES])) {
    const body = (await many<{ line: string }>(BODY, [table.oid])).map(({ line }) => line);
    const after = (await many<{ line: string }>(AFTER, [table.oid])).map(({ line }) => line);
    parts.push(textOf(table, body, after));
  }
  for (const { line } of await many<{ line: string }>(PROGRAMMED, [SCHEMAS])) parts.push(`${line}\n`);
  return parts
    .join("\n")
    .replaceAll(appRole, ROLE_IN_FILES)
    .replaceAll(/\bpublic\./g, "")
    .replaceAll("pg_catalog.", "");
}

function textOf(table: Table, body: string[], after: string[]): string {
  const options = table.options === null ? "" : ` with (${table.options})`;
  const head =
    table.kind === "view"
      ? `create view ${table.name}${options} as\n${table.definition}`
      : `create ${table.kind} ${table.name} (\n  ${body.join(",\n  ")}\n)${options};`;
  const security = [
    ...(table.isSecured ? [`alter table ${table.name} enable row level security;`] : []),
    ...(table.isForced ? [`alter table ${table.name} force row level security;`] : []),
  ];
  return `${[head, ...security, ...after].join("\n")}\n`;
}

const SCHEMA_LINES = `
  select format('create schema %I;', nspname)
         || coalesce((select string_agg(format(E'\\ngrant %s on schema %I to %s;', lower(privilege_type), nspname,
                                               case grantee when 0 then 'public' else pg_get_userbyid(grantee)::text end),
                                        '' order by pg_get_userbyid(grantee), privilege_type)
                       from aclexplode(nspacl) where grantee <> nspowner), '') as line
    from pg_namespace
   where nspname = any($1) and nspname <> 'public'
   order by nspname`;

const TABLES = `
  select class.oid::int as oid, class.oid::regclass::text as name,
         case when class.relkind = 'v' then 'view' when class.relpersistence = 'u' then 'unlogged table' else 'table' end as kind,
         array_to_string(class.reloptions, ', ') as options,
         case when class.relkind = 'v' then pg_get_viewdef(class.oid) end as definition,
         class.relrowsecurity as "isSecured", class.relforcerowsecurity as "isForced"
    from pg_class as class
    join pg_namespace as space on space.oid = class.relnamespace
   where space.nspname = any($1) and class.relkind in ('r', 'p', 'v') and class.relname <> all($2)
   order by space.nspname = 'auth', class.relname`;

/** Columns in their order, then keys, checks and references. */
const BODY = `
  select line from (
    select 1 as part, attnum::int as place, '' as name,
           format('%I %s', attname, format_type(atttypid, atttypmod))
           || case when attcollation <> 0 and collname <> 'default' then format(' collate %I', collname) else '' end
           || case when attnotnull then ' not null' else '' end
           || coalesce(case attgenerated when 's' then ' generated always as (' || pg_get_expr(adbin, adrelid) || ') stored'
                                         else ' default ' || pg_get_expr(adbin, adrelid) end, '') as line
      from pg_attribute
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
      left join pg_collation on pg_collation.oid = attcollation
     where attrelid = $1 and attnum > 0 and not attisdropped
    union all
    select 2, position(contype::text in 'pucfx'), conname::text,
           format('constraint %I %s', conname, pg_get_constraintdef(oid))
      from pg_constraint
     where conrelid = $1 and contype in ('p', 'u', 'c', 'f', 'x')
  ) as lines
  order by part, place, name`;

/** Indexes that are no constraint's, policies, triggers and grants. */
const AFTER = `
  select line from (
    select 1 as part, relname::text as name, pg_get_indexdef(indexrelid) || ';' as line
      from pg_index
      join pg_class on pg_class.oid = indexrelid
     where indrelid = $1 and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
    union all
    select 2, polname::text,
           format('create policy %I on %s%s for %s to %s%s%s;', polname, polrelid::regclass,
                  case when polpermissive then '' else ' as restrictive' end,
                  case polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end,
                  case when polroles = '{0}' then 'public'
                       else (select string_agg(pg_get_userbyid(role), ', ' order by 1) from unnest(polroles) as role) end,
                  coalesce(E'\\n  using (' || pg_get_expr(polqual, polrelid) || ')', ''),
                  coalesce(E'\\n  with check (' || pg_get_expr(polwithcheck, polrelid) || ')', ''))
      from pg_policy
     where polrelid = $1
    union all
    select 3, tgname::text, pg_get_triggerdef(oid) || ';' from pg_trigger where tgrelid = $1 and not tgisinternal
    union all
    select 4, role, format('grant %s on %s to %s;', string_agg(lower(privilege), ', ' order by privilege), $1::oid::regclass, role)
      from (select case grantee when 0 then 'public' else pg_get_userbyid(grantee)::text end as role, privilege_type as privilege
              from pg_class cross join lateral aclexplode(relacl)
             where pg_class.oid = $1 and grantee <> relowner) as table_grants
     group by role
    union all
    select 5, role || privilege,
           format('grant %s (%s) on %s to %s;', lower(privilege), string_agg(quote_ident(column_name), ', ' order by attnum),
                  $1::oid::regclass, role)
      from (select case grantee when 0 then 'public' else pg_get_userbyid(grantee)::text end as role,
                   privilege_type as privilege, attname::text as column_name, attnum
              from pg_attribute cross join lateral aclexplode(attacl)
             where attrelid = $1 and not attisdropped) as column_grants
     group by role, privilege
  ) as lines
  order by part, name`;

/** There should be none: logic lives in the application. Written down, so that one would be seen. */
const PROGRAMMED = `
  select pg_get_functiondef(proc.oid) || ';' as line
    from pg_proc as proc
    join pg_namespace as space on space.oid = proc.pronamespace
   where space.nspname = any($1) and proc.prokind in ('f', 'p')
   order by proc.proname, proc.oid`;
