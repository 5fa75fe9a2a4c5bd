import { createHmac } from "node:crypto";

/** RFC 5321 allows 64 + 1 + 255. */
export const EMAIL_CHARS_MAX = 320;

const ADDRESS =
  /^[^\s@,;:<>()[\]\\"\p{C}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;
/** Mailboxes where dots in the local part do not count. */
const DOTLESS = new Set(["gmail.com", "googlemail.com"]);

/** Exactly one clean address: no list, no header, no comment, no quoted part. */
export function isEmail(text: string): boolean {
  return text.length <= EMAIL_CHARS_MAX && ADDRESS.test(text) && !text.includes("..");
}

/** One form for addresses that reach the same mailbox: lower case, without a plus tag, dots dropped where they do not count. */
function normaliseEmail(email: string): string {
  const [local = "", domain = ""] = email.normalize("NFKC").toLowerCase().split("@");
  const mailbox = local.replace(/\+.*$/, "");
  return `${DOTLESS.has(domain) ? mailbox.replaceAll(".", "") : mailbox}@${domain}`;
}

/** A keyed hash of the normalised address: it recognises a person without keeping the address. */
export function emailHash(email: string, key: string): string {
  return createHmac("sha256", key).update(normaliseEmail(email)).digest("base64url").slice(0, 32);
}

/** Bidirectional controls and zero-width characters can make a name read as something else. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\p{Cc}]/gu;

/** A name as it may be shown to others. */
export function cleanName(name: string): string {
  return name.replace(INVISIBLE, "").replace(/\s+/g, " ").trim();
}
