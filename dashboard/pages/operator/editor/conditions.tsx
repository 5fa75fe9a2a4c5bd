import type { PlanDocument, Schema } from "../../../wire.ts";
import { MoneyBlank, NumberBlank, PickBlank, WordsBlank } from "./blanks.tsx";
import { useDraft } from "./draft-context.tsx";
import { type OptionalPart, OptionalParts } from "./optional-parts.tsx";
import { Parameter } from "./rule-parameters.tsx";

/** What else must hold: chips that are added and taken away. */
export function Conditions({ pointer, isAboutHolder = true }: { pointer: string; isAboutHolder?: boolean }) {
  const { plan, parts } = useDraft();
  const known = [...conversionParts(plan), ...(isAboutHolder ? holderParts(plan) : [])];
  return (
    <OptionalParts pointer={pointer} parts={[...known, ...otherParts(parts?.conditions)]} label="Only when" />
  );
}

const SENTENCES = ["amount_above", "nth", "within_days", "countries", "channels", "products", "segments"];
const OF_HOLDER = ["tiers", "active"];

/** What the server asks for beyond what has a sentence here: drawn from its schema. */
function otherParts(schema: Schema | undefined): OptionalPart[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([key, part]) => {
    if (SENTENCES.includes(key) || OF_HOLDER.includes(key)) return [];
    const words = part.title ?? key;
    const initial = part.type === "array" ? [] : part.type === "integer" ? (part.minimum ?? 1) : true;
    const blanks = (at: string) => (
      <>
        {words} <Parameter name={key} schema={part} pointer={at} />
      </>
    );
    return [{ key, words: words.toLowerCase(), initial, blanks }];
  });
}

function conversionParts({ currency }: PlanDocument): OptionalPart[] {
  return [
    {
      key: "amount_above",
      words: "over an amount",
      initial: { amount: 0, currency },
      blanks: (at) => (
        <>
          over <MoneyBlank pointer={at} label="Only above" currencies={[currency]} />
        </>
      ),
    },
    {
      key: "nth",
      words: "the first, or numbers from … to …",
      initial: { to: 1 },
      blanks: (at) => (
        <>
          number <NumberBlank pointer={`${at}/from`} label="From number" whenNone="1" /> to{" "}
          <NumberBlank pointer={`${at}/to`} label="To number" whenNone="any" /> of a buyer
        </>
      ),
    },
    {
      key: "within_days",
      words: "within days of joining",
      initial: 30,
      blanks: (at) => (
        <>
          within <NumberBlank pointer={at} label="Days since joining" /> days of joining
        </>
      ),
    },
    wordsPart("countries", "buyers in these countries", "in", "IN, NP"),
    wordsPart("channels", "through these channels", "through", "whatsapp"),
    wordsPart("products", "these products", "of the product", "yearly"),
    wordsPart("segments", "these segments", "by the segment", "student"),
  ];
}

function holderParts({ tiers = [] }: PlanDocument): OptionalPart[] {
  const choices = tiers.map(({ id, name }) => [id, name || id] as const);
  const active: OptionalPart = {
    key: "active",
    words: "who earns is active",
    initial: true,
    blanks: () => <>only if active</>,
  };
  const tier: OptionalPart = {
    key: "tiers",
    words: "who earns has a tier",
    initial: choices.slice(0, 1).map(([id]) => id),
    blanks: (at) => (
      <>
        only the tier <PickBlank pointer={at} label="Tiers" choices={choices} />
      </>
    ),
  };
  return choices.length > 0 ? [tier, active] : [active];
}

function wordsPart(key: string, words: string, before: string, placeholder: string): OptionalPart {
  return {
    key,
    words,
    initial: [],
    blanks: (at) => (
      <>
        {before} <WordsBlank pointer={at} label={words} placeholder={placeholder} />
      </>
    ),
  };
}
