/** One person of a pasted list, and where in it they stand. */
export type Recipient = { email: string; name: string; at: number };

/** More than this is a matter for a file. */
const RECIPIENTS_MAX = 1_000;

/** Longer than any name and address. */
const PIECE_CHARS_MAX = 1_000;
const SEPARATORS = new Set(["\n", "\r", ",", ";", "\t"]);

/** What people paste: addresses with or without names, by line, comma, semicolon or tab, as mail programs copy them. */
export function parseRecipients(text: string): Recipient[] {
  const found: Recipient[] = [];
  let name: Recipient | null = null;
  for (const { piece, at, separator } of piecesOf(text)) {
    for (const one of recipientsIn(piece, at)) {
      if (found.length === RECIPIENTS_MAX) return found;
      // A name with the address in the next column is one person: "Meera, meera@example.com".
      const joined: Recipient = name && one.name === "" ? { ...one, name: name.name, at: name.at } : one;
      if (name && joined === one) found.push(name);
      name = one.email === "" && (separator === "," || separator === "\t") ? one : null;
      if (name === null) found.push(joined);
    }
  }
  return name === null ? found : [...found, name];
}

type Piece = { piece: string; at: number; separator: string };

/** Split at separators that stand neither in quotes nor in angle brackets. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let begin = 0;
  let isQuoted = false;
  let isAddress = false;
  for (let i = 0; i <= text.length; i++) {
    const letter = text[i];
    const isLineEnd = letter === "\n" || letter === "\r" || letter === undefined;
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === "<") isAddress = true;
    else if (letter === ">") isAddress = false;
    // A quote that nobody closed ends with its line.
    if (isLineEnd) isQuoted = isAddress = false;
    if (isQuoted || isAddress || (letter !== undefined && !SEPARATORS.has(letter))) continue;
    const piece = text.slice(begin, i);
    if (piece.trim() !== "")
      pieces.push({ piece, at: begin + piece.length - piece.trimStart().length, separator: letter ?? "" });
    begin = i + 1;
  }
  return pieces;
}

function recipientsIn(piece: string, at: number): Recipient[] {
  const text = piece.trim().slice(0, PIECE_CHARS_MAX);
  const begin = text.indexOf("<");
  if (begin !== -1 && text.endsWith(">") && text.indexOf(">") === text.length - 1) {
    const name = inOrder(text.slice(0, begin).replaceAll('"', "").trim());
    return [{ email: bare(text.slice(begin + 1, -1).trim()), name, at }];
  }
  const words = text.split(/\s/u).filter((word) => word !== "");
  const addresses = words.filter((word) => word.includes("@"));
  // Several addresses with only blanks between them are as many people.
  if (addresses.length > 1) return addresses.map((email) => ({ email: bare(email), name: "", at }));
  const [email] = addresses;
  const name = words.filter((word) => word !== email).join(" ");
  return [{ email: email === undefined ? "" : bare(email), name: name.replaceAll('"', "").trim(), at }];
}

/** Directories say "Rao, Meera", friends do not. */
function inOrder(name: string): string {
  const parts = name.split(",").map((part) => part.trim());
  return parts.length === 2 ? `${parts[1]} ${parts[0]}`.trim() : name;
}

/** Without what a sentence, or a mail program, puts around an address. */
function bare(word: string): string {
  let begin = 0;
  let end = word.length;
  while (begin < end && "<(\"'".includes(word[begin] ?? "")) begin++;
  while (end > begin && ">)\"'.".includes(word[end - 1] ?? "")) end--;
  return word.slice(begin, end).replace(/^mailto:/iu, "");
}
