import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ACTIONS, verdictOf } from "./actions.ts";
import {
  INVITATION_STATES,
  type Invitation,
  type InvitationState,
  type InvitationStep,
  isOpen,
  stateAfter,
  statesBefore,
} from "./invitation.ts";
import { isEuropean } from "./region.ts";

const STEPS: InvitationStep[] = [
  ...(["schedule", "withhold", "queue", "share", "mail_sent", "mail_delivered"] as const),
  ...(["mail_bounced", "mail_suppressed", "click", "join", "expire", "cancel"] as const),
];
const state = fc.constantFrom(...INVITATION_STATES);
const step = fc.constantFrom(...STEPS);
const NOW = new Date("2026-11-21T10:00:00Z");

const invitationIn = (one: InvitationState, fields: Partial<Invitation> = {}): Invitation => ({
  ...{ id: "inv_1", inviterId: "par_1", linkId: "lnk_1", batchId: null, channel: "email", state: one },
  ...{ language: "en", emailHash: "hash", scheduledAt: null, expiresAt: new Date("2026-12-21T10:00:00Z") },
  ...{ remindAt: null, tokenNumber: 1, mails: 1, mailedAt: null, remindedAt: null, sentAt: null },
  ...{ deliveredAt: null, clickedAt: null, joinedAt: null, endedAt: null, refereeId: null, reason: null },
  ...{ createdAt: NOW, changedAt: NOW },
  ...fields,
});

describe("an invitation", () => {
  it("stays what it became when a friend joined, it was cancelled or it was refused", () => {
    for (const end of ["joined", "cancelled", "suppressed"] as const)
      for (const one of STEPS) expect([one, stateAfter(end, one)]).toEqual([one, end]);
  });

  it("never goes back before it went out, but for an address that is corrected", () => {
    const isOut = (one: InvitationState) => one !== "draft" && one !== "scheduled";
    fc.assert(
      fc.property(state, step, (before, taken) => {
        const after = stateAfter(before, taken);
        if (isOut(before) && !isOut(after))
          expect([before, taken, after]).toEqual(["bounced", "withhold", "draft"]);
      }),
    );
  });

  it("takes the same news twice as once, in whatever order it comes after more", () => {
    const late: InvitationStep[] = ["mail_sent", "mail_delivered", "click"];
    fc.assert(
      fc.property(state, fc.constantFrom(...late), (before, taken) => {
        const once = stateAfter(before, taken);
        expect(stateAfter(once, taken)).toBe(once);
      }),
    );
    // Opened before the mail server said that it had arrived.
    const taken: InvitationStep[] = ["click", "mail_sent", "mail_delivered"];
    expect(taken.reduce<InvitationState>(stateAfter, "queued")).toBe("clicked");
  });

  it("reaches every state from a draft", () => {
    const met = new Set<InvitationState>(["draft"]);
    for (const one of met) for (const taken of STEPS) met.add(stateAfter(one, taken));
    expect([...met].sort()).toEqual([...INVITATION_STATES].sort());
  });

  it("names for each step exactly the states it leads away from", () => {
    fc.assert(
      fc.property(state, step, (before, taken) => {
        if (stateAfter(before, taken) !== before) expect(statesBefore(taken)).toContain(before);
      }),
    );
  });

  it("is joined by from wherever it is open", () => {
    fc.assert(
      fc.property(state, (one) => {
        if (isOpen(invitationIn(one), NOW)) expect(stateAfter(one, "join")).toBe("joined");
      }),
    );
    expect(isOpen(invitationIn("sent", { expiresAt: NOW }), NOW)).toBe(false);
  });
});

describe("what can be done with it", () => {
  const situation = { now: NOW, mayRemind: true };
  const codesOf = (one: Invitation, mayRemind = true) =>
    Object.fromEntries(
      ACTIONS.map((action) => {
        const verdict = verdictOf(action, one, { now: NOW, mayRemind });
        return [action, verdict.kind === "may" ? true : verdict.because.code];
      }),
    );

  it("has a reason in words wherever it cannot be done", () => {
    fc.assert(
      fc.property(state, fc.constantFrom(...ACTIONS), (one, action) => {
        const verdict = verdictOf(action, invitationIn(one), situation);
        if (verdict.kind === "may_not") expect(verdict.because.message).toMatch(/^[A-Z].+\.$/);
      }),
    );
  });

  it("waits a day before it goes out again, and says until when", () => {
    const one = invitationIn("sent", { mailedAt: new Date("2026-11-20T10:12:00Z") });
    expect(verdictOf("resend", one, situation)).toEqual({
      kind: "may_not",
      because: {
        ...{ code: "too_soon", message: "A mail went out within the last 24 hours." },
        until: new Date("2026-11-21T10:12:00Z"),
      },
    });
    expect(
      verdictOf("resend", invitationIn("sent", { mailedAt: new Date("2026-11-20T10:00:00Z") }), situation),
    ).toEqual({
      kind: "may",
    });
  });

  it("has one reminder, and none where the program sends none", () => {
    expect(codesOf(invitationIn("delivered", { remindedAt: NOW })).remind).toBe("reminded_once");
    expect(codesOf(invitationIn("delivered"), false).remind).toBe("no_reminders_there");
    expect(codesOf(invitationIn("delivered")).remind).toBe(true);
  });

  it("says nothing of people who want none, and asks for another address where one does not work", () => {
    expect(codesOf(invitationIn("suppressed"))).toMatchObject({
      resend: "cannot_be_invited",
      remind: "cannot_be_invited",
    });
    expect(codesOf(invitationIn("bounced"))).toMatchObject({
      resend: "address_bounced",
      edit: true,
      cancel: true,
    });
  });
});

describe("where somebody lives", () => {
  it("is told by the address, and else by the friend's country", () => {
    expect(isEuropean("a@x.de", null)).toBe(true);
    expect(isEuropean("a@x.example", "DE")).toBe(true);
    expect(isEuropean("a@x.co.in", "IN")).toBe(false);
    expect(isEuropean("a@x.example", null)).toBe(false);
  });
});
