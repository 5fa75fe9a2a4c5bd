import { parse } from "csv-parse/sync";

export const ROWS_MAX = 20_000;
const COLUMNS_MAX = 30;
const CELL_CHARS_MAX = 2_000;
const SAMPLE_CHARS = 10_000;
const DELIMITERS = [",", ";", "\t", "|"] as const;

/** A list of people as spreadsheets write it. */
export type PeopleFile =
  | { kind: "read"; columns: string[]; rows: string[][]; encoding: string; delimiter: string }
  | { kind: "refused"; code: "empty_file" | "too_many_rows" | "unreadable_file"; message: string };

const refused = (code: Extract<PeopleFile, { kind: "refused" }>["code"], message: string): PeopleFile => ({
  kind: "refused",
  code,
  message,
});

/** Reads a file in whatever encoding and with whatever delimiter it was saved; without a header the columns are numbered. */
export function readPeopleFile(bytes: Uint8Array): PeopleFile {
  const { text, encoding } = decode(bytes);
  if (text.trim() === "") return refused("empty_file", "There is nothing in it.");
  // What a database cannot keep was no text.
  if (text.includes("\u0000"))
    return refused("unreadable_file", "This is no text. Save the sheet as CSV and try again.");
  const delimiter = delimiterOf(text);
  let records: string[][];
  try {
    records = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: ROWS_MAX + 2,
    });
  } catch {
    return refused("unreadable_file", "A quotation mark is opened and never closed.");
  }
  const cells = records.map((record) =>
    record.slice(0, COLUMNS_MAX).map((cell) => cell.trim().slice(0, CELL_CHARS_MAX)),
  );
  const [first = []] = cells;
  const hasHeader = !first.some((cell) => cell.includes("@"));
  const rows = hasHeader ? cells.slice(1) : cells;
  if (rows.length === 0) return refused("empty_file", "There is a header and nothing below it.");
  if (rows.length > ROWS_MAX)
    return refused("too_many_rows", `A list holds at most ${ROWS_MAX} people. Split it into several.`);
  const width = Math.max(...rows.slice(0, 1_000).map((row) => row.length), hasHeader ? first.length : 0);
  const columns = Array.from({ length: width }, (_, index) => {
    const title = hasHeader ? (first[index] ?? "") : "";
    return title === "" ? `Column ${index + 1}` : title;
  });
  return { kind: "read", columns, rows, encoding, delimiter };
}

function decode(bytes: Uint8Array): { text: string; encoding: string } {
  const encoding = encodingOf(bytes);
  // A decoder drops the mark at the beginning by itself.
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, SAMPLE_CHARS);
  const zeros = { even: 0, odd: 0 };
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i % 2 === 0 ? "even" : "odd"]++;
  // Plain letters in UTF-16 have a zero for every other byte.
  if (zeros.odd > sample.length / 4) return "utf-16le";
  if (zeros.even > sample.length / 4) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/** The one that splits the first lines into the most columns, alike in each. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, SAMPLE_CHARS)
    .split(/\r\n|\n|\r/, 20)
    .filter((line) => line.trim() !== "");
  const scores = DELIMITERS.map((delimiter) => {
    const counts = lines.map((line) => countOutside(line, delimiter));
    const [first = 0] = counts;
    return first * counts.filter((count) => count === first).length;
  });
  const best = Math.max(...scores);
  return best === 0 ? "," : (DELIMITERS[scores.indexOf(best)] ?? ",");
}

function countOutside(line: string, delimiter: string): number {
  let isQuoted = false;
  let count = 0;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === delimiter && !isQuoted) count++;
  }
  return count;
}
