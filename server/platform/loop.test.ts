import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLoop, type LoopOptions } from "./loop.ts";

const nothing = () => {};
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Rounds that each did something, and how many there were. */
function busyLoop(options: Partial<LoopOptions>) {
  const seen = { rounds: 0 };
  const work = async () => {
    seen.rounds++;
    return 1;
  };
  const loop = createLoop({ name: "test", everyMs: 60_000, log, mayIgnore: () => false, work, ...options });
  return { seen, loop };
}

describe("a loop that has something to do", () => {
  it("rests a quarter of a second", async () => {
    const { seen, loop } = busyLoop({});
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.rounds).toBe(1);
    await vi.advanceTimersByTimeAsync(249);
    expect(seen.rounds).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen.rounds).toBe(2);
    await loop.close();
  });

  it("rests longer where more of it should meet", async () => {
    const { seen, loop } = busyLoop({ restMs: 1_000 });
    await vi.advanceTimersByTimeAsync(999);
    expect(seen.rounds).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen.rounds).toBe(2);
    await loop.close();
  });
});
