/** Rows one transaction may carry: beyond this a batch takes longer without being cheaper per row. */
const BATCH_MAX = 500;
/** Items that may wait; more are refused, so that a stalled database cannot eat the memory. */
const WAITING_MAX = 20_000;
/** A busy turn takes about as long as a statement, so waiting for a few costs nobody much. */
const TURNS_MAX = 3;
/** So many share the cost of a commit well enough to leave. */
const GATHERED_MIN = 32;

type Waiting<Item, Outcome> = {
  item: Item;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
};

export type GroupCommitOptions<Item, Outcome> = {
  /** Runs one transaction over the items; answers one outcome each, in their order, after the commit. */
  run: (items: Item[]) => Promise<Outcome[]>;
  /** True when running the items again one by one can help (an unexpected failure, not a lost database). */
  mayRetrySingly: (error: unknown) => boolean;
  overloaded: () => Error;
  batchMax?: number;
  /**
   * Items that must wait before a second batch starts beside the first: while one waits for the disk the
   * other is prepared. Absent: one at a time, for work whose batches would wait on each other's rows.
   */
  secondBatchFrom?: number;
};

/**
 * Lets concurrent requests share a commit. Whatever arrived while the last transaction ran forms the
 * next batch, without a timer: one request alone is not delayed, many together pay one commit.
 */
class GroupCommit<Item, Outcome> {
  readonly #options: GroupCommitOptions<Item, Outcome>;
  #waiting: Waiting<Item, Outcome>[] = [];
  #running = 0;

  constructor(options: GroupCommitOptions<Item, Outcome>) {
    this.#options = options;
  }

  /** Resolves with the item's own outcome once its transaction is durable. */
  submit(item: Item): Promise<Outcome> {
    if (this.#waiting.length >= WAITING_MAX) return Promise.reject(this.#options.overloaded());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#mayStart()) void this.#drain();
    });
  }

  #mayStart(): boolean {
    if (this.#running === 0) return true;
    const { secondBatchFrom } = this.#options;
    return this.#running === 1 && secondBatchFrom !== undefined && this.#waiting.length >= secondBatchFrom;
  }

  async #drain(): Promise<void> {
    this.#running++;
    for (;;) {
      await this.#gather();
      if (this.#waiting.length === 0) break;
      const batch = this.#waiting.splice(0, this.#options.batchMax ?? BATCH_MAX);
      await this.#runBatch(batch);
    }
    this.#running--;
  }

  /**
   * Requests that arrive in the same turn of the event loop join the batch; while each turn brings more, those
   * of the next ones do, too. One that is alone waits for nobody.
   */
  async #gather(): Promise<void> {
    for (let turn = 0; turn < TURNS_MAX && this.#waiting.length < GATHERED_MIN; turn++) {
      const before = this.#waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#waiting.length === before) return;
    }
  }

  async #runBatch(batch: Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#options.run(batch.map((waiting) => waiting.item));
      batch.forEach((waiting, index) => {
        waiting.resolve(outcomes[index] as Outcome);
      });
    } catch (error) {
      if (batch.length > 1 && this.#options.mayRetrySingly(error)) {
        // One bad item never spoils its batch.
        for (const waiting of batch) await this.#runBatch([waiting]);
      } else {
        for (const waiting of batch) waiting.reject(error);
      }
    }
  }
}

/** One writer per key (a program), made on first use. */
export class GroupCommits<Item, Outcome> {
  readonly #groups = new Map<string, GroupCommit<Item, Outcome>>();
  readonly #create: (key: string) => GroupCommitOptions<Item, Outcome>;

  constructor(create: (key: string) => GroupCommitOptions<Item, Outcome>) {
    this.#create = create;
  }

  submit(key: string, item: Item): Promise<Outcome> {
    let group = this.#groups.get(key);
    if (!group) {
      group = new GroupCommit(this.#create(key));
      this.#groups.set(key, group);
    }
    return group.submit(item);
  }
}
