import { sql } from "kysely";
import { Refusal } from "../primitives/refusal.ts";
import type { Reader, Tx } from "./database.ts";

export type KeyedRequest = { key: string; fingerprint: string };
export type StoredAnswer = { status: number; body: string };

/**
 * The stored answer of this key, or null when this transaction is the first to use it.
 * Refuses while another request with the key runs, and when the key stood for another content.
 */
export async function findAnswer(tx: Tx, request: KeyedRequest): Promise<StoredAnswer | null> {
  const lock = await tx.one<{ isFree: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`${tx.programId} ${request.key}`}, 0)) as is_free`,
  );
  if (!lock.isFree) throw new Refusal("idempotency_key_running");
  const answers = await findAnswers(tx, [request.key]);
  return checkAnswer(answers.get(request.key), request);
}

/** Of many keys at once, those that have an answer. */
async function findAnswers(
  reader: Reader,
  keys: string[],
): Promise<Map<string, StoredAnswer & { fingerprint: string }>> {
  if (keys.length === 0) return new Map();
  const rows = await reader.many<{ key: string; fingerprint: string; status: number; body: string }>(sql`
    select key, fingerprint, status, body
      from idempotency_keys
     where program_id = ${reader.programId} and key = any(${keys})`);
  return new Map(rows.map((row) => [row.key, row]));
}

function checkAnswer(
  stored: (StoredAnswer & { fingerprint: string }) | undefined,
  request: KeyedRequest,
): StoredAnswer | null {
  if (!stored) return null;
  if (stored.fingerprint !== request.fingerprint) throw new Refusal("idempotency_key_reused");
  return stored;
}

export async function keepAnswer(tx: Tx, request: KeyedRequest, answer: StoredAnswer): Promise<void> {
  keepAnswers(tx, [{ ...request, ...answer }]);
}

function keepAnswers(tx: Tx, answers: (KeyedRequest & StoredAnswer)[]): void {
  if (answers.length === 0) return;
  tx.send(sql`
    insert into idempotency_keys (program_id, key, fingerprint, status, body)
    select ${tx.programId}, key, fingerprint, status, body
      from json_to_recordset(${JSON.stringify(answers)}::json)
        as answer (key text, fingerprint text, status smallint, body text)`);
}

/** What one of many requests of a batch is answered. */
export type BatchAnswer = { status: number; body: unknown; isReplay: boolean };

/** What names people is kept where it can be erased, so not in stored answers: taken out of them, and put back. */
export type Discretion = {
  takeOut(body: unknown): unknown;
  putBack(bodies: readonly unknown[]): Promise<unknown[]>;
};

/**
 * Answers many requests in one transaction, each idempotency key once: keys with a stored answer get it,
 * the others are handed to `answer` together, and what it answers is stored with them. Refusals are not
 * stored: the same request may succeed later.
 */
export async function answerBatch<Item extends Keyed>(
  tx: Tx,
  items: readonly Item[],
  stored: StoredBodies,
  answer: (items: Item[]) => Promise<({ status: number; body: unknown } | Refusal)[]>,
  takeOut: Discretion["takeOut"] = (body) => body,
): Promise<(BatchAnswer | Refusal)[]> {
  const first = new Map<string, number>();
  const asked: Item[] = [];
  const places = items.map((item) => {
    const key = item.idempotency?.key;
    if (key !== undefined) {
      const sibling = first.get(key);
      if (stored.has(key)) return -1;
      if (sibling !== undefined) return sibling;
      first.set(key, asked.length);
    }
    return asked.push(item) - 1;
  });
  const answers = await answer(asked);
  keepAnswers(
    tx,
    asked.flatMap((item, index) => {
      const one = answers[index];
      return item.idempotency && one && !(one instanceof Refusal)
        ? [{ ...item.idempotency, status: one.status, body: JSON.stringify(takeOut(one.body)) }]
        : [];
    }),
  );
  return items.map((item, index) => {
    const place = places[index] as number;
    if (place === -1) return storedAnswer(stored, item.idempotency as KeyedRequest);
    const maker = asked[place];
    const isOther = maker !== item;
    if (isOther && maker?.idempotency?.fingerprint !== item.idempotency?.fingerprint)
      return new Refusal("idempotency_key_reused");
    const one = answers[place] as { status: number; body: unknown } | Refusal;
    return one instanceof Refusal ? one : { ...one, isReplay: isOther };
  });
}

type Keyed = { idempotency: KeyedRequest | null };
type StoredBody = { status: number; fingerprint: string; body: unknown };

/** By key. */
export type StoredBodies = ReadonlyMap<string, StoredBody>;

/** The stored answers of those whose keys have one. */
export async function findStoredBodies(
  reader: Reader,
  items: readonly Keyed[],
  putBack: Discretion["putBack"] | null = null,
): Promise<StoredBodies> {
  const keys = items.flatMap((item) => item.idempotency?.key ?? []);
  const answers = [...(await findAnswers(reader, keys))];
  const kept = answers.map(([, { body }]): unknown => JSON.parse(body));
  const bodies = putBack && kept.length > 0 ? await putBack(kept) : kept;
  return new Map(answers.map(([key, answer], index) => [key, { ...answer, body: bodies[index] }]));
}

function storedAnswer(stored: StoredBodies, request: KeyedRequest): BatchAnswer | Refusal {
  const answer = stored.get(request.key);
  if (!answer || answer.fingerprint !== request.fingerprint) return new Refusal("idempotency_key_reused");
  return { status: answer.status, body: answer.body, isReplay: true };
}

/** Forgets answers older than their promise: a key is good for 30 days. Answers how many. */
export function purgeAnswers(tx: Tx): Promise<number> {
  return tx.run(sql`
    delete from idempotency_keys
     where program_id = ${tx.programId} and created_at < ${tx.now}::timestamptz - interval '30 days'`);
}
