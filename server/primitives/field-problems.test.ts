import { Type } from "typebox";
import { describe, expect, it } from "vitest";
import { fieldProblems } from "./field-problems.ts";
import { Closed, Currency, Instant, Nullable, OneOf, PositiveMoney, Text } from "./wire.ts";

const Order = Closed({
  name: Text(10),
  amount: PositiveMoney,
  at: Type.Optional(Instant),
  state: Type.Optional(OneOf(["open", "done"])),
  note: Type.Optional(Nullable(Type.String())),
  tags: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: 2, uniqueItems: true })),
  include: Type.Optional(Type.Literal("all")),
  extra: Type.Optional(Type.Record(Type.String(), Type.Number(), { maxProperties: 1 })),
  choice: Type.Optional(Closed({ a: Type.Optional(Currency) }, { minProperties: 1 })),
});
const right = { name: "x", amount: { amount: 1, currency: "INR" } };

describe("what does not fit a schema", () => {
  it("is nothing for what fits", () => {
    expect(fieldProblems(Order, right)).toEqual([]);
  });

  it.each([
    [{ name: 5 }, "/name", "wrong_type", "Must be text."],
    [{ name: "" }, "/name", "too_short", "Must not be empty."],
    [{ name: "   " }, "/name", "wrong_format", "Expected here: text that can be seen."],
    [{ name: "\u0007\u200b" }, "/name", "wrong_format", "Expected here: text that can be seen."],
    [{ name: "12345678901" }, "/name", "too_long", "Takes at most 10 characters."],
    [{ name: undefined, amount: undefined }, "/name", "wrong_type", "Must be text."],
    [{ colour: 1 }, "/colour", "unknown_field", "This field is not known here."],
    [{ amount: 5 }, "/amount", "wrong_type", "Must be an object."],
    [{ amount: { amount: 0, currency: "INR" } }, "/amount/amount", "too_small", "Must be at least 1."],
    [{ amount: { amount: 1.5, currency: "INR" } }, "/amount/amount", "wrong_type", "Must be a whole number."],
    [
      { amount: { amount: 2e15, currency: "INR" } },
      "/amount/amount",
      "too_large",
      "Must be at most 1000000000000000.",
    ],
    [{ amount: { amount: 1 } }, "/amount/currency", "required", "This field is required."],
    [
      { amount: { amount: 1, currency: "INR", "a/b": 1 } },
      "/amount/a~1b",
      "unknown_field",
      "This field is not known here.",
    ],
    [
      { at: "soon" },
      "/at",
      "wrong_format",
      "Expected here: a time as in RFC 3339, such as 2026-03-01T09:30:00Z.",
    ],
    [{ state: "lost" }, "/state", "not_allowed", "Must be one of: open, done."],
    [{ note: 5 }, "/note", "wrong_format", "Must be text or null."],
    [{ tags: [] }, "/tags", "too_short", "Must not be empty."],
    [{ tags: ["a", "b", "c"] }, "/tags", "too_long", "Takes at most 2 entries."],
    [{ tags: ["a", "a"] }, "/tags", "repeated", "Must not name anything twice."],
    [{ include: "some" }, "/include", "not_allowed", 'Must be "all".'],
    [{ extra: { a: 1, b: 2 } }, "/extra", "too_long", "Takes at most 1 entries."],
    [{ choice: {} }, "/choice", "too_short", "Needs at least one of its fields."],
  ])("says of %j where, what and why", (fields, pointer, code, message) => {
    expect(fieldProblems(Order, { ...right, ...fields })[0]).toEqual({ pointer, code, message });
  });

  it("names every field once, below the place it was asked for, and stops at twenty", () => {
    expect(fieldProblems(Order, {}, "/rows/3").map(({ pointer }) => pointer)).toEqual([
      "/rows/3/name",
      "/rows/3/amount",
    ]);
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`field${index}`, index]));
    expect(fieldProblems(Order, { ...right, ...many })).toHaveLength(20);
  });

  it("tells each of several fields that take more than one kind", () => {
    const Several = Closed({
      a: Nullable(Type.String()),
      b: Nullable(Type.Number()),
      c: Nullable(Type.Boolean()),
    });
    expect(fieldProblems(Several, { a: [], b: [], c: [] })).toHaveLength(3);
  });
});
