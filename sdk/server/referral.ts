/** One arrival through a link: the click where a link of ReferralHub was followed, else the code alone. */
type Touch = { code: string; click_id?: string };

/**
 * Through whose link a visitor came, the last one first named; earlier ones beside it, since the program's
 * attribution decides which of them counts. Goes as it is into `referral` of `POST /v1/participants`.
 */
export type Referral = Touch & { touches?: ({ click_id: string } | { code: string })[] };

export type ReferralOptions = {
  /** Signs the cookie, so that nobody can write another code into it. At least 32 characters; yours alone. */
  secret: string;
  /**
   * Whether this visitor lets you store something. Without it nothing is stored: the code is known on the page
   * a link leads to, and travels on in your forms.
   */
  hasConsent?: (request: VisitedRequest) => boolean;
  /** Your ReferralHub and a key that may write: visits through links of your own (`?via=…`) are then recorded too. */
  api?: { url: string; key: string };
  /** How long a link counts, in days. */
  days?: number;
};

/** What is read of a request, whatever the framework. Header names in lower case. */
export type VisitedRequest = {
  method: string;
  /** With the query; the host does not matter. */
  url: string;
  headers: Readonly<Record<string, string | undefined>>;
  /** The visitor's network address, where the framework knows it. */
  address?: string | undefined;
};

/** Who brought the visitor, and the cookie to set, if any. */
export type Visit = { referral: Referral | null; setCookie: string | null };

const COOKIE = "rh_referral";
const DAYS = 90;
const SECRET_CHARS_MIN = 32;
const TOUCHES_MAX = 10;
const RECORD_MS_MAX = 1_000;
/** Ours first, then those of the products people come from. */
const PARAMETERS = ["ref", "via", "fp_ref", "grsf"];
const CODE = /^[\w-]{1,100}$/;
const CLICK = /^clk_\w{1,40}$/;
const BASE = "http://localhost";

/** Reads visits. Throws when the secret is too short to sign anything with. */
export function createVisitReader(options: ReferralOptions): (request: VisitedRequest) => Promise<Visit> {
  if (options.secret.length < SECRET_CHARS_MIN)
    throw new Error(`The secret of the referral cookie needs ${SECRET_CHARS_MIN} characters or more.`);
  const signing = crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(options.secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign", "verify"],
  );
  const days = options.days ?? DAYS;

  return async (request) => {
    const arrived = arrivalOf(request.url);
    const sealed = cookieOf(request.headers["cookie"]);
    const kept = sealed === null ? [] : await open(sealed, await signing, days);
    const mayStore = options.hasConsent?.(request) ?? false;
    if (!arrived) {
      // Who no longer consents is forgotten at once.
      const isOver = sealed !== null && !mayStore;
      return {
        referral: isOver ? null : referralOf(kept),
        setCookie: isOver ? cookie("", 0, request) : null,
      };
    }
    const touch = arrived.click_id ? arrived : await recorded(arrived, request, options);
    if (!mayStore) return { referral: referralOf([touch]), setCookie: null };
    const touches = [...kept.filter((known) => !isSame(known, touch)), touch].slice(-TOUCHES_MAX);
    const value = await seal(touches, await signing);
    return { referral: referralOf(touches), setCookie: cookie(value, days * 86_400, request) };
  };
}

function referralOf(touches: readonly Touch[]): Referral | null {
  const last = touches.at(-1);
  if (!last || touches.length === 1) return last ?? null;
  return {
    ...last,
    touches: touches.map(({ code, click_id }) => (click_id ? { click_id } : { code })),
  };
}

const isSame = (one: Touch, other: Touch): boolean =>
  one.code === other.code && one.click_id === other.click_id;

function arrivalOf(url: string): Touch | null {
  const { searchParams } = new URL(url, BASE);
  const code = PARAMETERS.map((name) => searchParams.get(name) ?? "").find((text) => CODE.test(text));
  if (code === undefined) return null;
  const click = searchParams.get("click") ?? "";
  return CLICK.test(click) ? { code, click_id: click } : { code };
}

/** A visit that no link of ours has seen. The code counts also when the server cannot be reached in time. */
async function recorded(arrived: Touch, request: VisitedRequest, { api }: ReferralOptions): Promise<Touch> {
  if (!api || request.method !== "GET") return arrived;
  const { headers, address } = request;
  const body = {
    code: arrived.code,
    ...(address && { ip: address }),
    ...(headers["user-agent"] && { user_agent: headers["user-agent"].slice(0, 1000) }),
    ...(headers["referer"] && { referrer: headers["referer"].slice(0, 2000) }),
  };
  try {
    const answer = await fetch(`${api.url.replace(/\/+$/, "")}/v1/clicks`, {
      method: "POST",
      headers: { authorization: `Bearer ${api.key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(RECORD_MS_MAX),
    });
    if (answer.status !== 201) return arrived;
    const { id } = (await answer.json()) as { id: string };
    return { ...arrived, click_id: id };
  } catch {
    return arrived;
  }
}

function cookieOf(header: string | undefined): string | null {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(header ?? "")?.[1] ?? null;
}

/** HTTP only: no script of the page can change who brought the visitor. */
function cookie(value: string, maxAge: number, { headers, url }: VisitedRequest): string {
  const isSecure = headers["x-forwarded-proto"] === "https" || url.startsWith("https:");
  return `${COOKIE}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
}

/** `code:click~code:click.seconds.signature` */
async function seal(touches: readonly Touch[], key: CryptoKey): Promise<string> {
  const written = touches.map(({ code, click_id = "" }) => `${code}:${click_id}`).join("~");
  const text = `${written}.${Math.floor(Date.now() / 1000)}`;
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return `${text}.${toBase64Url(signature)}`;
}

/** What was sealed here and is not too old; nothing where somebody has changed a letter of it. */
async function open(sealed: string, key: CryptoKey, days: number): Promise<Touch[]> {
  const [written = "", seconds = "", signature = ""] = sealed.split(".");
  if (!/^[\w-]{43}$/.test(signature)) return [];
  const text = new TextEncoder().encode(`${written}.${seconds}`);
  if (!(await crypto.subtle.verify("HMAC", key, fromBase64Url(signature), text))) return [];
  if (Date.now() / 1000 - Number(seconds) > days * 86_400) return [];
  return written.split("~").map((touch) => {
    const [code = "", click = ""] = touch.split(":");
    return click === "" ? { code } : { code, click_id: click };
  });
}

const toBase64Url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
