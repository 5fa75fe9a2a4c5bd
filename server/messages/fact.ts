import { type TObject, type TSchema, Type } from "typebox";
import { Currency, Nullable } from "../primitives/wire.ts";

/** What a fact is, and so how it is written in a sentence. */
export type FactKind = "text" | "count" | "money" | "day" | "address";

const ADDRESS_CHARS_MAX = 2_000;
const TEXT_CHARS_MAX = 2_000;
const LINES_MAX = 50;

/** Words of people: names, titles, what somebody wrote. */
export const TextFact = (description: string) =>
  Type.String({ description, maxLength: TEXT_CHARS_MAX, "x-fact": "text" });

/** A whole number, for plurals. */
export const CountFact = (description: string) => Type.Integer({ description, "x-fact": "count" });

/** An amount in minor units with its currency. */
export const MoneyFact = (description: string) =>
  Type.Object(
    { amount: Type.Integer(), currency: Currency },
    { additionalProperties: false, description, "x-fact": "money" },
  );

/** A day or an instant (RFC 3339); sentences say the day. */
export const DayFact = (description: string) =>
  Type.String({ description, pattern: "^\\d{4}-\\d{2}-\\d{2}(T.*)?$", "x-fact": "day" });

/** A web address. */
export const AddressFact = (description: string) =>
  Type.String({ description, pattern: "^https?://", maxLength: ADDRESS_CHARS_MAX, "x-fact": "address" });

/** Lines of a table: pairs of a name and a value. They stand in no sentence, so nobody is offered them. */
export const LinesFact = (description: string) =>
  Type.Array(
    Type.Tuple([Type.String({ maxLength: TEXT_CHARS_MAX }), Type.String({ maxLength: TEXT_CHARS_MAX })]),
    {
      description,
      maxItems: LINES_MAX,
    },
  );

/** A fact that is not always known; the message has other words for then. */
export const Maybe = <Schema extends TSchema>(schema: Schema) => Nullable(schema);

export type FactEntry = { name: string; kind: FactKind; description: string; isAlwaysKnown: boolean };

type Described = { description?: string; "x-fact"?: FactKind; anyOf?: Described[] };

/** The facts a schema names, as an editor offers them. */
export function factEntries(schema: TObject): FactEntry[] {
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const described = property as Described;
    const known = described.anyOf?.[0] ?? described;
    const kind = known["x-fact"];
    if (kind === undefined) return [];
    return [
      { name, kind, description: known.description ?? "", isAlwaysKnown: described.anyOf === undefined },
    ];
  });
}
