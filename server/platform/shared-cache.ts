import { LRUCache } from "lru-cache";
import type { Bus } from "./bus.ts";

export type SharedCacheOptions<Value> = {
  bus: Bus;
  topic: string;
  ttlMs: number;
  entriesMax: number;
  /** Whether a notice on the topic is about this value. */
  concerns: (value: Value, notice: string) => boolean;
};

/**
 * Look-ups kept in memory for a short time and dropped on every instance when the bus says that what
 * they were made from has changed. What was not found is not kept.
 */
export class SharedCache<Value extends object> {
  readonly #entries: LRUCache<string, Value>;
  readonly #loading = new Map<string, Promise<Value | null>>();
  readonly #unsubscribe: () => void;
  #generation = 0;

  constructor(options: SharedCacheOptions<Value>) {
    this.#entries = new LRUCache({ max: options.entriesMax, ttl: options.ttlMs });
    this.#unsubscribe = options.bus.subscribe(options.topic, (notice) => {
      // A look-up still under way may have read what is no longer true: it is used, but not kept.
      this.#generation++;
      this.#loading.clear();
      if (notice === "*") this.#entries.clear();
      else
        for (const [key, value] of this.#entries.entries())
          if (options.concerns(value, notice)) this.#entries.delete(key);
    });
  }

  /** What is in memory, without asking anybody. */
  peek(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  /** From memory, or from `load`, which runs once however many ask. */
  async get(key: string, load: () => Promise<Value | null>): Promise<Value | null> {
    const kept = this.#entries.get(key);
    if (kept !== undefined) return kept;
    const underWay = this.#loading.get(key);
    if (underWay) return underWay;
    const loading = this.#load(key, load);
    this.#loading.set(key, loading);
    try {
      return await loading;
    } finally {
      if (this.#loading.get(key) === loading) this.#loading.delete(key);
    }
  }

  /** For one who has reason to think that what is kept is no longer true. */
  forget(key: string): void {
    this.#generation++;
    this.#loading.delete(key);
    this.#entries.delete(key);
  }

  close(): void {
    this.#unsubscribe();
    this.#entries.clear();
  }

  async #load(key: string, load: () => Promise<Value | null>): Promise<Value | null> {
    const generation = this.#generation;
    const value = await load();
    if (value !== null && generation === this.#generation) this.#entries.set(key, value);
    return value;
  }
}
