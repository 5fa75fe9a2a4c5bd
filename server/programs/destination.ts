/** Where links of a program may lead. */
type DestinationRules = { destinationUrl: string | null; linkDomains: readonly string[] };

export type DestinationVerdict =
  | { kind: "allowed"; url: string }
  | { kind: "refused"; code: "invalid_url" | "domain_not_allowed"; message: string };

const CHARS_MAX = 2_000;
/** What browsers read in more than one way, or leave out, has no place in an address that we send people to. */
const ODD = /[\\\s\p{Cc}\p{Cf}\p{Z}]/u;
const HIDDEN_BREAK = /%(?:25)*0[0ad]/i;
const HTTP = /^https?:\/\/[^/?#]/i;

/** Reads an address that somebody wants a link to lead to; what is answered stays on the domains of the program. */
export function parseDestination(text: string, rules: DestinationRules): DestinationVerdict {
  const url = HTTP.test(text) && !ODD.test(text) && URL.canParse(text) ? new URL(text) : null;
  const isSound =
    url !== null &&
    (url.protocol === "https:" || url.protocol === "http:") &&
    url.username === "" &&
    url.password === "" &&
    !authorityOf(text).includes("@") &&
    !authorityOf(text).includes("%") &&
    !url.hostname.endsWith(".") &&
    !HIDDEN_BREAK.test(text) &&
    url.href.length <= CHARS_MAX;
  if (!isSound)
    return {
      kind: "refused",
      code: "invalid_url",
      message: "Enter a whole web address, such as https://shop.example/spring, without a user name in it.",
    };
  if (!isAllowed(url, rules))
    return {
      kind: "refused",
      code: "domain_not_allowed",
      message: `Links may not lead to ${url.hostname}. ${allowedWords(rules)}`,
    };
  return { kind: "allowed", url: url.href };
}

const authorityOf = (text: string): string => /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? "";

/** The program's own destination as it stands, port included; other domains at their usual port. */
function isAllowed(url: URL, { destinationUrl, linkDomains }: DestinationRules): boolean {
  const own = destinationUrl !== null && URL.canParse(destinationUrl) ? new URL(destinationUrl) : null;
  if (own !== null && own.host === url.host && (url.protocol === "https:" || own.protocol === "http:"))
    return true;
  if (url.port !== "") return false;
  return linkDomains.some((domain) =>
    domain.startsWith("*.")
      ? url.hostname.endsWith(domain.slice(1)) && url.hostname.split(".").every((label) => LABEL.test(label))
      : url.hostname === domain,
  );
}

function allowedWords({ destinationUrl, linkDomains }: DestinationRules): string {
  const own = destinationUrl !== null && URL.canParse(destinationUrl) ? [new URL(destinationUrl).host] : [];
  const domains = [...new Set([...own, ...linkDomains])];
  return domains.length === 0
    ? "This program's links lead to its sign-up page only."
    : `This program allows ${domains.join(", ")}.`;
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const NUMERIC = /^\d+$/;
const DOMAIN_CHARS_MAX = 253;

/** A host as operators write it, or all below one as `*.shop.example`; null for anything else. */
export function parseLinkDomain(text: string): string | null {
  const lower = text.trim().toLowerCase();
  const isWide = lower.startsWith("*.");
  const name = isWide ? lower.slice(2) : lower;
  if (name === "" || /[/\\@:?#%\s*]/.test(name) || !URL.canParse(`https://${name}`)) return null;
  const host = new URL(`https://${name}`).hostname;
  const labels = host.split(".");
  const isName =
    host.length <= DOMAIN_CHARS_MAX &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    !NUMERIC.test(labels.at(-1) ?? "");
  if (!isName) return null;
  return isWide ? `*.${host}` : host;
}
