import { findAddressState } from "../mail/find-address-state.ts";
import { TOPICS } from "../messages/topic.ts";
import type { Person } from "../participants/participant.ts";
import type { Reader } from "../platform/database.ts";
import { emailHash } from "../primitives/email.ts";
import { findProgram } from "../programs/find-program.ts";
import type { PreferencesAnswer } from "./contract.ts";
import { findPreferences } from "./find-preferences.ts";
import { choiceOf, NOTHING_CHOSEN } from "./preferences.ts";

/** What somebody has chosen, topic by topic, in their language. */
export async function findPreferencesAnswer(
  reader: Reader,
  person: Person,
  emailKey: string,
): Promise<PreferencesAnswer> {
  const { id, language, email } = person;
  const chosen = (await findPreferences(reader, [id])).get(id) ?? NOTHING_CHOSEN;
  const program = await findProgram(reader);
  return {
    participant_id: id,
    language,
    email,
    email_state: await findAddressState(reader, emailHash(email, emailKey)),
    time_zone: chosen.timeZone ?? program.timeZone,
    time_zone_is_own: chosen.timeZone !== null,
    quiet_hours: chosen.quietHours,
    topics: TOPICS.map((topic) => {
      const { isInApp, pace } = choiceOf(chosen, topic);
      const { title, text } = topic.words[language];
      return { topic: topic.name, title, text, in_app: isInApp, email: pace, email_default: topic.pace };
    }),
  };
}
