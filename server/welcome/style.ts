/** Addresses of the type faces the dashboard was built with; absent ones leave the system's faces. */
export type Fonts = {
  sans: string | null;
  sansExtended: string | null;
  serif: string | null;
  serifExtended: string | null;
};

/** The look of every page the server renders; the colours and faces are the dashboard's. */
export function styleOf(fonts: Fonts): string {
  return [...facesOf(fonts), TOKENS, BASE, PARTS].join("\n");
}

const LATIN =
  "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD";
const LATIN_EXTENDED =
  "U+100-2BA,U+2BD-2C5,U+2C7-2CC,U+2CE-2D7,U+2DD-2FF,U+1E00-1E9F,U+20A0-20AB,U+20AD-20C0";

function facesOf({ sans, sansExtended, serif, serifExtended }: Fonts): string[] {
  return [
    face("Instrument Sans", "400 700", sans, LATIN),
    face("Instrument Sans", "400 700", sansExtended, LATIN_EXTENDED),
    face("Newsreader", "400", serif, LATIN),
    face("Newsreader", "400", serifExtended, LATIN_EXTENDED),
    // The system's faces, scaled to the width of ours: text does not move when ours arrive.
    `@font-face{font-family:"Instrument Sans Fallback";src:local("Arial"),local("Liberation Sans"),local("Helvetica Neue"),local("Roboto");size-adjust:102%;ascent-override:95%;descent-override:24.5%;line-gap-override:0%}`,
    `@font-face{font-family:"Newsreader Fallback";src:local("Georgia"),local("Times New Roman"),local("Liberation Serif");size-adjust:98%;ascent-override:75%;descent-override:27%;line-gap-override:0%}`,
  ];
}

function face(family: string, weight: string, address: string | null, range: string): string {
  if (address === null) return "";
  return `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;src:url("${address}") format("woff2");unicode-range:${range}}`;
}

const TOKENS = `
:root{color-scheme:light dark;
--canvas:#fafaf8;--surface:#fff;--sunken:#f3f3f0;--line:#e3e3de;--line-strong:#8b8b84;
--ink:#1b1c19;--ink-2:#585953;--ink-3:#6d6e67;
--accent:#0b6e4f;--accent-hover:#095a41;--on-accent:#fff;--accent-tint:#e6f4ee;--accent-text:#0b6e4f;--accent-edge:#0b6e4f;--focus:#1d4ed8;
--warn:#7a4b00;--warn-tint:#fdf1d8;--bad:#a3201f;--bad-tint:#fdeaea;--info:#1f4f9e;--info-tint:#e8effb;
--sans:"Instrument Sans","Instrument Sans Fallback",system-ui,sans-serif;
--serif:"Newsreader","Newsreader Fallback",Georgia,serif;
--mono:ui-monospace,"SF Mono","Cascadia Mono","Roboto Mono",Menlo,Consolas,monospace}
@media(prefers-color-scheme:dark){:root{
--canvas:#101110;--surface:#171816;--sunken:#0c0d0c;--line:#2c2d29;--line-strong:#73746c;
--ink:#ecece7;--ink-2:#aeaea6;--ink-3:#93948b;
--accent:#45c796;--accent-hover:#62d6aa;--on-accent:#06251a;--accent-tint:#12291f;--accent-text:#45c796;--accent-edge:#45c796;--focus:#8ab4ff;
--warn:#f0be5a;--warn-tint:#2e2208;--bad:#ff9d96;--bad-tint:#341615;--info:#9cc0ff;--info-tint:#14233d}}`;

const BASE = `
*,::before,::after{box-sizing:border-box}
html{background:var(--canvas);color:var(--ink);font:400 1rem/1.45 var(--sans);-webkit-text-size-adjust:100%}
body{margin:0;min-width:320px;overflow-wrap:break-word;word-spacing:.06em}
h1,h2,h3,p,ul,ol,dl,dd,figure,pre{margin:0}
ul,ol{padding:0;list-style:none}
h1{font:400 1.9375rem/1.2 var(--serif);text-wrap:balance}
h2{font-size:1rem;font-weight:600;line-height:1.3}
a{color:var(--accent-text);text-underline-offset:.2em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
h1:focus{outline:none}
::selection{background:var(--accent);color:var(--on-accent)}
code{font-family:var(--mono);font-size:.9em}`;

