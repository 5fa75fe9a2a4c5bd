import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Database } from "./database.ts";
import type { Log } from "./log.ts";

export type BusHandler = (payload: string) => void;

/** Tells all instances that something changed. Messages are hints: whoever misses one finds the fact in the database. */
export type Bus = {
  publish(topic: string, payload: string): void;
  subscribe(topic: string, handler: BusHandler): () => void;
  close(): Promise<void>;
};

const CHANNEL = "referralhub";
/** PostgreSQL takes payloads below 8 000 bytes. */
const PAYLOAD_BYTES_MAX = 7_000;
/** After a notice: what is published meanwhile goes in the next one. The first of a quiet time goes at once. */
const REST_MS = 10;
const RECONNECT_MS = 500;
const HEARTBEAT_MS = 5_000;
/** Notices kept during an outage; of what is more the others learn when they look by themselves. */
const PENDING_MAX = 10_000;

/**
 * LISTEN and NOTIFY. One NOTIFY at most is on its way per instance and carries whatever was published
 * meanwhile and while it rested, outside of any business transaction: inside every commit it would serialise them.
 */
export class PostgresBus implements Bus {
  readonly #db: Database;
  readonly #log: Log;
  readonly #self = randomBytes(6).toString("hex");
  readonly #handlers = new Map<string, Set<BusHandler>>();
  #pending = new Map<string, [topic: string, payload: string]>();
  #client: pg.PoolClient | null = null;
  #heartbeat: NodeJS.Timeout | undefined;
  #isSending = false;
  #isClosed = false;

  constructor(db: Database, log: Log) {
    this.#db = db;
    this.#log = log;
  }

  async open(): Promise<void> {
    const client = await this.#db.connect();
    if (this.#isClosed) return client.release(true);
    try {
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      client.release(true);
      throw error;
    }
    client.on("notification", (message) => this.#receive(message.payload ?? "[]"));
    client.once("error", () => this.#reopen(client));
    client.once("end", () => this.#reopen(client));
    this.#client = client;
    this.#heartbeat = setInterval(() => this.#knock(client), HEARTBEAT_MS).unref();
    // Whatever was said while nobody listened is unknown: every subscriber looks once.
    for (const [topic] of this.#handlers) this.#deliver(topic, "*");
    if (this.#pending.size > 0 && !this.#isSending) void this.#send();
  }

  publish(topic: string, payload: string): void {
    this.#deliver(topic, payload);
    this.#pending.set(`${topic} ${payload}`, [topic, payload]);
    if (!this.#isSending) void this.#send();
  }

  subscribe(topic: string, handler: BusHandler): () => void {
    const handlers = this.#handlers.get(topic) ?? new Set();
    handlers.add(handler);
    this.#handlers.set(topic, handlers);
    return () => handlers.delete(handler);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#heartbeat);
    const client = this.#client;
    this.#client = null;
    if (client) {
      client.removeAllListeners("end");
      client.release(true);
    }
  }

  /** A connection that nobody hears of any more looks like one on which nothing is said. */
  #knock(client: pg.PoolClient): void {
    const knock = { text: "select 1", query_timeout: HEARTBEAT_MS };
    client.query(knock).catch(() => this.#reopen(client));
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    // Publications of one turn of the event loop travel together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#pending.size > 0 && this.#client) {
      const client = this.#client;
      const messages = this.#take();
      try {
        const text = JSON.stringify([this.#self, ...messages]);
        await client.query("select pg_notify($1, $2)", [CHANNEL, text]);
        await sleep(REST_MS);
      } catch (error) {
        // Said again on the next connection: what was changed meanwhile must not be believed for long.
        for (const [topic, payload] of messages.slice(0, Math.max(0, PENDING_MAX - this.#pending.size)))
          this.#pending.set(`${topic} ${payload}`, [topic, payload]);
        this.#log.warn({ error }, "a notice to the other instances has to wait");
        this.#reopen(client);
      }
    }
    this.#isSending = false;
  }

  #take(): [string, string][] {
    const taken: [string, string][] = [];
    let bytes = 0;
    for (const [key, message] of this.#pending) {
      bytes += key.length + 8;
      if (bytes > PAYLOAD_BYTES_MAX) break;
      taken.push(message);
      this.#pending.delete(key);
    }
    return taken;
  }

  #receive(text: string): void {
    const [sender, ...messages] = JSON.parse(text) as [string, ...[string, string][]];
    if (sender === this.#self) return;
    for (const [topic, payload] of messages) this.#deliver(topic, payload);
  }

  /** "*" means: anything may have changed. */
  #deliver(topic: string, payload: string): void {
    for (const handler of this.#handlers.get(topic) ?? []) handler(payload);
  }

  #reopen(client: pg.PoolClient): void {
    if (this.#client !== client || this.#isClosed) return;
    this.#client = null;
    clearInterval(this.#heartbeat);
    client.release(true);
    const again = (): void => {
      if (this.#isClosed) return;
      this.open().catch(() => setTimeout(again, RECONNECT_MS).unref());
    };
    setTimeout(again, RECONNECT_MS).unref();
  }
}
