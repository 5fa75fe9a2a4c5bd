import { atLeast, atMost, figureOf } from "../figure.ts";
import { openDoor } from "../programs.ts";
import { interleave } from "../rounds.ts";
import { costOfRounds } from "../sample.ts";
import { HTTP_CONNECTIONS, type Measurement, rateOf } from "./measurement.ts";

/** A link that is opened: resolved, stored, committed, then 302. */
export const clicks: Measurement = {
  name: "clicks",
  needs: ["wrk"],
  async run(bench) {
    const { codes, dressed } = await openDoor(bench);
    const load = { url: bench.server.url, connections: HTTP_CONNECTIONS };
    const { hello, ours, withAll } = await interleave(
      {
        hello: bench.http({ ...load, url: await bench.hello(), script: "hello" }),
        ours: bench.http({ ...load, script: "clicks", args: [codes.join(",")] }),
        withAll: bench.http({ ...load, script: "clicks", args: [dressed.join(",")] }),
      },
      bench.options,
    );
    return [
      figureOf({
        name: "Clicks, 64 connections",
        unit: "per_second",
        rounds: ours.map(rateOf),
        reference: { name: "node:http hello", rounds: hello.map(rateOf) },
        goal: atLeast(0.5),
        cost: costOfRounds(ours),
      }),
      figureOf({
        name: "Clicks, 99th percentile",
        unit: "ms",
        rounds: ours.map(({ p99Ms }) => p99Ms),
        goal: atMost(25),
      }),
      figureOf({
        name: "Clicks on links with address, parameters and date",
        unit: "per_second",
        rounds: withAll.map(rateOf),
        reference: { name: "our own, plain links", rounds: ours.map(rateOf) },
        goal: atLeast(0.95),
        cost: costOfRounds(withAll),
      }),
    ];
  },
};
