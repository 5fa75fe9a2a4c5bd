import { type Html, html } from "../primitives/html.ts";
import type { Page } from "../welcome/page.ts";
import { exampleCommand } from "./example.ts";
import type { Field, Group, Reference, ReferenceOperation, Shape } from "./reference.ts";

/** The whole API on one page, drawn from the document that checks its requests. */
export function referencePage(
  { groups, shapes }: Reference,
  origin: string,
  styles: readonly string[],
): Page {
  return {
    title: "ReferralHub API",
    description: "Every operation, field and answer of this installation's API.",
    styles,
    body: html`<div class="docs">
${navigation(groups)}
<main>
<header>
<p class="brand">ReferralHub</p>
<h1>API reference</h1>
<p class="lead">One API for everybody: the dashboard, the SDKs and your code use the same doors. It is also there as an <a href="/v1/openapi.json">OpenAPI 3.1 document</a>.</p>
<p class="to-nav"><a class="button second" href="#operations">All operations</a></p>
</header>
${conventions()}
${groups.map(groupSection)}
<section id="shapes"><h2>Shapes</h2>${shapes.map(shapeSection)}</section>
</main>
</div>`,
  };

  function groupSection({ tag, operations }: Group): Html {
    return html`<section><h2 id="${anchorOf(tag)}">${tag}</h2>
${operations.map((operation) => operationSection(operation, origin))}</section>
`;
  }
}

function anchorOf(tag: string): string {
  return tag.toLowerCase().replaceAll(/[^a-z]+/g, "-");
}

/** On a phone it comes last, a tap away; on a wide screen it stays beside the text. */
function navigation(groups: readonly Group[]): Html {
  return html`<nav aria-label="Operations" id="operations">
<a href="#conventions">Conventions</a><a href="/docs/problems">Problems</a>
${groups.map(
  ({ tag, operations }) => html`<p><a href="#${anchorOf(tag)}">${tag}</a></p>
${operations.map(({ id, summary }) => html`<a href="#${id}" title="${summary}">${id}</a>`)}
`,
)}<p><a href="#shapes">Shapes</a></p></nav>`;
}

function conventions(): Html {
  return html`<section class="prose" id="conventions"><h2>Conventions</h2><dl>${CONVENTIONS.map(
    ([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>
`,
  )}</dl></section>`;
}

const CONVENTIONS: readonly (readonly [string, Html])[] = [
  [
    "Who asks",
    html`Send <code>Authorization: Bearer rh_live_…</code>. A key belongs to one program and has a scope. Participants use an embed token, which lasts at most an hour. Our own pages use a session cookie and name the program in the header <code>Program-Id</code>.`,
  ],
  [
    "Ids",
    html`Ours begin with their kind, such as <code>par_…</code>. Wherever a participant or a conversion is named, your own id works too: <code>ext:{external_id}</code>.`,
  ],
  [
    "Amounts",
    html`<code>{"amount": 2100, "currency": "INR"}</code> is ₹21.00: whole minor units, never fractions. Points have the currency <code>PTS</code>. Rates are decimal percents in text, such as <code>"5"</code>.`,
  ],
  ["Times", html`RFC 3339, answered in UTC.`],
  [
    "Lists",
    html`<code>?limit=50</code>, at most 200, and <code>after=</code> or <code>before=</code> with the <code>next_cursor</code> or <code>prev_cursor</code> of an earlier answer. Newest first. Unknown parameters are errors.`,
  ],
  [
    "Once, however often",
    html`Send an <code>Idempotency-Key</code> of your choice with a POST or PATCH: a repeat gets the stored answer and the header <code>Idempotent-Replayed: true</code>. An <code>external_id</code> works once for ever.`,
  ],
  [
    "No",
    html`Every refusal is a problem document with a stable <code>code</code>, a sentence, the fields that are wrong in <code>errors</code>, and a <code>request_id</code>. <a href="/docs/problems">All codes</a>`,
  ],
  [
    "Live",
    html`<a href="#stream.read"><code>GET /v1/stream</code></a> sends every event once and in order. Reconnect with <code>Last-Event-ID</code> and nothing is missed.`,
  ],
];

function operationSection(operation: ReferenceOperation, origin: string): Html {
  const { id, method, path, summary, description, parameters, body, answers } = operation;
  return html`<article class="operation" id="${id}">
<h3>${summary}</h3>
<p class="call"><b>${method}</b><span>${path}</span></p>
<p class="fine">${description}</p>
${parameters.length > 0 && html`<h4>Parameters</h4>${fieldTable(parameters.map((one) => ({ ...one, note: one.place })))}`}
${body && html`<h4>Body${body.name && html` · <a href="#shape-${body.name}">${body.name}</a>`}</h4>${fieldTable(body.fields)}`}
<h4>Answers</h4>
${answers.map(answerLine)}
<details><summary>Example</summary><pre><code>${exampleCommand(operation, origin)}</code></pre></details>
</article>
`;
}

function answerLine({ status, description, type, fields }: ReferenceOperation["answers"][number]): Html {
  return html`<p class="answer figures"><b>${status}</b> ${description}${type && html` · ${typeWords(type)}`}</p>
${fields.length > 0 && html`<details><summary>Fields</summary>${fieldTable(fields)}</details>`}`;
}

/** Shapes begin with a capital letter; each is explained once. */
function typeWords(type: string): Html[] {
  return type
    .split(/\b(?<!")([A-Z]\w+)\b(?!")/)
    .map((part) => (/^[A-Z]\w+$/.test(part) ? html`<a href="#shape-${part}">${part}</a>` : html`${part}`));
}

function shapeSection({ name, fields }: Shape): Html {
  return html`<article class="operation" id="shape-${name}"><h3>${name}</h3>${fieldTable(fields)}</article>
`;
}

function fieldTable(fields: readonly (Field & { note?: string })[]): Html {
  return html`<div class="scroll"><table class="fields"><thead><tr><th>Name</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${fields.map(
    ({ name, type, isRequired, text, note }) =>
      html`<tr><td>${name}<small>${[isRequired ? "required" : "", note ?? ""].filter(Boolean).join(", ")}</small></td><td class="type">${typeWords(type)}</td><td>${text}</td></tr>
`,
  )}</tbody></table></div>`;
}
