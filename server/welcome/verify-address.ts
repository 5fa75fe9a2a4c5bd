import { verifyAddresses } from "../participants/verify-addresses.ts";
import type { Tx } from "../platform/database.ts";
import { hashSecret, keyedHash } from "../platform/secret.ts";
import {
  addVerificationAttempt,
  deleteVerification,
  findVerificationByToken,
  lockVerification,
} from "./store.ts";
import { type CodeVerdict, judgeCode } from "./verification.ts";

/** What somebody brings from their mailbox. */
export type AddressProof = { token: string } | { participantId: string; code: string; key: string };

/** Takes an address for proven where the link or the code is the one that was sent. A wrong code is counted. */
export async function verifyAddress(
  tx: Tx,
  proof: AddressProof,
): Promise<{ participantId: string; verdict: CodeVerdict } | null> {
  const known =
    "token" in proof
      ? await findVerificationByToken(tx, hashSecret(proof.token))
      : await lockVerification(tx, proof.participantId);
  if (!known) return null;
  const { participantId } = known;
  const codeHash = "token" in proof ? known.codeHash : keyedHash(proof.key, `${participantId} ${proof.code}`);
  // Whoever has the link has the mail: how many codes were guessed does not matter.
  const judged = "token" in proof ? { ...known, attempts: 0 } : known;
  const verdict = judgeCode(judged, codeHash, tx.now);
  if (verdict === "wrong") await addVerificationAttempt(tx, participantId);
  if (verdict === "fits") {
    await deleteVerification(tx, participantId);
    await verifyAddresses(tx, [participantId]);
  }
  return { participantId, verdict };
}
