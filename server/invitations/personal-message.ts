const MESSAGE_CHARS_MAX = 500;
const NAME_CHARS_MAX = 80;

/** What cannot stand in a text that goes out in somebody else's name, and where it stands. */
export type TextProblem = {
  code: "link_in_text" | "text_too_long";
  message: string;
  at: number;
  text: string;
};

/** A text as it will be sent, or what is wrong with it. */
export type ReadText = { kind: "ok"; text: string } | { kind: "refused"; problem: TextProblem };

/** Controls but for the line break, bidirectional marks and what has no width. */
const INVISIBLE =
  /(?!\n)[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** A scheme with its colon, "www.", or two words joined by a dot whose last is letters, as mail programs make links of. */
const LINK_LIKE =
  /(?:\b(?:https?|ftp|mailto|javascript|data|tel|sms):|\bwww\s?[.]|[\p{L}\p{N}_-]+(?:[.][\p{L}\p{N}_-]+)*[.](?:\p{L}{2,}|xn--[\p{L}\p{N}-]+)|\b\d{1,3}(?:[.]\d{1,3}){3}\b|:\/\/)[^\s]*/iu;
/** Longer than this nothing is looked at: it is too long anyway. */
const LOOKED_AT_MAX = 4_000;

/** The inviter's own words: no links, no tricks with invisible letters, not too many. */
export function readPersonalMessage(text: string): ReadText {
  const cleaned = cleanLines(text);
  const tooLong = lengthProblem(cleaned, MESSAGE_CHARS_MAX);
  return tooLong ?? linkProblem(cleaned) ?? { kind: "ok", text: cleaned };
}

/** How the inviter calls the friend: one short line, which could carry a link as well. */
export function readFriendName(text: string): ReadText {
  const cleaned = cleanLines(text).replace(/\s+/gu, " ").trim();
  const tooLong = lengthProblem(cleaned, NAME_CHARS_MAX);
  return tooLong ?? linkProblem(cleaned) ?? { kind: "ok", text: cleaned };
}

function cleanLines(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/gu, "\n")
    .replace(/\t/gu, " ")
    .replace(INVISIBLE, "")
    .normalize("NFC")
    .replace(/\n{3,}/gu, "\n\n")
    .trim();
}

function lengthProblem(text: string, max: number): ReadText | null {
  const length = [...text.slice(0, LOOKED_AT_MAX)].length;
  if (length <= max) return null;
  const message = `Takes at most ${max} characters; these are ${length < LOOKED_AT_MAX ? length : "many more"}.`;
  return { kind: "refused", problem: { code: "text_too_long", message, at: max, text: "" } };
}

function linkProblem(text: string): ReadText | null {
  // Letter by letter, so that a place in the plain form is the same place in the text.
  const plain = [...text].map(plainLetter).join("");
  const found = LINK_LIKE.exec(plain);
  if (!found) return null;
  const at = found.index;
  const linkText = text.slice(at, at + found[0].length);
  const message = `“${linkText}” looks like a web address. Messages go without links: yours is in the mail anyway.`;
  return { kind: "refused", problem: { code: "link_in_text", message, at, text: linkText } };
}

/** Full-width letters and the dots of other scripts read like plain ones. */
function plainLetter(letter: string): string {
  if (/[\u3002\uff0e\uff61\u2024]/u.test(letter)) return ".";
  const plain = letter.normalize("NFKC");
  return plain.length === letter.length ? plain : letter;
}
