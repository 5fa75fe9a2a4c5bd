/** Which column says what; null: none does. */
export type ColumnMapping = {
  email: number | null;
  name: number | null;
  message: number | null;
  language: number | null;
};

const TITLES: Record<keyof ColumnMapping, RegExp> = {
  email: /^(e[\s_-]?mail([\s_-]?(address|adresse|id))?|mail|address|courriel|correo.*|e-?mail.*|ईमेल)$/iu,
  name: /^((full|first|given|display|contact|customer|friend)?[\s_-]?name|vorname|nom|prénom|nombre|नाम)$/iu,
  message: /^((personal|custom)?[\s_-]?(message|note|text)|nachricht)$/iu,
  language: /^(lang|language|locale|sprache|langue|idioma|भाषा)$/iu,
};
const SAMPLE_ROWS = 50;

/** A guess by the titles and, for the address, by what stands below them; people change it where it is wrong. */
export function guessMapping(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): ColumnMapping {
  const sample = rows.slice(0, SAMPLE_ROWS);
  const counts = columns.map((_, index) => sample.filter((row) => row[index]?.includes("@")).length);
  const most = Math.max(0, ...counts);
  const titled = columns.findIndex((title) => TITLES.email.test(title));
  const email =
    most > 0 && (titled === -1 || (counts[titled] ?? 0) < most / 2) ? counts.indexOf(most) : titled;
  const find = (field: keyof ColumnMapping): number | null => {
    const index = columns.findIndex((title, at) => at !== email && TITLES[field].test(title));
    return index === -1 ? null : index;
  };
  return {
    email: email === -1 ? null : email,
    name: find("name"),
    message: find("message"),
    language: find("language"),
  };
}

/** A column's name as it stands in braces in a message. */
export function placeholderOf(column: string): string {
  return column
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}

const PLACEHOLDER = /\{\s*([\p{L}\p{N}_]{1,100})\s*\}/gu;

/** A message with a row's cells in it. */
export function fillMessage(message: string, columns: readonly string[], cells: readonly string[]): string {
  if (!message.includes("{")) return message;
  const values = new Map(columns.map((column, index) => [placeholderOf(column), cells[index] ?? ""]));
  return message.replace(PLACEHOLDER, (whole, name: string) => values.get(placeholderOf(name)) ?? whole);
}

/** What stands in braces and is no column. */
export function unknownPlaceholders(message: string, columns: readonly string[]): string[] {
  const known = new Set(columns.map(placeholderOf));
  return [...message.matchAll(PLACEHOLDER)].flatMap(([, name = ""]) =>
    known.has(placeholderOf(name)) ? [] : [name],
  );
}
