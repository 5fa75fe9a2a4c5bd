import { type AnyDoor, door } from "../../access/door.ts";
import * as contract from "../contract.ts";
import { type Verification, verifyProgram } from "../verify-program.ts";
import type { RewardsDeps } from "./deps.ts";

export const verifyRoute = ({ db }: Pick<RewardsDeps, "db">): AnyDoor => {
  // Looking at every row is heavy: whoever asks while one look is under way gets what it finds.
  const running = new Map<string, Promise<Verification>>();
  const verify = (programId: string): Promise<Verification> => {
    const found =
      running.get(programId) ??
      verifyProgram(db, programId, new Date()).finally(() => running.delete(programId));
    running.set(programId, found);
    return found;
  };
  return door({
    method: "GET",
    path: "/v1/verify",
    operation: "verify.read",
    limit: "write",
    summary: "The invariants of the books, checked now on the live database, each with its figure",
    tag: "Verify",
    schema: { response: { 200: contract.VerificationAnswer } },
    handle: async ({ programId }) => ({ status: 200, body: wire(await verify(programId)) }),
  });
};

function wire({ ok, checkedAt, checks }: Verification): contract.VerificationAnswer {
  return { ok, checked_at: checkedAt.toISOString(), checks };
}
