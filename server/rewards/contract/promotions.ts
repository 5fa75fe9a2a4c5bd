import { type Static, Type } from "typebox";
import { Closed, IdText, ListOf, MoneySchema, Nullable, OneOf } from "../../primitives/wire.ts";

export const NewPromotion = Closed({ document: Type.Unknown() });
export const PromotionParams = Closed({ promotion: IdText });

export const PromotionAnswer = Closed({
  id: Type.String(),
  document: Type.Unknown(),
  hash: Type.String({ description: "Of the text, whatever its order of keys" }),
  state: OneOf(["scheduled", "running", "over"]),
  time_zone: Type.String({ description: "Whose clocks the document's times are read by" }),
  starts_at: Type.String(),
  ends_at: Type.String({
    description: "When it really ends: earlier than the document says where it was ended",
  }),
  ended_at: Nullable(Type.String({ description: "When somebody ended it before its time" })),
  spent: Nullable(MoneySchema),
  advocates: Type.Integer({ description: "How many people it added something for, where it counts them" }),
  created_at: Type.String(),
});
export const PromotionList = ListOf(PromotionAnswer);

export type PromotionAnswer = Static<typeof PromotionAnswer>;
