import type { Tx } from "../platform/database.ts";
import { checkMailSettings, type MailSettings, NO_SETTINGS } from "./mail-settings.ts";
import { putMailSettings, readMailSettings } from "./store/settings.ts";

/** Changes what is named; the rest stays. */
export async function setMailSettings(tx: Tx, change: Partial<MailSettings>): Promise<MailSettings> {
  checkMailSettings(change);
  const known = (await readMailSettings(tx)) ?? NO_SETTINGS;
  return putMailSettings(tx, { ...known, ...change });
}
