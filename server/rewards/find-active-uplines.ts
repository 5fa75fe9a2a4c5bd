import type { Reader } from "../platform/database.ts";
import { findActive } from "./find-active.ts";
import type { SettlementFacts } from "./settlement.ts";
import type { UplineMember } from "./upline.ts";

/** The same facts, with those above who were not active when each occurred, as its plan asks for it. */
export async function findActiveUplines(
  reader: Reader,
  all: readonly SettlementFacts[],
): Promise<readonly SettlementFacts[]> {
  if (all.every(({ plan }) => plan.activity === null)) return all;
  const questions = all.flatMap(({ plan, conversion, upline }) =>
    upline.map(({ participantId }) => ({
      participantId,
      at: conversion.occurredAt,
      activity: plan.activity,
    })),
  );
  const answers = (await findActive(reader, questions)).values();
  return all.map((facts) => ({
    ...facts,
    upline: facts.upline.map((member): UplineMember => {
      const isActive = answers.next().value !== false;
      return isActive || member.status !== "active" ? member : { ...member, status: "inactive" };
    }),
  }));
}
