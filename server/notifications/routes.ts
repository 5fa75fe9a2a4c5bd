import type { Actor } from "../access/actor.ts";
import { type AnyDoor, door } from "../access/door.ts";
import { ownParticipant } from "../access/permission.ts";
import { acceptMailsAgain } from "../mail/accept-mails-again.ts";
import { findParticipant } from "../participants/find-participant.ts";
import type { Person } from "../participants/participant.ts";
import { setParticipant } from "../participants/set-participant.ts";
import type { Database, Reader } from "../platform/database.ts";
import { emailHash } from "../primitives/email.ts";
import { pageOf, pageWindow } from "../primitives/page.ts";
import { Refusal } from "../primitives/refusal.ts";
import * as contract from "./contract.ts";
import { findNotices } from "./find-notices.ts";
import { findPreferencesAnswer } from "./find-preferences-answer.ts";
import { changeOf } from "./preferences-change.ts";
import { recordRead } from "./record-read.ts";
import { setPreferences } from "./set-preferences.ts";
import { countUnread, listNotifications } from "./store.ts";

export type NotificationsDeps = {
  db: Database;
  publicUrl: () => string;
  /** Keys the hashes of addresses. */
  emailKey: string;
  /** Other screens of the person are told at once. */
  announce: (programId: string) => void;
};

export const notificationRoutes = (deps: NotificationsDeps): AnyDoor[] => [
  listDoor(deps),
  readDoor(deps),
  preferencesDoor(deps),
  setPreferencesDoor(deps),
];

const listDoor = ({ db, publicUrl }: NotificationsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/notifications",
    operation: "notifications.list",
    limit: "read",
    summary: "What a participant was told, newest first",
    tag: "Notifications",
    schema: { query: contract.NotificationsQuery, response: { 200: contract.NotificationList } },
    handle: async ({ actor, programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const { id } = await whose(reader, actor, query.participant_id);
        const rows = await listNotifications(reader, {
          ...pageWindow(query, "ntf"),
          participantId: id,
          isUnread: query.unread === true,
          topics: query.topic?.split(",") ?? null,
        });
        const [unread] = await countUnread(reader, [id]);
        const answers = await findNotices(reader, rows, publicUrl());
        const page = pageOf(
          rows,
          query,
          (row) => row.id,
          (row) => answers.get(row.id),
        );
        const data = page.data.filter((answer) => answer !== undefined);
        return { ...page, data, unread_count: unread?.unread ?? 0 };
      }),
    }),
  });

const readDoor = ({ announce }: NotificationsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/notifications/read",
    operation: "notifications.read",
    limit: "write",
    summary: "Some notifications, or all of them, are read",
    tag: "Notifications",
    schema: { body: contract.ReadNotifications, response: { 200: contract.ReadAnswer } },
    handle: async ({ actor, programId, body, write }) => {
      const answer = await write(async (tx) => {
        const { id } = await whose(tx, actor, body.participant_id);
        return { status: 200, body: { unread_count: await recordRead(tx, id, body.ids ?? null) } };
      });
      announce(programId);
      return answer;
    },
  });

const preferencesDoor = ({ db, emailKey }: NotificationsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/notification_preferences",
    operation: "notification_preferences.read",
    limit: "read",
    summary: "How a participant wants to hear of what happens",
    tag: "Notifications",
    schema: { query: contract.PreferencesQuery, response: { 200: contract.PreferencesAnswer } },
    handle: async ({ actor, programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) =>
        findPreferencesAnswer(reader, await whose(reader, actor, query.participant_id), emailKey),
      ),
    }),
  });

const setPreferencesDoor = ({ db, emailKey }: NotificationsDeps): AnyDoor =>
  door({
    method: "PUT",
    path: "/v1/notification_preferences",
    operation: "notification_preferences.update",
    limit: "write",
    summary: "Change how a participant wants to hear of what happens",
    tag: "Notifications",
    schema: { body: contract.NewPreferences, response: { 200: contract.PreferencesAnswer } },
    // Doing it twice changes nothing more, so the answer, which names an address, is not stored for replays.
    handle: async ({ actor, programId, body }) => ({
      status: 200,
      body: await db.write(programId, async (tx) => {
        const { id, email } = await whose(tx, actor, body.participant_id);
        // Who wants mail of a topic wants it again, whatever they stopped before; the other topics stay off.
        if (body.topics?.some((topic) => topic.email !== "off"))
          await acceptMailsAgain(tx, emailHash(email, emailKey));
        if (body.language !== undefined) await setParticipant(tx, id, { language: body.language });
        await setPreferences(tx, id, changeOf(body));
        return findPreferencesAnswer(tx, await findParticipant(tx, actor, id), emailKey);
      }),
    }),
  });

/** A participant's own, whatever they ask for; a key names whose. */
async function whose(reader: Reader, actor: Actor, named: string | undefined): Promise<Person> {
  const own = ownParticipant(actor);
  const ref = named ?? own;
  if (ref === null)
    throw new Refusal("invalid_request", {
      errors: [{ pointer: "/participant_id", code: "required", message: "Say whose." }],
    });
  return findParticipant(reader, actor, ref);
}
