import { atLeast, figureOf } from "../figure.ts";
import { newMark, openDoor } from "../programs.ts";
import { interleave } from "../rounds.ts";
import { costOfRounds } from "../sample.ts";
import { HTTP_CONNECTIONS, type Measurement, rateOf, SQL_CLIENTS } from "./measurement.ts";

/** A friend who joins with an advocate's code: attributed, with a link of their own; no password to hash. */
export const signUps: Measurement = {
  name: "sign-ups",
  needs: ["wrk"],
  async run(bench) {
    const { key, codes } = await openDoor(bench);
    const { url } = bench.server;
    const { insert, ours } = await interleave(
      {
        insert: bench.sql?.({ script: "single-row", clients: SQL_CLIENTS }) ?? null,
        ours: (seconds) => {
          const args = [key, newMark(), codes.join(",")];
          return bench.http({ url, script: "sign-ups", connections: HTTP_CONNECTIONS, args })(seconds);
        },
      },
      bench.options,
    );
    return [
      figureOf({
        name: "Sign-ups without password, 64 connections",
        unit: "per_second",
        rounds: ours.map(rateOf),
        reference: { name: "single-row insert, 32 clients", rounds: insert.map(rateOf) },
        goal: atLeast(0.6),
        cost: costOfRounds(ours),
      }),
    ];
  },
};
