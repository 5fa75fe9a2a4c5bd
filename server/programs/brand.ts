import { type Language, languagesAccepted } from "../messages/language.ts";
import { type Color, parseColor } from "../primitives/color.ts";
import { type FieldProblem, Refusal } from "../primitives/refusal.ts";

/** How a program looks to people; what it does not say, our own look says. */
export type Brand = {
  color: Color | null;
  texts: BrandTexts;
  logo: { width: number; height: number } | null;
  /** Changes with everything above; null: nothing was ever said. */
  version: string | null;
};

/** Words of the program's own in one language; a word that is missing is ours. */
export type BrandWords = { [Word in BrandWord]?: string };
export type BrandTexts = { [In in Language]?: BrandWords };
type BrandWord = "headline" | "lead_text" | "button" | "thanks";

export const NO_BRAND: Brand = { color: null, texts: {}, logo: null, version: null };

const PLACEHOLDERS: ReadonlySet<string> = new Set(["friend", "program"]);
const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Refuses a colour that is none and words with blanks nobody fills. */
export function checkBrand({ color, texts }: { color?: string | null; texts?: BrandTexts }): void {
  const errors: FieldProblem[] = [];
  if (color && parseColor(color) === null)
    errors.push({
      pointer: "/color",
      code: "invalid_color",
      message: `"${color}" is not a colour, such as #0b6e4f.`,
    });
  for (const [language, words] of Object.entries(texts ?? {}))
    for (const [word, text] of Object.entries(words))
      for (const [blank, name = ""] of text.matchAll(PLACEHOLDER))
        if (!PLACEHOLDERS.has(name))
          errors.push({
            pointer: `/texts/${language}/${word}`,
            code: "unknown_placeholder",
            message: `Nothing fills ${blank}. Use {friend} for who invited, or {program}.`,
          });
  if (errors.length > 0) throw new Refusal("invalid_brand", { errors });
}

/** A text with its blanks filled. What is filled in is never read for blanks again. */
export function filled(text: string, facts: { friend: string; program: string }): string {
  return text.replace(PLACEHOLDER, (blank, name: string) =>
    name === "friend" || name === "program" ? facts[name] : blank,
  );
}

/** The program's words for somebody whose browser accepts these languages; English else. */
export function wordsFor(
  texts: BrandTexts,
  accepted: string | undefined,
): { language: Language; words: BrandWords } {
  const wanted = languagesAccepted(accepted).find((one) => one === "en" || texts[one] !== undefined) ?? "en";
  return { language: wanted, words: texts[wanted] ?? {} };
}
