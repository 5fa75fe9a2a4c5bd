/** No 0 o, 1 i l, and no u: nothing in a code can be misread or spelt into a word. */
const CODE_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz";
/** 30^10 ≈ 5.9 · 10^14 codes. */
const CODE_CHARS = 10;

/** The largest multiple of the alphabet below 256: bytes above it are dropped, so that every letter is as likely. */
const BYTE_END = 256 - (256 % CODE_ALPHABET.length);

const SLUG = /^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$/;

/** A code from random bytes; null when too many of them had to be dropped. */
export function codeFromBytes(bytes: Uint8Array): string | null {
  let code = "";
  for (const byte of bytes) {
    if (byte < BYTE_END) code += CODE_ALPHABET[byte % CODE_ALPHABET.length];
    if (code.length === CODE_CHARS) return code;
  }
  return null;
}

/**
 * A code as people type it: one of ours in any case, with blanks or dashes; or one that somebody chose. Null when
 * it cannot be either.
 */
export function parseCode(text: string): string | null {
  const lower = text.trim().toLowerCase();
  const code = lower.replace(/[\s-]/g, "");
  if (isGeneratedCode(code)) return code;
  return isSlug(lower) ? lower : null;
}

/** What we make ourselves; nobody may choose an address that looks like it. */
export function isGeneratedCode(code: string): boolean {
  return code.length === CODE_CHARS && [...code].every((letter) => CODE_ALPHABET.includes(letter));
}

/** Lower-case letters, digits and single dashes between them, 3 to 40. */
export function isSlug(text: string): boolean {
  return SLUG.test(text) && !text.includes("--");
}
