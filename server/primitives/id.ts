/** An identifier made by the application: a prefix that names its kind, then 26 characters that sort by time. */
export type Id<Prefix extends string> = `${Prefix}_${string}`;

/** Makes ids; handed in like the clock, so that what uses it stays pure. */
export type NewId = <Prefix extends string>(prefix: Prefix) => Id<Prefix>;

/** Crockford's base 32, lower case: it keeps the order of the bits it encodes. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const PAIRS = Array.from({ length: 1024 }, (_, n) => `${ALPHABET[n >> 5]}${ALPHABET[n & 31]}`);

const HALF = 2 ** 20;

const BODY = /^[0-9a-hjkmnp-tv-z]{26}$/;

/** 50 bits of milliseconds, then two numbers of 40 bits: random, and a counter that keeps ids of one maker in order. */
export function encodeId<Prefix extends string>(
  prefix: Prefix,
  millis: number,
  random: number,
  counter: number,
): Id<Prefix> {
  return idAfter(prefix, idStem(millis, random), counter);
}

/** What the ids of one maker in one millisecond have in common. */
export function idStem(millis: number, random: number): string {
  return base32(millis, 5) + base32(random, 4);
}

export function idAfter<Prefix extends string>(prefix: Prefix, stem: string, counter: number): Id<Prefix> {
  // Two halves are small integers, which are divided by shifting.
  const high = Math.floor(counter / HALF);
  const low = counter % HALF;
  return `${prefix}_${stem}${PAIRS[high >> 10]}${PAIRS[high & 1023]}${PAIRS[low >> 10]}${PAIRS[low & 1023]}`;
}

export function isId<Prefix extends string>(prefix: Prefix, text: string): text is Id<Prefix> {
  return text.startsWith(`${prefix}_`) && BODY.test(text.slice(prefix.length + 1));
}

/** `pairs` × 10 bits of `value`, two characters at a time: ids are made by the ten thousand a second. */
function base32(value: number, pairs: number): string {
  let out = "";
  let rest = value;
  for (let i = 0; i < pairs; i++) {
    out = PAIRS[rest % 1024] + out;
    rest = Math.floor(rest / 1024);
  }
  return out;
}
