import fs from "node:fs";
import path from "node:path";
import { figureOf } from "../figure.ts";
import { startServer } from "../server.ts";
import type { Measurement } from "./measurement.ts";

const ROUNDS_MAX = 3;

/** From the start of the process to the line that says it serves: into an empty folder, and again. */
export const starts: Measurement = {
  name: "starts",
  needs: [],
  async run({ options, server }) {
    const first: number[] = [];
    const again: number[] = [];
    for (let round = 0; round < Math.min(options.rounds, ROUNDS_MAX); round++) {
      const folder = fs.mkdtempSync(path.join(path.dirname(server.dataFolder), "start-"));
      for (const times of [first, again]) {
        const started = await startServer(folder);
        times.push(started.readyMs);
        await started.stop();
      }
      fs.rmSync(folder, { recursive: true, force: true });
    }
    return [
      figureOf({ name: "First start, into an empty folder", unit: "ms", rounds: first }),
      figureOf({ name: "Second start", unit: "ms", rounds: again }),
    ];
  },
};
