import { type Static, Type } from "typebox";
import { Closed, MoneySchema, Nullable } from "../primitives/wire.ts";

const Count = Type.Integer({ minimum: 0 });
const Amounts = Type.Array(MoneySchema, { description: "One amount per currency" });

export const FunnelAnswer = Closed({
  clicks: Count,
  joined: Count,
  referred: Count,
  qualified: Count,
  rewarded: Count,
  purchases: Count,
  revenue: Amounts,
  refunded: Amounts,
  owed: Amounts,
  paid: Amounts,
});

export const ChannelsAnswer = Closed({
  channels: Type.Array(
    Closed({
      channel: Nullable(Type.String({ description: "Null: what carries no mark" })),
      shares: Count,
      clicks: Count,
      joined: Count,
      qualified: Count,
      rewarded: Count,
    }),
    { description: "The one that brought most first" },
  ),
});
export type ChannelsAnswer = Static<typeof ChannelsAnswer>;

export const ReportParams = Closed({ report: Type.String({ minLength: 1, maxLength: 64 }) });

export type FunnelAnswer = Static<typeof FunnelAnswer>;
