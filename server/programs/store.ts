import { sql } from "kysely";
import type { Stretch } from "../events/catalogue.ts";
import type { Reader, Tx } from "../platform/database.ts";
import type { Overflow, Program, ProgramText } from "./program.ts";

const COLUMNS = sql`program_id, name, state, currency, time_zone, language, destination_url, default_margin_ppm,
       direct_limit, overflow, attribution_window_days, attribution_model, attribution_version, attribution_days,
       claim_window_days, reassign_second_person_above,
       plan_revision, created_at, debt_write_off_days, link_domains, terms_url, disclosure, signing_key`;

export const insertDirectoryEntry = (tx: Tx) =>
  tx.run(sql`insert into program_directory (program_id) values (${tx.programId})`);

export const insertProgram = (tx: Tx, program: ProgramText) =>
  tx.one<Program>(sql`
    insert into programs (program_id, name, state, currency, time_zone, destination_url, created_at)
    values (${tx.programId}, ${program.name}, 'live', ${program.currency}, ${program.timeZone}, ${program.destinationUrl}, ${tx.now})
    returning ${COLUMNS}`);

export const readProgram = (reader: Reader) =>
  reader.maybe<Program>(sql`select ${COLUMNS} from programs where program_id = ${reader.programId}`);

export const lockProgram = (tx: Tx) =>
  tx.maybe<Program>(sql`select ${COLUMNS} from programs where program_id = ${tx.programId} for update`);

export const updateProgram = (
  tx: Tx,
  program: Omit<ProgramText, "currency"> &
    Pick<
      Program,
      | "language"
      | "defaultMarginPpm"
      | "debtWriteOffDays"
      | "linkDomains"
      | "termsUrl"
      | "disclosure"
      | "claimWindowDays"
      | "reassignSecondPersonAbove"
      | "signingKey"
    >,
) =>
  tx.one<Program>(sql`
    update programs
       set name = ${program.name}, time_zone = ${program.timeZone}, language = ${program.language},
           destination_url = ${program.destinationUrl},
           default_margin_ppm = ${program.defaultMarginPpm}::bigint,
           debt_write_off_days = ${program.debtWriteOffDays}::int, link_domains = ${program.linkDomains}::text[],
           terms_url = ${program.termsUrl}, disclosure = ${JSON.stringify(program.disclosure)}::jsonb,
           claim_window_days = ${program.claimWindowDays}::int,
           reassign_second_person_above = ${program.reassignSecondPersonAbove}::bigint,
           signing_key = ${program.signingKey}, updated_at = ${tx.now}
     where program_id = ${tx.programId}
    returning ${COLUMNS}`);

export const updateNetworkTerms = (
  tx: Tx,
  terms: { directLimit: number | null; overflow: Overflow; attributionWindowDays: number },
) =>
  tx.run(sql`
    update programs
       set direct_limit = ${terms.directLimit}::int, overflow = ${terms.overflow},
           attribution_window_days = ${terms.attributionWindowDays}::int, updated_at = ${tx.now}
     where program_id = ${tx.programId}`);

/** Shared by everybody who settles; who changes the terms waits until they have ended, and they wait for that. */
export const lockTermsTogether = (reader: Reader) =>
  reader.many<{ held: boolean }>(sql`
    select pg_advisory_xact_lock_shared(hashtextextended(${`terms ${reader.programId}`}, 0)) is not null as held`);

export const lockTermsAlone = (tx: Tx) =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`terms ${tx.programId}`}, 0))`);

export const addPlanRevision = (tx: Tx) =>
  tx.run(sql`
    update programs set plan_revision = plan_revision + 1, updated_at = ${tx.now}
     where program_id = ${tx.programId}`);

export const listProgramIds = (reader: Reader, limit: number) =>
  reader.many<{ programId: string }>(sql`
    select program_id from program_directory order by created_at, program_id limit ${limit}`);

/** Adds what a stretch of the log says to whoever reads it under this name. */
export const countProgramFacts = (tx: Tx, reader: string, { after, before }: Stretch) =>
  tx.run(
    sql`
    insert into program_counts as counted (program_id, metric, currency, total)
    select ${tx.programId}, metric, currency, sum(added)
      from program_facts
     where program_id = ${tx.programId} and reader = ${sql.lit(reader)}
       and position >= ${after.position}::bigint and (position, row_id) > (${after.position}::bigint, ${after.id})
       and position < ${before}::bigint
     group by metric, currency
     order by metric, currency
    on conflict (program_id, metric, currency) do update set total = counted.total + excluded.total`,
    { isPlannedEachTime: true },
  );

export const addProgramCounts = (
  tx: Tx,
  counts: readonly { metric: string; currency: string; added: string }[],
) =>
  tx.run(sql`
    insert into program_counts as counted (program_id, metric, currency, total)
    select ${tx.programId}, metric, currency, added
      from json_to_recordset(${JSON.stringify(counts)}::json) as count (metric text, currency text, added bigint)
     order by metric, currency
    on conflict (program_id, metric, currency) do update set total = counted.total + excluded.total`);
