import { createHmac, hash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SECRET_BYTES = 32;
/** 256 bits in base 62. */
const SECRET_CHARS = 43;

/** A secret nobody can guess, of letters and digits only, so that a double click selects all of it. */
export function newSecret(): string {
  let rest = BigInt(`0x${randomBytes(SECRET_BYTES).toString("hex")}`);
  let out = "";
  for (let i = 0; i < SECRET_CHARS; i++) {
    out = ALPHABET[Number(rest % 62n)] + out;
    rest /= 62n;
  }
  return out;
}

/** Enough for a secret of 128 bits or more; a password needs a slow hash instead. */
export function hashSecret(secret: string): string {
  return hash("sha256", secret, "hex");
}

/** Hides a value that could be guessed (an address, an e-mail) behind a key of ours. */
export function keyedHash(key: string, value: string): string {
  return createHmac("sha256", key).update(value).digest("hex").slice(0, 40);
}
