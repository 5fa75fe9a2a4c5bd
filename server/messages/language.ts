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

const ACCEPTED_MAX = 20;

/** Those of ours that a browser asks for (`Accept-Language`), the most wanted first. */
export function languagesAccepted(header: string | undefined): Language[] {
  return (header ?? "")
    .split(",", ACCEPTED_MAX)
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((q) => q !== undefined);
      return { language: tag.split("-")[0]?.toLowerCase() ?? "", quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ language }) => language)
    .filter(isLanguage);
}
