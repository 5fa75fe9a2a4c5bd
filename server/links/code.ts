/** No 0 o, 1 i l, and no u: nothing in a code can be misread or spelt into a word. */
const CODE_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz";
/** 30^10 ≈ 5.9 · 10^14 codes. */
const CODE_CHARS = 10;

/** The largest multiple of the alphabet below 256: bytes above it are dropped, so that every letter is as likely. */
const BYTE_END = 256 - (256 % CODE_ALPHABET.length);

/** A code from random bytes; null when too many of them had to be dropped. */
export function codeFromBytes(bytes: Uint8Array): string | null {
  let code = "";
  for (const byte of bytes) {
    if (byte < BYTE_END) code += CODE_ALPHABET[byte % CODE_ALPHABET.length];
    if (code.length === CODE_CHARS) return code;
  }
  return null;
}

/** A code as people type it: any case, with blanks or dashes. Null when it cannot be one. */
export function parseCode(text: string): string | null {
  const code = text.toLowerCase().replace(/[\s-]/g, "");
  return code.length === CODE_CHARS && [...code].every((letter) => CODE_ALPHABET.includes(letter))
    ? code
    : null;
}
