import { html } from "../primitives/html.ts";
import type { ProblemKind } from "../primitives/problem.ts";
import type { Page } from "../welcome/page.ts";

/** A fact fills the sentence by its name, so that one sees where it stands. */
const FACTS = new Proxy({}, { get: (_, name) => `{${String(name)}}` });

/** Every code a refusal may carry; the `type` of a problem leads to its row. */
export function problemsPage(problems: Record<string, ProblemKind>, styles: readonly string[]): Page {
  return {
    title: "Problems · ReferralHub API",
    description: "Every code a refusal of this API may carry, and what to do about it.",
    styles,
    body: html`<div class="docs">
<nav aria-label="Reference"><a href="/docs">API reference</a><a href="/v1/openapi.json">OpenAPI 3.1 document</a></nav>
<main>
<header>
<p class="brand">ReferralHub</p>
<h1>Problems</h1>
<p class="lead">A refused request is answered with one of these codes, a sentence and the request's id. Codes are stable; sentences may change.</p>
</header>
<div class="scroll"><table class="fields"><thead><tr><th>Code</th><th>Status</th><th>What it means</th></tr></thead><tbody>${Object.entries(
      problems,
    ).map(
      ([code, { status, title, detail }]) =>
        html`<tr id="${code}"><td><a href="#${code}">${code}</a></td><td class="figures">${status}</td><td><b>${title}</b><p>${detail(FACTS)}</p></td></tr>
`,
    )}</tbody></table></div>
</main>
</div>`,
  };
}
