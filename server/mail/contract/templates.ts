import { type Static, Type } from "typebox";
import { Closed, IdText, Nullable, OneOf } from "../../primitives/wire.ts";

const SENTENCE_CHARS_MAX = 1_000;

const WordsSchema = Type.Record(
  Type.String({ pattern: "^[a-z_]{1,60}$" }),
  Type.String({ minLength: 1, maxLength: SENTENCE_CHARS_MAX }),
  { description: "Sentences by their keys, with facts in braces" },
);

export const TemplateParams = Closed({ message: IdText, language: OneOf(["en", "hi"]) });
export const NewTemplate = Closed({ words: WordsSchema });
export const PreviewWish = Closed({ words: Type.Optional(WordsSchema) });
export const TemplateTest = Closed({
  to: Type.Optional(
    Type.String({ maxLength: 320, description: "Where it goes; without it, to whoever is signed in" }),
  ),
});

const TemplateVersion = Closed({
  version: Type.Integer(),
  words: WordsSchema,
  created_at: Type.String(),
});
export const TemplateAnswer = Closed({
  message: Type.String(),
  language: OneOf(["en", "hi"]),
  sentences: Type.Array(
    Closed({
      key: Type.String(),
      ours: Type.String({ description: "What is said where you say nothing" }),
      yours: Nullable(Type.String()),
    }),
  ),
  versions: Type.Array(TemplateVersion, { description: "Newest first; the first one counts" }),
});
export const RenderedMail = Closed({ subject: Type.String(), html: Type.String(), text: Type.String() });

export type TemplateAnswer = Static<typeof TemplateAnswer>;
export type RenderedMail = Static<typeof RenderedMail>;
