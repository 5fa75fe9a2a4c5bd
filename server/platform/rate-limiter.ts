import { LRUCache } from "lru-cache";
import type pg from "pg";
import { RateLimiterMemory, RateLimiterPostgres } from "rate-limiter-flexible";
import type { Database } from "./database.ts";
import { keyedHash } from "./secret.ts";

export type RateLimit = { limit: number; windowSeconds: number };

export type Allowance = {
  isAllowed: boolean;
  limit: number;
  /** What this instance knows to be left; others may have taken some of it. */
  remaining: number;
  resetSeconds: number;
};

export type RateLimiterOptions<Name extends string> = {
  db: Pick<Database, "connect">;
  limits: Readonly<Record<Name, RateLimit>>;
  /** Multiplies every limit. */
  scale: number;
  /** Keys are addresses and accounts: the table holds their keyed hashes only. */
  secret: string;
  clock?: () => number;
};

/** What an instance took from the shared counter and has not used yet. */
type Lease = { inHand: number; leftForAll: number; isExhausted: boolean; endsAt: number };

type Counter = {
  rate: RateLimit;
  chunk: number;
  shared: RateLimiterPostgres;
  /** Counts alone while the database cannot be asked: a limit must not be what stops the product. */
  alone: RateLimiterMemory;
  leases: LRUCache<string, Lease>;
  underWay: Map<string, Promise<Lease>>;
};

const TABLE = "rate_limits";
/** An instance takes a fiftieth of a limit at a time, so that a busy key costs few round trips. */
const CHUNKS_PER_LIMIT = 50;
const LEASES_MAX = 100_000;
const STORE_MS_MAX = 500;
/** After a failure the store is left alone for a moment. */
const STORE_PAUSE_MS = 1_000;

/**
 * Fixed windows counted in one table by all instances. An instance takes points in chunks and serves
 * from its chunk in memory, so the sum over all instances never passes a limit, a small limit is
 * exact, and a large one costs a query per thousands of requests. Once a limit is used up the key is
 * refused from memory until its window ends.
 */
export class RateLimiter<Name extends string> {
  readonly #counters: Map<Name, Counter>;
  readonly #secret: string;
  readonly #clock: () => number;
  #pausedUntil = 0;

  constructor(options: RateLimiterOptions<Name>) {
    this.#secret = options.secret;
    this.#clock = options.clock ?? Date.now;
    const store = storeOf(options.db);
    this.#counters = new Map(
      (Object.entries(options.limits) as [Name, RateLimit][]).map(([name, rate]) => [
        name,
        counterOf(name, { ...rate, limit: Math.max(1, Math.floor(rate.limit * options.scale)) }, store),
      ]),
    );
  }

  /** Takes one point; answers at once while the lease lasts. */
  take(name: Name, key: string): Allowance | Promise<Allowance> {
    const counter = this.#counterOf(name);
    const lease = this.#leaseOf(counter, key);
    if (lease && (lease.inHand > 0 || lease.isExhausted)) return this.#spend(counter, lease);
    return this.#takeSlowly(counter, key);
  }

  /** Returns a point, for what turned out to need no limiting (a sign-in that succeeded). */
  giveBack(name: Name, key: string): void {
    const lease = this.#leaseOf(this.#counterOf(name), key);
    if (lease) lease.inHand++;
  }

  async #takeSlowly(counter: Counter, key: string): Promise<Allowance> {
    for (;;) {
      const lease = this.#leaseOf(counter, key);
      if (lease && (lease.inHand > 0 || lease.isExhausted)) return this.#spend(counter, lease);
      await this.#renew(counter, key);
    }
  }

  #spend(counter: Counter, lease: Lease): Allowance {
    const isAllowed = lease.inHand > 0;
    if (isAllowed) lease.inHand--;
    return {
      isAllowed,
      limit: counter.rate.limit,
      remaining: lease.inHand + lease.leftForAll,
      resetSeconds: Math.max(1, Math.ceil((lease.endsAt - this.#clock()) / 1000)),
    };
  }

  #leaseOf(counter: Counter, key: string): Lease | null {
    const lease = counter.leases.get(key);
    return lease && this.#clock() < lease.endsAt ? lease : null;
  }

  /** Many who wait for the same key share one call. */
  #renew(counter: Counter, key: string): Promise<Lease> {
    const underWay = counter.underWay.get(key);
    if (underWay) return underWay;
    const renewing = this.#lease(counter, keyedHash(this.#secret, key))
      .then((lease) => {
        counter.leases.set(key, lease);
        return lease;
      })
      .finally(() => counter.underWay.delete(key));
    counter.underWay.set(key, renewing);
    return renewing;
  }

  async #lease(counter: Counter, key: string): Promise<Lease> {
    const { chunk, rate } = counter;
    // `penalty` counts without ever refusing: how much of the chunk lies below the limit is ours to say.
    const counted = await this.#shared(
      () => counter.shared.penalty(key, chunk),
      () => counter.alone.penalty(key, chunk),
    );
    const over = Math.max(0, counted.consumedPoints - rate.limit);
    return {
      inHand: Math.max(0, chunk - over),
      leftForAll: Math.max(0, rate.limit - counted.consumedPoints),
      isExhausted: counted.consumedPoints >= rate.limit,
      endsAt: this.#clock() + Math.max(1, counted.msBeforeNext),
    };
  }

  async #shared<T>(ask: () => Promise<T>, askAlone: () => Promise<T>): Promise<T> {
    if (this.#clock() < this.#pausedUntil) return askAlone();
    try {
      return await ask();
    } catch {
      this.#pausedUntil = this.#clock() + STORE_PAUSE_MS;
      return askAlone();
    }
  }

  #counterOf(name: Name): Counter {
    const counter = this.#counters.get(name);
    if (!counter) throw new Error(`There is no rate limit named ${name}.`);
    return counter;
  }
}

function counterOf(name: string, rate: RateLimit, store: Store): Counter {
  const window = { points: rate.limit, duration: rate.windowSeconds, keyPrefix: name };
  return {
    rate,
    chunk: Math.max(1, Math.floor(rate.limit / CHUNKS_PER_LIMIT)),
    shared: new RateLimiterPostgres({
      ...window,
      storeClient: store,
      storeType: "pool",
      tableName: TABLE,
      tableCreated: true,
    }),
    alone: new RateLimiterMemory(window),
    leases: new LRUCache({ max: LEASES_MAX }),
    underWay: new Map(),
  };
}

type Store = { query(statement: pg.QueryConfig): Promise<{ rows: unknown[]; rowCount: number | null }> };

/** What the limiter needs of a pool. Our connections read bigint as `bigint`, the limiter wants numbers. */
function storeOf(db: Pick<Database, "connect">): Store {
  return {
    query: (statement) =>
      within(STORE_MS_MAX, async () => {
        const client = await db.connect();
        let isBroken = true;
        try {
          // Unnamed, so that it also works through a pooler that forgets prepared statements.
          const result = await client.query({ text: statement.text, values: statement.values ?? [] });
          isBroken = false;
          const rows = result.rows.map((row: Record<string, unknown>) => ({
            ...row,
            expire: Number(row.expire),
          }));
          return { rows, rowCount: result.rowCount };
        } finally {
          client.release(isBroken);
        }
      }),
  };
}

async function within<T>(millis: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The rate limit store did not answer in time.")), millis);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
