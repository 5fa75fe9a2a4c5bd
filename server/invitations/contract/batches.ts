import { type Static, Type } from "typebox";
import { Closed, IdText, Instant, ListOf, Nullable, OneOf, PageQuery, Text } from "../../primitives/wire.ts";

const BATCH_STATES = ["draft", "sending", "paused", "completed", "cancelled"] as const;

const Message = Type.String({
  maxLength: 4_000,
  description: "own words with {column} in braces; at most 500 characters each, no links",
});
const LanguageTag = Type.String({ pattern: "^[a-z]{2}$", description: "en or hi" });
const ColumnNumber = Nullable(
  Type.Integer({ minimum: 0, maximum: 29, description: "The place of a column, from 0; null: none" }),
);
const Mapping = Closed({
  email: ColumnNumber,
  name: ColumnNumber,
  message: ColumnNumber,
  language: ColumnNumber,
});
const Name = Text(200, { description: "What to call the list, such as the file's name" });

export const NewBatch = Closed({
  participant: Type.Optional(Type.String({ minLength: 1, maxLength: 210, description: "On whose behalf" })),
  name: Type.Optional(Name),
  text: Type.Optional(
    Type.String({ maxLength: 8_000_000, description: "rows as they are pasted from a sheet" }),
  ),
  content_base64: Type.Optional(
    Type.String({
      maxLength: 8_000_000,
      pattern: "^[A-Za-z0-9+/]*={0,2}$",
      description:
        "the file's bytes in base64: UTF-8, UTF-16 or Windows-1252, divided by comma, semicolon or tab",
    }),
  ),
  message: Type.Optional(Message),
  language: Type.Optional(LanguageTag),
});

export const BatchParams = Closed({ batch: IdText });

export const BatchPatch = Closed(
  {
    name: Type.Optional(Name),
    mapping: Type.Optional(Mapping),
    message: Type.Optional(Message),
    language: Type.Optional(LanguageTag),
    scheduled_at: Type.Optional(Nullable(Instant)),
    expires_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })),
    per_minute: Type.Optional(
      Nullable(
        Type.Integer({
          minimum: 1,
          maximum: 10_000,
          description: "No more in a minute; null: as fast as may be",
        }),
      ),
    ),
  },
  { minProperties: 1 },
);

export const RowsPatch = Closed({
  rows: Type.Array(
    Closed({
      number: Type.Integer({ minimum: 1, maximum: 20_000 }),
      email: Type.Optional(Type.String({ maxLength: 1_000 })),
      name: Type.Optional(Type.String({ maxLength: 1_000 })),
      message: Type.Optional(Type.String({ maxLength: 2_000 })),
      is_left_out: Type.Optional(Type.Boolean()),
    }),
    { minItems: 1, maxItems: 1_000 },
  ),
});

export const RowsQuery = Closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  after: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 20_000, description: "The number of the row before" }),
  ),
  problem: Type.Optional(
    Type.String({ pattern: "^[a-z_]{1,40}$", description: "a problem, or any, ready, sent" }),
  ),
});

export const RowPreviewQuery = Closed({ row: Type.Integer({ minimum: 1, maximum: 20_000 }) });
export const BatchesQuery = Closed({
  limit: PageQuery.limit,
  after: PageQuery.after,
  before: PageQuery.before,
  participant: Type.Optional(Type.String({ minLength: 1, maxLength: 210 })),
});
export const BatchSend = Closed({
  count: Type.Integer({
    minimum: 1,
    maximum: 20_000,
    description: "How many are ready, as whoever sends has read it",
  }),
});

const Count = Type.Integer();
export const BatchAnswer = Closed({
  id: Type.String(),
  participant_id: Type.String(),
  name: Type.String(),
  status: OneOf(BATCH_STATES),
  columns: Type.Array(Closed({ title: Type.String(), placeholder: Type.String() })),
  mapping: Mapping,
  message: Type.String(),
  language: Type.String(),
  scheduled_at: Nullable(Type.String()),
  expires_days: Count,
  per_minute: Nullable(Type.Integer()),
  waits_for: Nullable(OneOf(["next_minute", "tomorrow"])),
  counts: Closed({
    rows: Count,
    ready: Count,
    invited: Count,
    problems: Type.Array(Closed({ code: Type.String(), message: Type.String(), rows: Count })),
    statuses: Type.Array(Closed({ status: Type.String(), invitations: Count })),
  }),
  created_at: Type.String(),
  started_at: Nullable(Type.String()),
  ended_at: Nullable(Type.String()),
});
export const BatchList = ListOf(BatchAnswer);

const RowAnswer = Closed({
  number: Count,
  cells: Type.Array(Type.String()),
  email: Type.String(),
  name: Type.String(),
  message: Type.String(),
  language: Type.String(),
  problem: Nullable(Closed({ code: Type.String(), message: Type.String() })),
  invitation_id: Nullable(Type.String()),
  status: Nullable(Type.String()),
});
export const RowsAnswer = Closed({ data: Type.Array(RowAnswer), next_after: Nullable(Type.Integer()) });

export type BatchAnswer = Static<typeof BatchAnswer>;
export type RowAnswer = Static<typeof RowAnswer>;
export type RowsAnswer = Static<typeof RowsAnswer>;
