import type { Bench } from "../bench.ts";
import { atLeast, atMost, type Figure, figureOf, type Goal } from "../figure.ts";
import { interleave, type Round } from "../rounds.ts";
import { costOfRounds, type Sample } from "../sample.ts";
import { openSmallWorld, openStar, WIDE_FRIENDS, type World } from "../world.ts";
import { HTTP_CONNECTIONS, type Measurement, rateOf } from "./measurement.ts";

/** The numbers of an advocate's home, and their balance: in a small program, and however many friends they have. */
export const reads: Measurement = {
  name: "reads",
  needs: ["wrk"],
  async run(bench) {
    const small = await openSmallWorld(bench);
    const star = await openStar(bench);
    const samples = await interleave(
      {
        hello: bench.http({ url: await bench.hello(), script: "hello", connections: HTTP_CONNECTIONS }),
        home: reading(bench, small, "home"),
        balance: reading(bench, small, "balance"),
        narrowHome: reading(bench, star, "home", star.narrow),
        wideHome: reading(bench, star, "home", star.wide),
        narrowBalance: reading(bench, star, "balance", star.narrow),
        wideBalance: reading(bench, star, "balance", star.wide),
      },
      bench.options,
    );
    const { hello, home, balance } = samples;
    const wide = `${WIDE_FRIENDS / 1_000} 000 direct friends`;
    return [
      besideHello("Home, 1 000 participants", home, hello),
      besideHello("Balance, 1 000 participants", balance, hello),
      besideHello(`Home of an advocate with ${wide}`, samples.wideHome, hello, atLeast(0.15)),
      timesSlower("… times slower than with 100", samples.wideHome, samples.narrowHome, "with 100", 1.5),
      timesSlower(`Balance with ${wide}`, samples.wideBalance, samples.narrowBalance, "with 100", 1.5),
    ];
  },
};

/** Somebody looks at one participant, or now at this one and now at that. */
export function reading(bench: Bench, world: World, what: "home" | "balance", person?: number): Round {
  const rest = what === "home" ? "-" : "/balance";
  const [first, last] = person === undefined ? [1, world.people] : [person, person];
  return bench.http({
    url: bench.server.url,
    script: "reads",
    connections: HTTP_CONNECTIONS,
    args: [world.key, rest, String(first), String(last)],
  });
}

export function timesSlower(
  name: string,
  ours: readonly Sample[],
  other: readonly Sample[],
  otherName: string,
  timesMax: number,
): Figure {
  return figureOf({
    name,
    unit: "per_second",
    rounds: ours.map(rateOf),
    reference: { name: otherName, rounds: other.map(rateOf) },
    ratio: "reference_to_ours",
    goal: atMost(timesMax),
    cost: costOfRounds(ours),
  });
}

function besideHello(name: string, ours: readonly Sample[], hello: readonly Sample[], goal?: Goal): Figure {
  return figureOf({
    name,
    unit: "per_second",
    rounds: ours.map(rateOf),
    reference: { name: "node:http hello", rounds: hello.map(rateOf) },
    cost: costOfRounds(ours),
    ...(goal && { goal }),
  });
}
