import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";
import type { OpenPlace } from "../vacancy.ts";

/** The nearest open places below each inviter: level by level, within a level the oldest participant first. */
export const listOpenPlaces = (reader: Reader, inviterIds: readonly string[], limit: number) =>
  reader.many<OpenPlace>(sql`
    select inviter.id as inviter_id, open.level, open.participant_id
      from unnest(${inviterIds}::text[]) as inviter (id)
     cross join lateral (
           select level, participant_id
             from open_places
            where program_id = ${reader.programId} and inviter_id = inviter.id
            order by level, participant_id
            limit ${limit}) as open
     order by inviter.id, open.level, open.participant_id`);

export const deleteOpenPlaces = (tx: Tx, participantIds: readonly string[]) =>
  tx.run(sql`
    delete from open_places
     where program_id = ${tx.programId} and participant_id = any(${participantIds})`);

/** Of these, whoever is active and has room is an open place for everybody above them. */
export const insertOpenPlaces = (tx: Tx, participantIds: readonly string[]) =>
  tx.run(sql`
    insert into open_places (program_id, inviter_id, level, participant_id)
    select ${tx.programId}, above.id, above.level, participant.id
      from participants as participant
     cross join lateral unnest(participant.upline) with ordinality as above (id, level)
     where participant.program_id = ${tx.programId} and participant.id = any(${participantIds})
       and participant.status = 'active' and participant.direct_count < participant.direct_limit
    on conflict (program_id, inviter_id, level, participant_id) do nothing`);

export const deleteEveryOpenPlace = (tx: Tx) =>
  tx.run(sql`delete from open_places where program_id = ${tx.programId}`);

export const insertEveryOpenPlace = (tx: Tx) =>
  tx.run(sql`
    insert into open_places (program_id, inviter_id, level, participant_id)
    select ${tx.programId}, above.id, above.level, participant.id
      from participants as participant
     cross join lateral unnest(participant.upline) with ordinality as above (id, level)
     where participant.program_id = ${tx.programId}
       and participant.status = 'active' and participant.direct_count < participant.direct_limit`);
