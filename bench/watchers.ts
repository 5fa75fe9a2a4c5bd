import http from "node:http";

/** A reward on somebody's screen. */
export type Arrival = { conversionId: string; at: number };

export type Watchers = {
  arrivals(): readonly Arrival[];
  forget(): void;
  close(): void;
};

const AT_ONCE_MAX = 50;
const CONVERSION = /"conversion_id":"(cnv_[0-9a-z]{26})"/;

/** Opens one stream per participant and writes down when rewards arrive on it. */
export async function openWatchers(
  url: string,
  key: string,
  participantIds: readonly string[],
): Promise<Watchers> {
  let arrivals: Arrival[] = [];
  const open: http.ClientRequest[] = [];
  const watch = (participantId: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const asked = http.get(
        `${url}/v1/stream?participant=${participantId}`,
        { agent: false, headers: { authorization: `Bearer ${key}` } },
        (answer) => {
          if (answer.statusCode !== 200)
            return reject(new Error(`A stream was answered ${answer.statusCode}.`));
          answer.setEncoding("utf8");
          let rest = "";
          answer.on("data", (chunk: string) => {
            const at = performance.now();
            const frames = (rest + chunk).split("\n\n");
            rest = frames.pop() ?? "";
            // The first frame says how things stand: from then on nothing is missed.
            if (frames.length > 0) resolve();
            for (const frame of frames) {
              const conversionId = frame.includes("event: reward.created") && CONVERSION.exec(frame)?.[1];
              if (conversionId) arrivals.push({ conversionId, at });
            }
          });
          answer.on("error", () => {});
        },
      );
      // Before the answer a failure, after it the end that `close` makes.
      asked.on("error", reject);
      open.push(asked);
    });
  for (let at = 0; at < participantIds.length; at += AT_ONCE_MAX)
    await Promise.all(participantIds.slice(at, at + AT_ONCE_MAX).map(watch));
  return {
    arrivals: () => arrivals,
    forget: () => {
      arrivals = [];
    },
    close: () => {
      for (const asked of open) asked.destroy();
    },
  };
}
