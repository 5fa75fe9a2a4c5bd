import { Refusal } from "../primitives/refusal.ts";
import type { NewPreferences } from "./contract.ts";
import type { Preferences } from "./preferences.ts";

/** A change as it was sent; refuses a time zone that no calendar knows. */
export function changeOf({
  time_zone: timeZone,
  quiet_hours: quietHours,
  topics,
}: NewPreferences): Partial<Preferences> {
  if (timeZone && !isTimeZone(timeZone))
    throw new Refusal("invalid_request", {
      errors: [
        {
          pointer: "/time_zone",
          code: "unknown_time_zone",
          message: `"${timeZone}" is not a time zone, such as Asia/Kolkata.`,
        },
      ],
    });
  const choices = (topics ?? []).map(
    ({ topic, in_app: isInApp, email: pace }) => [topic, { isInApp, pace }] as const,
  );
  return {
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(quietHours === undefined ? {} : { quietHours }),
    ...(choices.length === 0 ? {} : { choices: Object.fromEntries(choices) }),
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
