import { type Static, Type } from "typebox";
import { Closed, ListOf, MoneySchema, Nullable, OneOf, PageQuery } from "../../primitives/wire.ts";

export const FriendAnswer = Closed({
  id: Type.String({ description: "The referral" }),
  participant_id: Type.String(),
  name: Type.String(),
  channel: Nullable(Type.String()),
  status: OneOf(["waitlisted", "joined", "qualified", "rewarded", "not_eligible"]),
  joined_at: Type.String(),
  steps: Type.Array(
    Closed({
      step: OneOf(["invited", "joined", "qualified", "rewarded"]),
      state: OneOf(["done", "next", "later", "failed"]),
    }),
  ),
  missing: Nullable(
    Closed(
      {
        code: OneOf([
          "not_eligible",
          "waiting_for_place",
          "next_act",
          "too_late",
          "on_hold",
          "on_its_way",
          "no_plan",
        ]),
        message: Type.String(),
        actor: OneOf(["you", "friend", "program", "us"]),
        until: Nullable(Type.String()),
      },
      { description: "The one step that is missing, who must do it, and until when" },
    ),
  ),
  earned: Type.Array(MoneySchema, {
    description: "What this friend has brought the advocate, reversals taken off",
  }),
  nudge: Closed({
    is_possible: Type.Boolean(),
    next_at: Nullable(Type.String({ description: "When the friend may be reminded again" })),
  }),
});
export type FriendAnswer = Static<typeof FriendAnswer>;
export const FriendsQuery = Closed({
  limit: PageQuery.limit,
  after: PageQuery.after,
  before: PageQuery.before,
});
export const FriendList = ListOf(FriendAnswer);
export const NudgeSent = Closed({ nudged_at: Type.String(), next_at: Type.String() });
