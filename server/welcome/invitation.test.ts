import { describe, expect, it } from "vitest";
import type { Overflow } from "../programs/program.ts";
import { invitationOf } from "./invitation.ts";

const facts = (overflow: Overflow, directCount: number, waiting = 0) => ({
  code: "k7m2q9x4ab",
  linkState: "active" as const,
  advocate: {
    ...{ id: "par_anna" as const, name: "Anna Verhoeven", status: "active" as const },
    ...{ isNameShown: true, directCount, directLimit: 2 },
  },
  overflow,
  waiting,
});

describe("the invitation of an advocate without room", () => {
  it("is closed, goes further down, or leads to the line, as the plan says", () => {
    expect(invitationOf(facts("reject", 2))).toMatchObject({ kind: "direct_limit_reached", limit: 2 });
    expect(invitationOf(facts("no_reward", 2))).toMatchObject({ kind: "direct_limit_reached" });
    expect(invitationOf(facts("spillover", 2))).toMatchObject({ kind: "open", place: "below" });
    expect(invitationOf(facts("waitlist", 2, 3))).toMatchObject({ kind: "waitlist", waiting: 3 });
  });

  it("is what it is as well where the last places are promised to those who wait", () => {
    expect(invitationOf(facts("waitlist", 1, 1))).toMatchObject({ kind: "waitlist", waiting: 1 });
    expect(invitationOf(facts("waitlist", 1))).toMatchObject({ kind: "open", place: "direct" });
  });

  it("says nothing of places where the advocate is suspended or the link switched off", () => {
    const { advocate, ...rest } = facts("waitlist", 2);
    expect(invitationOf({ ...rest, advocate: { ...advocate, status: "suspended" } })).toEqual({
      kind: "advocate_not_active",
    });
    expect(invitationOf({ ...rest, advocate, linkState: "paused" })).toEqual({
      kind: "expired_link",
      state: "paused",
    });
  });
});
