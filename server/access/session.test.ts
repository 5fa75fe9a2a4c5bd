import { describe, expect, it } from "vitest";
import { actorOf, isSessionOver, knowsProgram, type Session } from "./session.ts";

const START = new Date("2026-03-01T08:00:00Z");
const minutesLater = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
const session = (change: Partial<Session> = {}): Session => ({
  sessionId: "ses_1",
  userId: "usr_1",
  createdAt: START,
  usedAt: START,
  isInstallationOwner: false,
  memberships: [],
  participations: [],
  ...change,
});
const memberships = [{ programId: "prg_1", role: "viewer" as const }];
const participations = [{ programId: "prg_1", participantId: "par_1" }];

describe("isSessionOver", () => {
  it("ends a team member's session after half an hour unused", () => {
    expect(isSessionOver(session({ memberships }), minutesLater(29))).toBe(false);
    expect(isSessionOver(session({ memberships }), minutesLater(30))).toBe(true);
  });

  it("ends a team member's session after twelve hours, however busy", () => {
    expect(isSessionOver(session({ memberships, usedAt: minutesLater(719) }), minutesLater(719))).toBe(false);
    expect(isSessionOver(session({ memberships, usedAt: minutesLater(719) }), minutesLater(720))).toBe(true);
    expect(
      isSessionOver(session({ isInstallationOwner: true, usedAt: minutesLater(719) }), minutesLater(720)),
    ).toBe(true);
  });

  it("keeps a participant signed in for thirty days", () => {
    expect(isSessionOver(session({ participations }), minutesLater(30 * 24 * 60 - 1))).toBe(false);
    expect(isSessionOver(session({ participations }), minutesLater(30 * 24 * 60))).toBe(true);
  });
});

describe("actorOf", () => {
  it("takes somebody with one participation for that participant without being told", () => {
    expect(actorOf(session({ participations }), null)).toEqual({
      kind: "participant",
      programId: "prg_1",
      participantId: "par_1",
      userId: "usr_1",
    });
  });

  it("does not guess between two participations", () => {
    const two = [...participations, { programId: "prg_2", participantId: "par_2" }];
    expect(actorOf(session({ participations: two }), null).kind).toBe("user");
    expect(actorOf(session({ participations: two }), "prg_2")).toMatchObject({ participantId: "par_2" });
  });

  it("does not guess for a team member", () => {
    expect(actorOf(session({ memberships, participations }), null)).toMatchObject({
      kind: "user",
      programId: null,
    });
  });

  it("puts the team before the participant in one program", () => {
    expect(actorOf(session({ memberships, participations }), "prg_1")).toMatchObject({
      kind: "user",
      programId: "prg_1",
    });
  });

  it("makes nobody of a program the user has nothing to do with", () => {
    expect(actorOf(session({ participations }), "prg_9")).toMatchObject({ kind: "user", memberships: [] });
    expect(knowsProgram(session({ participations }), "prg_9")).toBe(false);
  });
});
