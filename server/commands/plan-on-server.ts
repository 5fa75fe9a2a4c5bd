import type { LintAnswer, PlanAnswer } from "../rewards/contract/plans.ts";
import { UsageError } from "./command.ts";
import type { PlanDesk } from "./plan-desk.ts";

type Problem = { title?: string; detail?: string; errors?: { pointer: string; message: string }[] };

const ANSWER_MS_MAX = 30_000;

/** The plans of the program a key belongs to, over the API of a running server. */
export function openServerDesk(url: string, key: string | undefined): PlanDesk {
  if (key === undefined || key === "")
    throw new UsageError("Set REFERRALHUB_KEY to an API key of the program that may write.");
  const ask = <Body>(method: "GET" | "POST", path: string, body?: object) =>
    call<Body>(new URL(path, url), method, key, body);
  const all = async () => (await ask<{ data: PlanAnswer[] }>("GET", "/v1/plans")).data;
  return {
    async pull(version) {
      const plans = (await all()).filter((plan) => plan.state === "published");
      if (version !== null) return plans.find((plan) => plan.version === version) ?? null;
      const now = new Date().toISOString();
      const begun = plans.filter(({ from }) => from !== null && from <= now);
      return begun.sort(laterFirst)[0] ?? null;
    },
    lint: (document) => ask<LintAnswer>("POST", "/v1/plans/lint", { document }),
    find: async (hash) => (await all()).find((plan) => plan.hash === hash) ?? null,
    create: (document, baseVersion) =>
      ask<PlanAnswer>("POST", "/v1/plans", { document, base_version: baseVersion }),
    acknowledge: async (id, code, reason) =>
      void (await ask("POST", `/v1/plans/${id}/acknowledgements`, { code, reason })),
    publish: (id, from) => ask<PlanAnswer>("POST", `/v1/plans/${id}/publish`, from === null ? {} : { from }),
  };
}

function laterFirst(a: PlanAnswer, b: PlanAnswer): number {
  return (b.from ?? "").localeCompare(a.from ?? "") || (b.version ?? 0) - (a.version ?? 0);
}

async function call<Body>(url: URL, method: string, key: string, body?: object): Promise<Body> {
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
  });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text) as Body;
  throw new Error(wordsOf(answer.status, text));
}

/** What the server has against it, in its own words. */
function wordsOf(status: number, text: string): string {
  try {
    const { title = "", detail = "", errors = [] } = JSON.parse(text) as Problem;
    const lines = errors.map(({ pointer, message }) => `  ${pointer || "/"}: ${message}`);
    return [`${title}. ${detail}`.trim(), ...lines].join("\n");
  } catch {
    return `The server answered ${status}.`;
  }
}
