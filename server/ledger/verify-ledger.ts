import type { Database } from "../platform/database.ts";
import { type Check, verifyInvariants } from "../platform/verification.ts";
import {
  examineBalances,
  examineCurrencies,
  examineTransferGrants,
  examineTransfers,
} from "./store/verify.ts";

/** Whether the books balance, cannot be edited, and show what they hold. */
export function verifyLedger(db: Database, programId: string): Promise<Check[]> {
  return verifyInvariants(db, programId, [
    {
      id: "I1",
      name: "Every transfer balances, and each currency adds up to zero",
      unit: ["transfer", "transfers"],
      examine: examineTransfers,
    },
    {
      id: "I2",
      name: "Transfers are never changed or deleted",
      unit: ["right withheld", "rights withheld"],
      examine: examineTransferGrants,
    },
    {
      id: "I3",
      name: "Every balance shown is the sum of its entries",
      unit: ["balance", "balances"],
      examine: examineBalances,
    },
    {
      id: "I12",
      name: "No account mixes currencies",
      unit: ["account", "accounts"],
      examine: examineCurrencies,
    },
  ]);
}
