import { type Static, Type } from "typebox";
import { Closed, Nullable } from "../../primitives/wire.ts";

const HexColor = Type.String({ maxLength: 7, description: "Such as #0b6e4f" });
const Word = (maxLength: number, description: string) =>
  Type.Optional(
    Type.String({ maxLength, description: `${description}. {friend} and {program} stand for the names` }),
  );

const Words = Closed({
  headline: Word(80, "Above the page behind a link"),
  lead_text: Word(240, "Below the headline"),
  button: Word(40, "On the button that joins"),
  thanks: Word(240, "What somebody reads who has just joined"),
});
const Texts = Closed(
  { en: Type.Optional(Words), hi: Type.Optional(Words) },
  { description: "Your own words by language, plain text; what is missing has ours" },
);

export const BrandRequest = Closed({ color: Nullable(HexColor), texts: Texts });

const Contrast = Closed({ before: Type.Number(), after: Type.Number() });
const Themed = Closed({
  brand: HexColor,
  hover: HexColor,
  on_brand: HexColor,
  brand_text: HexColor,
  edge: HexColor,
  tint: HexColor,
  fill_contrast: Contrast,
  text_contrast: Contrast,
});
export const BrandColorsAnswer = Closed({
  color: HexColor,
  light: Themed,
  dark: Themed,
});
export const BrandColorsQuery = Closed({ color: HexColor });

export const BrandAnswer = Closed({
  color: Nullable(HexColor),
  colors: Nullable(BrandColorsAnswer),
  texts: Texts,
  logo: Nullable(Closed({ url: Type.String(), width: Type.Integer(), height: Type.Integer() })),
  stylesheet: Nullable(Type.String({ description: "A style sheet with the colours as custom properties" })),
});

/** 512 kB as base64. */
const IMAGE_CHARS_MAX = 699_056;
export const LogoRequest = Closed({
  image: Type.String({
    minLength: 1,
    maxLength: IMAGE_CHARS_MAX,
    pattern: "^[A-Za-z0-9+/]+={0,2}$",
    description: "A PNG, JPEG or WebP of at most 512 kB, as base64",
  }),
});

export const BrandFileParams = Type.Object({ program_id: Type.String({ maxLength: 100 }) });
export const BrandFileQuery = Type.Object({ v: Type.Optional(Type.String({ maxLength: 100 })) });
export const BrandStyleQuery = Type.Object({
  theme: Type.Optional(Type.String({ maxLength: 10 })),
  v: Type.Optional(Type.String({ maxLength: 100 })),
  color: Type.Optional(Type.String({ maxLength: 7, description: "Another colour than the saved one" })),
});

export type BrandAnswer = Static<typeof BrandAnswer>;
export type BrandColorsAnswer = Static<typeof BrandColorsAnswer>;
