import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";
import { PROMOTIONS_MAX, type PromotionId } from "../promotion.ts";

export type PromotionRow = {
  id: PromotionId;
  document: unknown;
  hash: string;
  timeZone: string;
  startsAt: Date;
  endsAt: Date;
  endedAt: Date | null;
  createdAt: Date;
};

const COLUMNS = sql`id, document, hash, time_zone, starts_at, ends_at, ended_at, created_at`;

export type NewPromotion = Pick<
  PromotionRow,
  "id" | "document" | "hash" | "timeZone" | "startsAt" | "endsAt"
>;

export const insertPromotion = (tx: Tx, promotion: NewPromotion) =>
  tx.one<PromotionRow>(sql`
    insert into promotions (program_id, id, document, hash, time_zone, starts_at, ends_at, created_at)
    values (${tx.programId}, ${promotion.id}, ${JSON.stringify(promotion.document)}::jsonb, ${promotion.hash},
            ${promotion.timeZone}, ${promotion.startsAt}, ${promotion.endsAt}, ${tx.now})
    returning ${COLUMNS}`);

export const listPromotions = (reader: Reader) =>
  reader.many<PromotionRow>(sql`
    select ${COLUMNS} from promotions where program_id = ${reader.programId}
     order by id desc limit ${PROMOTIONS_MAX}`);

export const readPromotionRow = (reader: Reader, id: string) =>
  reader.maybe<PromotionRow>(
    sql`select ${COLUMNS} from promotions where program_id = ${reader.programId} and id = ${id}`,
  );

export const lockPromotion = (tx: Tx, id: string) =>
  tx.maybe<PromotionRow>(
    sql`select ${COLUMNS} from promotions where program_id = ${tx.programId} and id = ${id} for update`,
  );

export const endPromotion = (tx: Tx, id: string) =>
  tx.one<PromotionRow>(sql`
    update promotions set ended_at = ${tx.now}
     where program_id = ${tx.programId} and id = ${id} and ended_at is null and ends_at > ${tx.now}
    returning ${COLUMNS}`);
