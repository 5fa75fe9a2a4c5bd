import type { Language } from "./language.ts";

/** Languages as Intl writes dates and plurals in them. */
export const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", hi: "hi-IN" };

/** "1 March 2026", "1 मार्च 2026": a day, or the day of an instant in UTC; what is neither stays as it is. */
export function dayIn(language: Language, text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: "long", timeZone: "UTC" }).format(at);
}

/** "March 2026": the month "2026-03". */
export function monthIn(language: Language, month: string): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  const fields = { month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(LOCALES[language], fields).format(at);
}
