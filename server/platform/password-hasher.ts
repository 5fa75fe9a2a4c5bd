import { hash, type Options, verify } from "@node-rs/argon2";
import { Refusal } from "../primitives/refusal.ts";

/** OWASP's minimum: 19 MiB, two passes, one lane. The library's own default is Argon2id. */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashes at once: more would let a flood of sign-ins starve purchases on two cores. */
const RUNNING_MAX = 2;
/** Beyond this the wait would be longer than anybody's patience. */
const WAITING_MAX = 100;
const RETRY_SECONDS = 5;

/** Argon2id off the main thread, a few at a time; the others wait in line, and a long line is refused. */
export class PasswordHasher {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(password, COST));
  }

  /** False also for a hash nobody can read. */
  verify(passwordHash: string, password: string): Promise<boolean> {
    return this.#inTurn(() => verify(passwordHash, password).catch(() => false));
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= RUNNING_MAX) {
      if (this.#waiting.length >= WAITING_MAX)
        throw new Refusal("overloaded", { facts: { retry_after: RETRY_SECONDS } });
      // The one who finishes hands over its place, so the count stays.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running++;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
