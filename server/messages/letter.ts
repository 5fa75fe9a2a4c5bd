import { type Fragment, Html, html } from "../primitives/html.ts";
import { frameWord } from "./frame-words.ts";
import type { Language } from "./language.ts";
import { inkOn, LETTER_STYLE } from "./letter-style.ts";
import { cleanText, oneLine } from "./say.ts";

/** What a mail says, before it has a look. Plain text everywhere: drawing it escapes it. */
export type Letter = {
  subject: string;
  /** The line a mailbox shows beside the subject. */
  preview: string;
  heading: string;
  paragraphs: readonly string[];
  /** What somebody else wrote to the reader, set apart from what we say. */
  quote?: { text: string; by: string | null } | null;
  table?: readonly (readonly [label: string, value: string])[];
  action: { label: string; url: string } | null;
  /** Small print below the action. */
  fine: readonly string[];
};

/** Whose letter it is, how it looks, and how it ends. */
export type Look = {
  program: string;
  logoUrl: string | null;
  /** `#rrggbb`, of the one button. */
  color: string;
  footer: {
    /** The postal address of the sender. */
    address: string | null;
    /** Why the reader gets it. */
    why: string;
    unsubscribeUrl: string | null;
  };
  direction: "ltr" | "rtl";
  language: Language;
};

export type RenderedLetter = { subject: string; html: string; text: string };

const SUBJECT_CHARS_MAX = 200;
/** Fills the rest of the line a mailbox shows, so that no other text slips into it. */
const PADDING = "\u00a0\u200c".repeat(80);

