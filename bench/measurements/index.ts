import { bulk } from "./bulk.ts";
import { clicks } from "./clicks.ts";
import { dryRun } from "./dry-run.ts";
import { mails } from "./mails.ts";
import type { Measurement } from "./measurement.ts";
import { million } from "./million.ts";
import { notifications } from "./notifications.ts";
import { onePurchase } from "./one-purchase.ts";
import { purchases } from "./purchases.ts";
import { reads } from "./reads.ts";
import { replay } from "./replay.ts";
import { richPlan } from "./rich-plan.ts";
import { signUps } from "./sign-ups.ts";
import { starts } from "./starts.ts";
import { stream } from "./stream.ts";

/** In the order they run: what needs an empty database first, the biggest world last. */
export const measurements: readonly Measurement[] = [
  clicks,
  signUps,
  purchases,
  onePurchase,
  bulk,
  dryRun,
  richPlan,
  notifications,
  stream,
  reads,
  replay,
  mails,
  starts,
  million,
];
