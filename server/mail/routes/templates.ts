import { type AnyDoor, door } from "../../access/door.ts";
import { findProfile } from "../../access/find-profile.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { findMessage } from "../../messages/catalogue/index.ts";
import { renderMail } from "../../messages/composition.ts";
import type { Language } from "../../messages/language.ts";
import type { AnyMessage } from "../../messages/message.ts";
import type { Words } from "../../messages/say.ts";
import type { Reader } from "../../platform/database.ts";
import { Refusal } from "../../primitives/refusal.ts";
import * as contract from "../contract/templates.ts";
import { MailAnswer } from "../contract.ts";
import { postTestMail } from "../post-test-mail.ts";
import { mailWire } from "../presentation.ts";
import { setTemplate } from "../set-template.ts";
import { readMailSettings } from "../store/settings.ts";
import { listVersions } from "../store/templates.ts";
import { checkWords } from "../template.ts";
import type { MailDeps } from "./deps.ts";

const PATH = "/v1/templates/:message/:language";
/** What a preview shows where the mail of somebody has a link of their own. */
const STOP_EXAMPLE = "https://example.com/stop";

export const templateRoutes = ({ db, findLook }: Pick<MailDeps, "db" | "findLook">): AnyDoor[] => [
  door({
    method: "GET",
    path: PATH,
    operation: "templates.read",
    limit: "read",
    summary: "The sentences of a message in one language, ours and your own",
    tag: "Mail",
    schema: { params: contract.TemplateParams, response: { 200: contract.TemplateAnswer } },
    handle: async ({ programId, params }) => {
      const message = messageOf(params.message);
      const body = await db.read(programId, (reader) => templateAnswer(reader, message, params.language));
      return { status: 200, body };
    },
  }),
  door({
    method: "PUT",
    path: PATH,
    operation: "templates.update",
    limit: "write",
    summary: "Say it in your own words; what you leave out is ours. A new version each time",
    tag: "Mail",
    schema: {
      params: contract.TemplateParams,
      body: contract.NewTemplate,
      response: { 200: contract.TemplateAnswer },
    },
    handle: ({ params, body, actor, requestId, write }) =>
      write(async (tx) => {
        const message = messageOf(params.message);
        await setTemplate(tx, message, { language: params.language, words: body.words }, actor);
        const subjectId = `${message.name}/${params.language}`;
        const changes = { sentences: Object.keys(body.words) };
        await recordAudit(tx, [{ actor, operation: "templates.update", subjectId, requestId, changes }]);
        return { status: 200, body: await templateAnswer(tx, message, params.language) };
      }),
  }),
  door({
    method: "POST",
    path: `${PATH}/preview`,
    operation: "templates.preview",
    limit: "write",
    summary: "What a mail would look like, about sample facts and by these words; nothing is kept",
    tag: "Mail",
    schema: {
      params: contract.TemplateParams,
      body: contract.PreviewWish,
      response: { 200: contract.RenderedMail },
    },
    handle: async ({ programId, params, body }) => {
      const message = messageOf(params.message);
      if (body.words) checkWords(message, body.words);
      return db.read(programId, async (reader) => {
        const look = await findLook(reader);
        const address = (await readMailSettings(reader))?.postalAddress ?? null;
        const words = body.words ?? (await wordsInUse(reader, message, params.language));
        const facts = message.sample;
        const composition = { message, language: params.language, facts, program: look.program, words };
        const stopUrl = message.kind === "transactional" ? null : STOP_EXAMPLE;
        return { status: 200, body: renderMail(composition, { ...look, address }, stopUrl) };
      });
    },
  }),
  door({
    method: "POST",
    path: `${PATH}/test_send`,
    operation: "templates.test_send",
    limit: "write",
    summary: "Send the message about its sample facts, in the words that hold now",
    tag: "Mail",
    schema: { params: contract.TemplateParams, body: contract.TemplateTest, response: { 201: MailAnswer } },
    handle: async ({ params, body, actor, requestId, write }) => {
      const own = body.to ?? (await db.readDirectory((reader) => findProfile(reader, actor))).user?.email;
      return write(async (tx) => {
        const mail = await postTestMail(tx, { ...params, to: own ?? null });
        await recordAudit(tx, [{ actor, operation: "templates.test_send", subjectId: mail.id, requestId }]);
        return { status: 201, body: mailWire(mail) };
      });
    },
  }),
];

function messageOf(name: string): AnyMessage {
  const message = findMessage(name);
  if (!message?.mail) throw new Refusal("not_found");
  return message;
}

async function wordsInUse(reader: Reader, message: AnyMessage, language: Language): Promise<Words> {
  const [newest] = await listVersions(reader, message.name, language);
  return newest?.words ?? {};
}

async function templateAnswer(
  reader: Reader,
  message: AnyMessage,
  language: Language,
): Promise<contract.TemplateAnswer> {
  const versions = await listVersions(reader, message.name, language);
  const yours: Words = versions[0]?.words ?? {};
  return {
    message: message.name,
    language,
    sentences: Object.entries(message.words[language]).map(([key, ours]) => ({
      ...{ key, ours },
      yours: yours[key] ?? null,
    })),
    versions: versions.map(({ version, words, createdAt }) => ({
      ...{ version, words },
      created_at: createdAt.toISOString(),
    })),
  };
}
