import type { Log } from "./log.ts";

export type LoopOptions = {
  name: string;
  /** The longest rest between two rounds. */
  everyMs: number;
  log: Log;
  /** One round; answers how much it did. After a round that did something the next follows soon. */
  work: () => Promise<number>;
  /** The shortest rest after a round that did something, where a longer one than usual lets more of it meet. */
  restMs?: number;
  /** Works on without a rest while there is something to do: it waits for others more than it works. */
  isEager?: true;
  /** Failures that pass by themselves and need no line in the log. */
  mayIgnore: (error: unknown) => boolean;
};

export type Loop = { wake(): void; close(): Promise<void> };

/** A busy loop rests this many times as long as it worked: requests come before bookkeeping. */
const REST_FACTOR = 3;
const REST_MS_MIN = 250;
const REST_MS_MAX = 2_000;

/** Work that comes round again: at the latest after `everyMs`, soon when woken, gently when there is much of it. */
export function createLoop(options: LoopOptions): Loop {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let isAwake = false;
  let isClosed = false;

  const plan = (ms: number): void => {
    if (isClosed) return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(start, ms);
    timer.unref();
  };
  const round = async (): Promise<void> => {
    isAwake = false;
    const began = performance.now();
    let done = 0;
    try {
      done = await options.work();
    } catch (error) {
      if (!options.mayIgnore(error))
        options.log.error({ error, loop: options.name }, "a round of the worker failed");
    }
    const worked = performance.now() - began;
    const pause = Math.min(REST_MS_MAX, Math.max(options.restMs ?? REST_MS_MIN, REST_FACTOR * worked));
    const rest = options.isEager && done > 0 ? 0 : pause;
    plan(done > 0 || isAwake ? rest : options.everyMs);
  };
  const start = (): void => {
    timer = null;
    running ??= round().finally(() => {
      running = null;
    });
  };
  plan(0);
  return {
    wake: () => {
      if (isAwake || isClosed) return;
      isAwake = true;
      if (!running) plan(REST_MS_MIN);
    },
    close: async () => {
      isClosed = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
