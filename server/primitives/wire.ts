import { type TProperties, type TSchema, Type } from "typebox";

/** A closed object: a key that is not named is an error. */
export const Closed = <Properties extends TProperties>(properties: Properties, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });

export const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** One character at least that can be seen: no blank, no control, nothing of zero width. */
const VISIBLE = "[^\\s\\x00-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u2060-\\u2064\\ufeff]";

export const Text = (maxLength: number, options: object = {}) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: VISIBLE,
    description: "text that can be seen",
    ...options,
  });

/** A caller's own id for something of ours. */
export const ExternalId = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^[^\\x00-\\x1f]+$",
  description: "your own id, without control characters",
});

/** Of whoever came, kept by their own browser; we keep it only where they agreed to it. */
export const VisitorId = Type.String({
  pattern: "^[A-Za-z0-9_-]{16,64}$",
  description: "A random id that the visitor's browser keeps for your site, such as a UUID",
});

export const IdText = Type.String({ minLength: 1, maxLength: 200 });

/** One of a few words. */
export const OneOf = <const Word extends string>(words: readonly Word[], options: object = {}) =>
  Type.Unsafe<Word>({ type: "string", enum: [...words], ...options });

export const Currency = Type.String({
  pattern: "^[A-Z]{3}$",
  description: "three capital letters (ISO 4217), or PTS for points",
});

/** An amount we answer: a sum of many has no bound of its own. */
export const MoneySchema = Closed(
  { amount: Type.Integer({ description: "Whole minor units" }), currency: Currency },
  { description: "An amount in minor units" },
);

/** An amount a caller may send that can be below zero, such as a loss. */
export const SignedMoney = Closed({
  amount: Type.Integer({ minimum: -1e15, maximum: 1e15, description: "Whole minor units" }),
  currency: Currency,
});

/** An amount a caller may send: whole, above zero, at most 10^15 minor units. */
export const PositiveMoney = Closed({
  amount: Type.Integer({ minimum: 1, maximum: 1e15, description: "Whole minor units" }),
  currency: Currency,
});

/** RFC 3339, in UTC or with an offset. */
export const Instant = Type.String({
  maxLength: 40,
  pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$",
  description: "a time as in RFC 3339, such as 2026-03-01T09:30:00Z",
});

const PAGE_ROWS_MAX = 200;

export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_ROWS_MAX, default: 50 })),
  after: Type.Optional(Type.String({ maxLength: 200 })),
  before: Type.Optional(Type.String({ maxLength: 200 })),
  include: Type.Optional(Type.Literal("total_count")),
};

export const ListOf = <Schema extends TSchema>(schema: Schema) =>
  Closed({
    data: Type.Array(schema),
    has_more: Type.Boolean(),
    next_cursor: Nullable(Type.String()),
    prev_cursor: Nullable(Type.String()),
    total_count: Type.Optional(Type.Integer()),
  });

export const ReasonSchema = Closed({ code: Type.String(), message: Type.String() });

export const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String(),
  errors: Type.Array(Closed({ pointer: Type.String(), code: Type.String(), message: Type.String() })),
  request_id: Type.String(),
});
