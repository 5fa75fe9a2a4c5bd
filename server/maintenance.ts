import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Config } from "./platform/config.ts";
import { problemOf } from "./platform/http.ts";
import type { UpgradeStopped } from "./platform/installation.ts";
import { Html, html } from "./primitives/html.ts";
import { Refusal } from "./primitives/refusal.ts";
import { PROBLEMS } from "./problems.ts";

const RETRY_SECONDS = 60;
const STYLE =
  "body{font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:12vh auto;padding:0 1.5rem;color:#1c1b19;background:#faf9f7}" +
  "code{background:#efece6;padding:.1em .35em;border-radius:4px;overflow-wrap:anywhere}" +
  "@media(prefers-color-scheme:dark){body{color:#efece6;background:#171614}code{background:#2a2825}}";
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/**
 * Serves nothing but the news that the upgrade stopped, so that an operator who looks finds out why and how
 * to go back, and nobody writes into a database that is neither old nor new. Null for a worker, who is not asked.
 */
export async function serveMaintenance(
  config: Config,
  stopped: UpgradeStopped,
): Promise<{ url: string; close(): Promise<void> } | null> {
  if (config.role === "worker") return null;
  const server = createServer((request, response) => answer(request, response, stopped));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, resolve);
  });
  return { url: urlOf(server, config.host), close: () => closeServer(server) };
}

/** What to do about it, sentence by sentence. A code stands between back quotes. */
export function wayBack({ backup, isEmbedded }: UpgradeStopped): string[] {
  const goBack =
    "To go back, stop this process and start the version you had before: it goes on where it was.";
  if (!isEmbedded)
    return [goBack, "The backup of an external database is yours to make; it was not touched."];
  if (backup === null) return [goBack, "No backup was made, because making it is what failed."];
  return [
    `The backup \`${backup}\` is safe.`,
    goBack,
    `Should you need the backup after all: \`npm run cli -- restore --from ${backup}\`.`,
  ];
}

function answer(request: IncomingMessage, response: ServerResponse, stopped: UpgradeStopped): void {
  const isPage = /\btext\/html\b/.test(request.headers.accept ?? "") && !request.url?.startsWith("/v1/");
  const refusal = new Refusal("upgrade_failed", { facts: { migration: stopped.migration } });
  const problem = problemOf(refusal, "", PROBLEMS);
  const body = isPage ? page(stopped) : JSON.stringify(problem);
  response.writeHead(problem.status, {
    "content-type": isPage ? "text/html; charset=utf-8" : "application/problem+json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "retry-after": String(RETRY_SECONDS),
    "x-content-type-options": "nosniff",
    "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'`,
    connection: "close",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Says nothing of the error itself: what it quotes may be somebody's data, and anybody may look. */
function page(stopped: UpgradeStopped): string {
  const sentences = wayBack(stopped).map((text) => {
    const parts = text.split("`").map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
    return html`<p>${parts}</p>`;
  });
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Upgrade stopped · ReferralHub</title>
<style>${new Html(STYLE)}</style>
<h1>Upgrade stopped</h1>
<p><strong>Your data is unchanged.</strong> The upgrade stopped at <code>${stopped.migration}</code>; the log says why.</p>
${sentences}
</html>
`.text;
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  return `http://${host}:${typeof address === "object" && address ? address.port : ""}`;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
