import { sql } from "kysely";
import type { Words } from "../../messages/say.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import type { Template } from "../template.ts";

const COLUMNS = sql`message, language, version, words, created_at`;
const VERSIONS_MAX = 50;

/** The newest words of every message and language. */
export const listTemplates = (reader: Reader) =>
  reader.many<Template>(sql`
    select distinct on (message, language) ${COLUMNS} from templates
     where program_id = ${reader.programId}
     order by message, language, version desc`);

export const listVersions = (reader: Reader, message: string, language: string) =>
  reader.many<Template>(sql`
    select ${COLUMNS} from templates
     where program_id = ${reader.programId} and message = ${message} and language = ${language}
     order by version desc
     limit ${VERSIONS_MAX}`);

export const insertTemplate = (
  tx: Tx,
  template: { message: string; language: string; words: Words; createdBy: string | null },
) =>
  tx.run(sql`
    insert into templates (program_id, message, language, version, words, created_at, created_by)
    select ${tx.programId}, ${template.message}, ${template.language}, coalesce(max(version), 0) + 1,
           ${JSON.stringify(template.words)}::jsonb, ${tx.now}, ${template.createdBy}
      from templates
     where program_id = ${tx.programId} and message = ${template.message} and language = ${template.language}`);