/** One column of 600 px with one action, safe in dark mailboxes, and the same as plain text. */
export function renderLetter(letter: Letter, look: Look): RenderedLetter {
  if (letter.action && !/^https?:\/\//.test(letter.action.url))
    throw new Error(`A letter leads to a web address only, not to ${letter.action.url.slice(0, 40)}.`);
  const clean = cleaned(letter);
  return { subject: clean.subject, html: htmlOf(clean, look), text: textOf(clean, look) };
}

/** Whatever a fact brings along, a line stays one line and reads in the order in which it is written. */
function cleaned(letter: Letter): Letter {
  const { quote, table, action } = letter;
  return {
    ...letter,
    subject: oneLine(letter.subject).slice(0, SUBJECT_CHARS_MAX),
    preview: oneLine(letter.preview),
    heading: oneLine(letter.heading),
    paragraphs: letter.paragraphs.map(cleanText),
    quote: quote ? { text: cleanText(quote.text), by: quote.by && oneLine(quote.by) } : null,
    table: (table ?? []).map(([label, value]) => [oneLine(label), oneLine(value)]),
    action: action && { ...action, label: oneLine(action.label) },
    fine: letter.fine.map(cleanText),
  };
}

function htmlOf(letter: Letter, look: Look): string {
  const { language, direction } = look;
  return html`<!doctype html>
<html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${letter.subject}</title><style>${new Html(LETTER_STYLE)}</style></head>
<body class="canvas" style="margin:0;padding:0;background:#fafaf8">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${letter.preview}${PADDING}</div>
<table role="presentation" class="canvas" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#fafaf8"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="sheet" dir="${direction}" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border:1px solid #e3e3de;border-radius:10px">
<tr><td class="inside" style="padding:32px 32px 28px;font-family:'Instrument Sans',-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Devanagari',Arial,sans-serif;font-size:16px;line-height:1.5;color:#1b1c19;text-align:${startOf(look)}">
${brandOf(look)}
<h1 class="ink" style="margin:0 0 16px;font-size:25px;line-height:1.2;font-weight:600;color:#1b1c19">${letter.heading}</h1>
${letter.paragraphs.map(paragraphOf)}
${quoteOf(letter, look)}${tableOf(letter, look)}${actionOf(letter, look)}
${letter.fine.map((text) => html`<p class="faint" style="margin:0 0 8px;font-size:14px;color:#585953">${linesOf(text)}</p>`)}
</td></tr></table>
${footerOf(look)}
</td></tr></table></body></html>`.text;
}

const startOf = ({ direction }: Look): string => (direction === "rtl" ? "right" : "left");

function brandOf({ logoUrl, program }: Look): Fragment {
  if (logoUrl === null)
    return html`<p class="faint" style="margin:0 0 24px;font-size:14px;font-weight:600;color:#585953">${program}</p>`;
  return html`<p style="margin:0 0 24px"><img src="${logoUrl}" alt="${program}" height="40" style="display:inline-block;height:40px;max-width:240px;padding:4px;border:0;border-radius:6px;background:#ffffff;object-fit:contain"></p>`;
}

const paragraphOf = (text: string): Fragment =>
  html`<p class="ink" style="margin:0 0 16px;color:#1b1c19;overflow-wrap:anywhere">${linesOf(text)}</p>`;

function linesOf(text: string): Fragment {
  return text.split("\n").map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`));
}

function quoteOf({ quote }: Letter, look: Look): Fragment {
  if (!quote) return null;
  const by = quote.by === null ? null : frameWord(look.language, "wrote", { by: quote.by });
  return html`${by && html`<p class="faint" style="margin:0 0 4px;font-size:14px;color:#585953">${by}</p>`}
<blockquote class="quote" style="margin:0 0 20px;padding:12px 16px;background:#f3f3f0;border-radius:6px;color:#1b1c19;overflow-wrap:anywhere">${linesOf(quote.text)}</blockquote>`;
}

function tableOf({ table }: Letter, look: Look): Fragment {
  if (!table || table.length === 0) return null;
  const end = startOf(look) === "left" ? "right" : "left";
  const rows = table.map(
    ([label, value]) =>
      html`<tr><th scope="row" class="faint line" align="${startOf(look)}" style="padding:8px 0;border-bottom:1px solid #e3e3de;font-weight:400;color:#585953">${label}</th><td class="ink line" align="${end}" style="padding:8px 0;border-bottom:1px solid #e3e3de;color:#1b1c19;font-variant-numeric:tabular-nums">${value}</td></tr>`,
  );
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;font-size:16px;line-height:1.4">${rows}</table>`;
}

function actionOf({ action }: Letter, look: Look): Fragment {
  if (action === null) return null;
  const { color } = look;
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 16px"><tr><td bgcolor="${color}" style="border-radius:6px;background:${color}"><a href="${action.url}" style="display:inline-block;min-height:24px;padding:12px 24px;border-radius:6px;background:${color};color:${inkOn(color)};font-size:16px;font-weight:600;text-decoration:none">${action.label}</a></td></tr></table>
<p class="faint" style="margin:0 0 20px;font-size:13px;color:#585953;overflow-wrap:anywhere">${frameWord(look.language, "open")}<br><span class="faint" style="color:#585953;word-break:break-all" dir="ltr">${action.url}</span></p>`;
}

function footerOf({ footer, language, direction, program }: Look): Fragment {
  const stop = frameWord(language, "stop");
  return html`<table role="presentation" dir="${direction}" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px"><tr><td class="faint" style="padding:16px 32px 8px;font-family:'Instrument Sans',-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Devanagari',Arial,sans-serif;font-size:13px;line-height:1.5;color:#585953;text-align:${direction === "rtl" ? "right" : "left"}">
<p style="margin:0 0 8px">${footer.why}</p>
${footer.unsubscribeUrl && html`<p style="margin:0 0 8px"><a class="faint" href="${footer.unsubscribeUrl}" style="color:#585953;text-decoration:underline">${stop}</a></p>`}
<p style="margin:0">${program}${footer.address && html`<br>${linesOf(footer.address)}`}</p>
</td></tr></table>`;
}

function textOf(letter: Letter, look: Look): string {
  const { footer, language } = look;
  const quote = letter.quote ?? null;
  const blocks = [
    letter.heading,
    ...letter.paragraphs,
    quote &&
      [
        quote.by === null ? null : frameWord(language, "wrote", { by: quote.by }),
        ...quote.text.split("\n").map((line) => `> ${line}`),
      ]
        .filter((line) => line !== null)
        .join("\n"),
    (letter.table ?? []).map(([label, value]) => `${label}: ${value}`).join("\n"),
    letter.action && `${letter.action.label}:\n${letter.action.url}`,
    ...letter.fine,
    [
      "-- ",
      footer.why,
      footer.unsubscribeUrl && `${frameWord(language, "stop")}: ${footer.unsubscribeUrl}`,
      look.program,
      footer.address,
    ]
      .filter(Boolean)
      .join("\n"),
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}