const PARTS = `
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.sheet,.two{display:grid;gap:32px}
.sheet{align-content:center;max-width:62rem;min-height:100dvh;margin:0 auto;padding:32px 20px 40px}
.narrow{max-width:34rem}
.brand{font-size:.8125rem;font-weight:600;letter-spacing:.01em;color:var(--accent-text);margin-bottom:24px}
.logo{display:block;max-width:100%;height:auto}
.lead,.hint,.error,.fine,.steps,.notice{text-wrap:pretty}
.lead{margin-top:8px;color:var(--ink-2);max-width:42ch}
.stack{display:grid;gap:16px}
.card{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:20px}
.field label{display:block;font-weight:500;margin-bottom:6px}
.field input{width:100%;min-height:44px;padding:0 12px;border:1px solid var(--line-strong);border-radius:6px;background:var(--surface);color:var(--ink);font:inherit}
.field input[aria-invalid]{border-color:var(--bad)}
.field input::placeholder{color:var(--ink-3)}
.field select{width:100%;min-height:44px;padding:0 12px;border:1px solid var(--line-strong);border-radius:6px;background:var(--surface);color:var(--ink);font:inherit}
.checks{display:grid}
.check{display:flex;align-items:center;gap:12px;min-height:44px;cursor:pointer}
.check input{flex:none;width:20px;height:20px;margin:0;accent-color:var(--accent-text)}
.gifts{margin-top:20px;border-top:2px solid var(--accent-edge)}
.gifts li{display:grid;gap:2px;padding:14px 0;border-bottom:1px solid var(--line)}
.gifts b{font:400 2.375rem/1.1 var(--serif);color:var(--ink)}
.until{font-weight:500;color:var(--warn)}
.hint,.error,.fine{font-size:.8125rem;margin-top:6px}
.hint,.fine{color:var(--ink-2)}
.fine{margin-top:0}
.error{color:var(--bad)}
.button{display:flex;align-items:center;justify-content:center;min-height:44px;padding:8px 16px;border:1px solid var(--accent-edge);border-radius:6px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:500;text-align:center;text-decoration:none;cursor:pointer;transition:background-color 120ms ease-out}
.button:hover{background:var(--accent-hover);color:var(--on-accent)}
.second{border-color:var(--line-strong);background:var(--surface);color:var(--ink)}
.second:hover{background:var(--sunken);color:var(--ink)}
.row{display:flex;flex-wrap:wrap;gap:8px}
.row>*{flex:1 1 auto}
.apart{margin-top:8px}
.chip{background:var(--accent-tint);border-radius:10px}
.chip summary{display:flex;align-items:center;gap:8px;min-height:44px;padding:8px 12px;cursor:pointer;list-style:none;border-radius:10px}
.chip summary::-webkit-details-marker{display:none}
.chip summary b{font-weight:500}
.chip summary span:last-child{margin-left:auto;font-size:.8125rem;color:var(--accent-text);text-decoration:underline;text-underline-offset:.2em}
.chip[open] summary span:last-child{visibility:hidden}
.chip>div{padding:0 12px 12px}
.chip.off{background:var(--sunken)}
.tick{color:var(--accent-text);font-weight:600}
.notice{padding:12px 16px;border-radius:10px;background:var(--info-tint)}
.notice strong{display:block;font-weight:600;color:var(--info)}
.notice.warn{background:var(--warn-tint)}
.notice.warn strong{color:var(--warn)}
.notice.bad{background:var(--bad-tint)}
.notice.bad strong{color:var(--bad)}
.notice p{color:var(--ink)}
.steps{display:grid;margin-top:8px;border-top:1px solid var(--line)}
.steps li{display:grid;grid-template-columns:1.5rem 1fr;padding:12px 0;border-bottom:1px solid var(--line);color:var(--ink-2)}
.steps li>span:first-child{color:var(--accent-text);font-weight:600;font-variant-numeric:tabular-nums}
.steps b{display:block;color:var(--ink);font-weight:600}
.link{display:block;padding:12px;border:1px solid var(--line-strong);border-radius:6px;background:var(--sunken);font-family:var(--mono);font-size:.875rem;overflow-wrap:anywhere;user-select:all;-webkit-user-select:all}
.steps li.now{color:var(--ink)}
.steps li.later b{color:var(--ink-2);font-weight:500}
.bar{display:block;width:100%;height:6px;margin:12px 0 4px;border:0;border-radius:999px;overflow:hidden;background:var(--line);color:var(--accent-edge);appearance:none}
.bar::-webkit-progress-bar{background:var(--line)}
.bar::-webkit-progress-value{border-radius:999px;background:var(--accent-edge)}
.bar::-moz-progress-bar{border-radius:999px;background:var(--accent-edge)}
.receipt{display:grid;gap:2px;padding:14px 16px;border-radius:10px;background:var(--accent-tint)}
.receipt b{font:400 1.9375rem/1.1 var(--serif)}
.receipt.gone{background:var(--sunken);color:var(--ink-2)}
.receipt.gone b{text-decoration:line-through}
.field .code{font:500 1.25rem/1 var(--mono);letter-spacing:.2em}
.inline{display:inline;min-height:24px;padding:2px 0;border:0;background:none;color:var(--accent-text);font:inherit;text-decoration:underline;text-underline-offset:.2em;cursor:pointer}
.figures{font-variant-numeric:tabular-nums}
@media(min-width:50rem){
.two{grid-template:auto 1fr/minmax(0,1fr) minmax(0,25rem);gap:40px 64px;align-items:start}
.two>.below{grid-column:1}
.two>.card{grid-column:2;grid-row:1/span 2;padding:28px}
h1{font-size:2.375rem;line-height:1.15}
.lead{font-size:1.0625rem}}
@media(prefers-color-scheme:dark){.logo{padding:6px 10px;border-radius:6px;background:#fff}}
@media(prefers-reduced-motion:reduce){*{transition:none!important}}
@media print{.sheet{min-height:0}}`;
