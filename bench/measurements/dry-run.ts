import { atMost, figureOf } from "../figure.ts";
import { provision } from "../programs.ts";
import type { Measurement } from "./measurement.ts";

const ROWS = 10_000;
const ENOUGH_MS = 3_000;

type List = { counts: { rows: number; ready: number } };

/** A list of ten thousand people, from the upload until every row has been looked over and stored. */
export const dryRun: Measurement = {
  name: "dry-run",
  needs: [],
  async run(bench) {
    const program = await provision(bench, "Lists");
    const asha = await program.call<{ id: string }>("POST", "/v1/participants", {
      email: "asha@example.com",
      name: "Asha",
    });
    const rounds: number[] = [];
    for (let round = 0; round < bench.options.rounds; round++) {
      const rows = Array.from(
        { length: ROWS },
        (_, n) => `Friend ${n},friend${n}@round${round}.example,City ${n % 50}`,
      );
      const text = `Name,Email,City\n${rows.join("\n")}`;
      const began = performance.now();
      const { counts } = await program.call<List>("POST", "/v1/invitation_batches", {
        participant: asha.id,
        text,
      });
      rounds.push(performance.now() - began);
      if (counts.ready !== ROWS) throw new Error(`${counts.ready} of ${ROWS} rows are ready.`);
    }
    return [
      figureOf({
        name: "Dry run of a list of 10 000 people, until every row is looked over",
        unit: "ms",
        rounds,
        goal: atMost(ENOUGH_MS),
      }),
    ];
  },
};
