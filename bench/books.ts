import http from "node:http";
import type { Bench } from "./bench.ts";
import type { Books } from "./report.ts";

type Verification = {
  ok: boolean;
  checks: { id: string; ok: boolean; figure: string; detail: string | null }[];
};

const VERIFY_MINUTES_MAX = 60;

/** Asks every program that was measured whether its books are right, and counts what they hold. */
export async function checkBooks(bench: Bench): Promise<Books> {
  const broken: string[] = [];
  for (const { key, name } of bench.programs) {
    const found = await verify(bench.server.url, key).catch((error: Error) => error);
    if (found instanceof Error) broken.push(`${name}: not checked. ${found.message}`);
    else
      for (const { id, ok, figure, detail } of found.checks)
        if (!ok) broken.push(`${name}, ${id}: ${detail ?? figure}`);
  }
  const { rows } = await bench.product.query(
    "select count(*)::int as stored from conversions where external_id not like 'world-%'",
  );
  return { broken, acknowledged: bench.books.acknowledged, stored: rows[0].stored };
}

/** Over a million people this takes longer than `fetch` waits for an answer. */
function verify(url: string, key: string): Promise<Verification> {
  return new Promise((resolve, reject) => {
    const asked = http.get(
      `${url}/v1/verify`,
      { agent: false, headers: { authorization: `Bearer ${key}` }, timeout: VERIFY_MINUTES_MAX * 60_000 },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk) => {
          text += chunk;
        });
        answer.on("error", reject);
        answer.on("end", () => {
          if (answer.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`The check of the books was answered ${answer.statusCode}: ${text}`));
        });
      },
    );
    asked.on("timeout", () =>
      asked.destroy(new Error(`No answer to verify in ${VERIFY_MINUTES_MAX} minutes.`)),
    );
    asked.on("error", reject);
  });
}
