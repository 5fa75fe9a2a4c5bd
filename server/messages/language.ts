/** The languages every message is written in. */
export const LANGUAGES = ["en", "hi"] as const;

export type Language = (typeof LANGUAGES)[number];

/** What the product speaks where nobody has said otherwise. */
const LANGUAGE_DEFAULT: Language = "en";

function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

/** The nearest of ours to a language tag such as `hi-IN`. */
export function languageOf(tag: string | null): Language {
  const primary = (tag ?? "").toLowerCase().split("-")[0] ?? "";
  return isLanguage(primary) ? primary : LANGUAGE_DEFAULT;
}
