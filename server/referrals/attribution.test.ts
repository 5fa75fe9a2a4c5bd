import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ParticipantId } from "../participants/participant.ts";
import { type AdvocateFacts, type AttributionFacts, decideAttribution } from "./attribution.ts";
import { MODELS } from "./models/index.ts";
import type { Touch } from "./touch.ts";

const NOW = new Date("2026-06-01T12:00:00Z");
const DAY_MS = 86_400_000;
const WINDOW_DAYS = 30;
const ADVOCATES = ["par_anna", "par_bob", "par_off", "par_self"] as ParticipantId[];

const touch = fc
  .record({
    kind: fc.constantFrom("code" as const, "click" as const),
    text: fc.stringMatching(/^[a-z]{1,3}$/),
    daysAgo: fc.integer({ min: 0, max: 60 }),
    isStored: fc.boolean(),
    advocate: fc.constantFrom(...ADVOCATES, null),
    isLinkActive: fc.boolean(),
  })
  .map(
    ({ kind, text, daysAgo, isStored, advocate, isLinkActive }): Touch => ({
      kind,
      code: kind === "code" ? text : null,
      clickId: kind === "click" ? text : null,
      invitationId: null,
      at: isStored ? new Date(NOW.getTime() - daysAgo * DAY_MS) : null,
      target:
        advocate === null ? null : { linkId: "lnk_1", participantId: advocate, isLinkActive, channel: null },
      referrerHost: null,
      device: null,
    }),
  );
const key = ({ kind, code, clickId }: Touch) => `${kind} ${code} ${clickId}`;
const some = fc.uniqueArray(touch, { minLength: 1, maxLength: 7, selector: key });
const model = fc.constantFrom(...MODELS.values());

function factsWith(touches: readonly Touch[], over: Partial<AttributionFacts> = {}): AttributionFacts {
  const active = { status: "active" as const, emailHash: null, seatsLeft: null };
  return {
    touches,
    advocates: new Map<string, AdvocateFacts>([
      ["par_anna", active],
      ["par_bob", active],
      ["par_off", { ...active, status: "suspended" as const }],
      ["par_self", { ...active, emailHash: "own" }],
    ]),
    usesLeft: new Map(),
    emailHash: "own",
    isKnownPerson: false,
    model: MODELS.get("code_wins") as AttributionFacts["model"],
    windowDays: WINDOW_DAYS,
    now: NOW,
    ...over,
  };
}

describe("a decision", () => {
  it("has exactly one winner, or none and a reason for each touch", () => {
    fc.assert(
      fc.property(some, model, (touches, chosen) => {
        const attribution = decideAttribution(factsWith(touches, { model: chosen }));
        const judged = attribution?.judged ?? [];
        expect(judged.map((one) => one.touch)).toEqual(touches);
        const winners = judged.filter(({ outcome }) => outcome === "won");
        expect(winners.length).toBe(attribution?.kind === "referred" ? 1 : 0);
        if (attribution?.kind === "referred") expect(winners[0]?.touch).toBe(attribution.touch);
        else expect(attribution).toHaveProperty("reason");
        for (const { outcome, reason } of judged) expect(reason === null).toBe(outcome === "won");
      }),
    );
  });

  it("is never made by a touch outside the window, of nobody known, or of a link that is off", () => {
    fc.assert(
      fc.property(some, model, (touches, chosen) => {
        const attribution = decideAttribution(factsWith(touches, { model: chosen }));
        if (attribution?.kind !== "referred") return;
        const { at, target } = attribution.touch;
        expect(NOW.getTime() - (at?.getTime() ?? 0)).toBeLessThanOrEqual(WINDOW_DAYS * DAY_MS);
        expect(target?.isLinkActive).toBe(true);
        expect(["par_anna", "par_bob"]).toContain(attribution.advocateId);
      }),
    );
  });

  it("stays when a touch that lost is taken away", () => {
    fc.assert(
      fc.property(some, model, (touches, chosen) => {
        const decide = (of: readonly Touch[]) => decideAttribution(factsWith(of, { model: chosen }));
        const attribution = decide(touches);
        if (attribution?.kind !== "referred") return;
        for (const { touch: lost, outcome } of attribution.judged)
          if (outcome === "lost")
            expect(decide(touches.filter((one) => one !== lost))).toMatchObject({ touch: attribution.touch });
      }),
    );
  });

  it("does not depend on the order in which touches are named", () => {
    const twice = some.chain((touches) =>
      fc.tuple(
        fc.constant(touches),
        fc.shuffledSubarray(touches, { minLength: touches.length, maxLength: touches.length }),
      ),
    );
    fc.assert(
      fc.property(twice, model, ([touches, shuffled], chosen) => {
        const first = decideAttribution(factsWith(touches, { model: chosen }));
        const second = decideAttribution(factsWith(shuffled, { model: chosen }));
        expect(second?.touch).toBe(first?.touch);
        expect(second?.kind).toBe(first?.kind);
      }),
    );
  });

  it("names the person before the room: who had joined before is not referred again", () => {
    const target = {
      linkId: "lnk_1",
      participantId: "par_anna" as ParticipantId,
      isLinkActive: true,
      channel: null,
    };
    const code: Touch = {
      ...{
        kind: "code",
        code: "anna",
        clickId: null,
        invitationId: null,
        at: NOW,
        target,
        referrerHost: null,
        device: null,
      },
    };
    expect(decideAttribution(factsWith([code], { isKnownPerson: true }))).toMatchObject({
      ...{ kind: "refused", reason: "already_referred", advocateId: "par_anna" },
    });
    const full = new Map([["par_anna", { status: "active" as const, emailHash: null, seatsLeft: 0 }]]);
    expect(decideAttribution(factsWith([code], { advocates: full }))).toMatchObject({
      ...{ kind: "refused", reason: "direct_limit_reached", judged: [{ outcome: "won" }] },
    });
    expect(decideAttribution(factsWith([]))).toBeNull();
  });
});
