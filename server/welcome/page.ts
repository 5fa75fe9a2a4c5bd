import { type Fragment, type Html, html } from "../primitives/html.ts";

/** What the platforms that show a picture beside a link ask for. */
export const CARD_WIDTH = 1_200;
export const CARD_HEIGHT = 630;

/** One style sheet for all pages. */
export const STYLE_PATH = "/welcome/style.css";
/** One script, for the pages that follow what happens. */
export const SCRIPT_PATH = "/welcome/live.js";

/** Where the look of a page is fetched from. */
export type Look = {
  style: string;
  /** Faces worth fetching before the style is read. */
  preload: readonly string[];
  script: string;
};

export type Page = {
  title: string;
  /** What a message shows under a shared link. */
  description?: string;
  /** The picture beside it, as a whole address. */
  image?: string;
  /** Further style sheets, after the common one. */
  styles?: readonly string[];
  /** It follows what happens, where a script may run; without one it is complete all the same. */
  isLive?: boolean;
  body: Html;
};

/** A whole document: no inline script or style, everything from our own address. */
export function renderPage(page: Page, look: Look): string {
  const { title, description, image, styles = [], isLive = false, body } = page;
  return `<!doctype html>
${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
${description ? shareTags(title, description, image) : null}<link rel="icon" href="/app/favicon.svg" type="image/svg+xml">
${look.preload.map(
  (face) => html`<link rel="preload" href="${face}" as="font" type="font/woff2" crossorigin>
`,
)}${[look.style, ...styles].map(
  (style) => html`<link rel="stylesheet" href="${style}">
`,
)}${
  isLive &&
  html`<script src="${look.script}" defer></script>
`
}</head>
<body>
${body}
</body>
</html>
`}`;
}

function shareTags(title: string, description: string, image: string | undefined): Html {
  return html`<meta name="description" content="${description}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:type" content="website">
${
  image &&
  html`<meta property="og:image" content="${image}">
<meta property="og:image:width" content="${CARD_WIDTH}">
<meta property="og:image:height" content="${CARD_HEIGHT}">
<meta name="twitter:card" content="summary_large_image">
`
}`;
}

/** A message in words and a way on. */
export function notice(look: "info" | "warn" | "bad", title: string, text: Fragment): Html {
  return html`<div class="notice ${look}" role="${look === "info" ? "note" : "alert"}"><strong>${title}</strong><p>${text}</p></div>`;
}

/** A short page of one column: a headline, a sentence, and what one can do now. */
export function shortPage(brand: string, title: string, lead: Fragment, rest: Fragment): Html {
  return html`<main class="sheet narrow">
<div>
<p class="brand">${brand}</p>
<h1>${title}</h1>
<p class="lead">${lead}</p>
</div>
${rest}
</main>`;
}
