import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";
import type { Color } from "../../primitives/color.ts";
import type { BrandTexts } from "../brand.ts";

export type BrandRow = {
  color: Color | null;
  texts: BrandTexts;
  logoWidth: number | null;
  logoHeight: number | null;
  version: string;
};

const COLUMNS = sql`color, texts, logo_width, logo_height, version`;

export const readBrand = (reader: Reader) =>
  reader.maybe<BrandRow>(sql`select ${COLUMNS} from program_brands where program_id = ${reader.programId}`);

export const readLogo = (reader: Reader) =>
  reader.maybe<{ logo: Buffer; version: string }>(sql`
    select logo, version from program_brands where program_id = ${reader.programId} and logo is not null`);

export const upsertBrand = (tx: Tx, brand: { color: string | null; texts: BrandTexts; version: string }) =>
  tx.one<BrandRow>(sql`
    insert into program_brands (program_id, color, texts, version, updated_at)
    values (${tx.programId}, ${brand.color}, ${JSON.stringify(brand.texts)}::jsonb, ${brand.version}, ${tx.now})
    on conflict (program_id) do update
       set color = excluded.color, texts = excluded.texts, version = excluded.version, updated_at = excluded.updated_at
    returning ${COLUMNS}`);

export type NewLogo = { png: Buffer; width: number; height: number };

export const upsertLogo = (tx: Tx, logo: NewLogo | null, version: string) =>
  tx.one<BrandRow>(sql`
    insert into program_brands (program_id, logo, logo_width, logo_height, version, updated_at)
    values (${tx.programId}, ${logo?.png ?? null}::bytea, ${logo?.width ?? null}::int, ${logo?.height ?? null}::int,
            ${version}, ${tx.now})
    on conflict (program_id) do update
       set logo = excluded.logo, logo_width = excluded.logo_width, logo_height = excluded.logo_height,
           version = excluded.version, updated_at = excluded.updated_at
    returning ${COLUMNS}`);
