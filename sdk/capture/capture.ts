/**
 * Knows on a customer's page through whose link a visitor came, and hands it to the sign-up form.
 *
 *   <script src="https://refer.example.com/capture.js" data-key="rh_pub_…" async></script>
 *   <form data-referral> … </form>
 *
 * Stores nothing until `referralhub("consent", true)`: until then the code travels in the addresses of the
 * site's own links. Calls made before this file has come wait in `referralhub.q`.
 */

/** `code.click`, the click empty where no link of ours was followed. */
type Touch = string;

export type Referral = { code: string; click_id: string; touches: string };
type Command = ["consent", boolean] | ["get", (referral: Referral | null) => void];
type Queue = ((...command: Command) => void) & { q?: ArrayLike<unknown>[] };

const COOKIE = "rh_ref";
const TOUCHES_MAX = 10;
const DAYS = 90;
/** Ours first, then those of the products people come from. */
const PARAMETERS = ["ref", "via", "fp_ref", "grsf"];
const CODE = /^[\w-]{1,100}$/;
const CLICK = /^clk_\w{1,40}$/;

const script = document.currentScript as HTMLScriptElement;
const here = window as unknown as { referralhub?: Queue };
const waiting = here.referralhub?.q ?? [];
const parameters = new URLSearchParams(location.search);
const code = PARAMETERS.map((name) => parameters.get(name) ?? "").find((text) => CODE.test(text)) ?? "";
const click = parameters.get("click") ?? "";

let touches: Touch[] = (new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(document.cookie)?.[1] ?? "")
  .split("~")
  .filter(Boolean);
let isStored = touches.length > 0;
let hasConsent = isStored;

const store = (maxAge: number): void => {
  const secure = location.protocol === "https:" ? ";secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser yet.
  document.cookie = `${COOKIE}=${touches.join("~")};path=/;max-age=${maxAge};samesite=lax${secure}`;
  isStored = maxAge > 0;
};
const keep = (): void => {
  if (hasConsent && touches.length > 0) store(DAYS * 86_400);
};

const add = (touch: Touch): void => {
  touches = [...touches.filter((known) => known !== touch), touch].slice(-TOUCHES_MAX);
  keep();
};

const referral = (): Referral | null => {
  const last = touches[touches.length - 1];
  if (last === undefined) return null;
  const [lastCode = "", lastClick = ""] = last.split(".");
  return { code: lastCode, click_id: lastClick, touches: touches.join("~") };
};

const fill = (form: Element): void => {
  const known = referral();
  if (!known) return;
  for (const [name, value] of Object.entries(known)) {
    const field = `referral_${name}`;
    let input = form.querySelector<HTMLInputElement>(`[name="${field}"]`);
    if (!input) {
      input = document.createElement("input");
      input.type = "hidden";
      input.name = field;
      form.append(input);
    }
    // What somebody typed themselves stays.
    if (input.type === "hidden" || input.value === "") input.value = value;
  }
};
const fillAll = (): void => document.querySelectorAll("form[data-referral]").forEach(fill);

/** A visit that no link of ours has seen, told to the server; the code counts also when that fails. */
const record = async (): Promise<void> => {
  const { key } = script.dataset;
  if (click !== "" || !key) return;
  try {
    const answer = await fetch(`${new URL(script.src).origin}/v1/clicks`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({
        code,
        ...(document.referrer && { referrer: document.referrer.slice(0, 2000) }),
      }),
      keepalive: true,
    });
    if (answer.status !== 201) return;
    const { id } = (await answer.json()) as { id: string };
    touches = touches.filter((touch) => touch !== `${code}.`);
    add(`${code}.${id}`);
    fillAll();
  } catch {
    // The page goes on.
  }
};

const run = (...command: Command): void => {
  if (command[0] === "get") {
    command[1](referral());
    return;
  }
  hasConsent = command[1];
  if (hasConsent) keep();
  else if (isStored) store(0);
};

if (code !== "") {
  add(`${code}.${CLICK.test(click) ? click : ""}`);
  void record();
}
here.referralhub = run as Queue;
for (const command of Array.from(waiting)) run(...(Array.from(command) as Command));

addEventListener("DOMContentLoaded", fillAll);
fillAll();
addEventListener(
  "submit",
  ({ target }) => {
    if (target instanceof Element && target.matches("form[data-referral]")) fill(target);
  },
  true,
);
addEventListener(
  "click",
  ({ target }) => {
    const link = target instanceof Element ? target.closest("a") : null;
    const known = referral();
    if (isStored || !known || link?.origin !== location.origin || /[?&]ref=/.test(link.search)) return;
    const carried = new URL(link.href);
    carried.searchParams.set("ref", known.code);
    if (known.click_id) carried.searchParams.set("click", known.click_id);
    link.href = carried.href;
  },
  true,
);
