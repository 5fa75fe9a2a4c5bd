import { setTimeout as sleep } from "node:timers/promises";
import type { Bench } from "./bench.ts";

const SECONDS_MAX = 300;
const LOOK_MS = 100;
const WORTH_SAYING_MS = 2_000;

/** Every reader of the log at its end, so that nobody pays for what the one before left to the worker. */
const BEHIND = `
  select count(*)::int as behind
    from program_directory
    join cursors on cursors.program_id = program_directory.program_id
    cross join lateral (
      select position, id
        from events
       where events.program_id = program_directory.program_id
       order by position desc, id desc
       limit 1) as last
   where (cursors.position, cursors.row_id) < (last.position, last.id)`;

/** Waits until the worker has counted what has happened so far. */
export async function settle({ product, say }: Bench): Promise<void> {
  const began = performance.now();
  for (;;) {
    const { rows } = await product.query(BEHIND);
    const waited = performance.now() - began;
    if (rows[0].behind === 0) {
      if (waited > WORTH_SAYING_MS) say(`  the worker had caught up after ${Math.round(waited / 1_000)} s`);
      return;
    }
    if (waited > SECONDS_MAX * 1_000) throw new Error(`The worker has not caught up in ${SECONDS_MAX} s.`);
    await sleep(LOOK_MS);
  }
}
