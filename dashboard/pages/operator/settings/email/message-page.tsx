import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { messagesQuery, templateQuery } from "../../../../mail-queries.ts";
import { useScope } from "../../../../parts/scope.tsx";
import { When } from "../../../../parts/when.tsx";
import { paths } from "../../../../paths.ts";
import { Button } from "../../../../ui/button.tsx";
import { FormProblem } from "../../../../ui/form-problem.tsx";
import { PageHeading, Section, useTitle } from "../../../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../../../ui/states.tsx";
import { Tabs } from "../../../../ui/tabs.tsx";
import { useVoice } from "../../../../ui/toast.tsx";
import { useSubmit } from "../../../../ui/use-submit.ts";
import type { Mail, Message, MessageTemplate } from "../../../../wire.ts";
import { MailPreview } from "./mail-preview.tsx";
import { SentenceField } from "./sentence-field.tsx";

const LANGUAGES = [
  { value: "en", word: "English" },
  { value: "hi", word: "हिन्दी" },
];

type Words = Record<string, string>;

/** One message in an operator's own words, with the mail it makes beside it. */
export function MessagePage({ name }: { name: string }) {
  const { api, programId } = useScope();
  const [language, setLanguage] = useState("en");
  const shelf = useQuery(messagesQuery(api));
  const message = shelf.data?.data.find((one) => one.name === name);
  const template = useQuery(templateQuery(api, name, language));
  useTitle(message?.title ?? "Message");
  if (shelf.data && !message)
    return (
      <EmptyState title="There is no such message" isPage>
        <Link href={paths.emailMessages(programId)}>All messages</Link>
      </EmptyState>
    );
  return (
    <>
      <PageHeading
        title={message?.title ?? "Message"}
        actions={<Tabs label="Language" tabs={LANGUAGES} value={language} onChoose={setLanguage} />}
      >
        What you leave as it is stays ours and follows our corrections. Words in braces are filled in.
      </PageHeading>
      <Loaded query={template} what="The message" skeleton={<Bones rows={8} />}>
        {(loaded) =>
          message && (
            <Editor key={`${language} ${loaded.versions.length}`} message={message} template={loaded} />
          )
        }
      </Loaded>
    </>
  );
}

function Editor({ message, template }: { message: Message; template: MessageTemplate }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const { language, sentences, versions } = template;
  const kept: Words = versions[0]?.words ?? {};
  const [words, setWords] = useState<Words>(kept);
  const path = `/v1/templates/${message.name}/${language}`;
  const { submit, isBusy, problem } = useSubmit(
    (body: { words: Words }) => api.put<MessageTemplate>(path, { body }),
    (saved) => {
      client.setQueryData(["template", programId, message.name, language], saved);
      toast("Saved. It holds from the next mail on");
    },
  );
  const isChanged = JSON.stringify(words) !== JSON.stringify(kept);
  const say = (key: string, ours: string, text: string) => {
    const { [key]: _, ...rest } = words;
    setWords(text === ours || text.trim() === "" ? rest : { ...rest, [key]: text });
  };
  return (
    <div className="grid gap-10 lg:grid-cols-2">
      <form
        className="grid content-start gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit({ words });
        }}
      >
        {sentences.map(({ key, ours }) => (
          <SentenceField
            key={key}
            name={key}
            ours={ours}
            text={words[key] ?? ours}
            facts={message.facts}
            onText={(text) => say(key, ours, text)}
            error={problem?.fieldMessage(`/words/${key}`)}
          />
        ))}
        <FormProblem problem={problem} shown={sentences.map(({ key }) => `/words/${key}`)} />
        <div className="flex flex-wrap gap-2">
          <Button look="primary" type="submit" busy={isBusy} disabled={!isChanged}>
            Save as a new version
          </Button>
          <Button look="quiet" disabled={Object.keys(words).length === 0} onClick={() => setWords({})}>
            Back to our words
          </Button>
          <TestSend path={path} isSaved={!isChanged} />
        </div>
        <Versions versions={versions} onChoose={setWords} />
      </form>
      <MailPreview message={message.name} language={language} words={words} />
    </div>
  );
}

function TestSend({ path, isSaved }: { path: string; isSaved: boolean }) {
  const { api } = useScope();
  const { toast } = useVoice();
  const { submit, isBusy, problem } = useSubmit(
    (body: object, idempotencyKey) => api.post<Mail>(`${path}/test_send`, { body, idempotencyKey }),
    (mail) => toast(`A test is on its way to ${mail.to}`),
  );
  return (
    <>
      <Button busy={isBusy} disabled={!isSaved} onClick={() => void submit({})}>
        {isSaved ? "Send a test to myself" : "Save to send a test"}
      </Button>
      <FormProblem problem={problem} />
    </>
  );
}

function Versions({
  versions,
  onChoose,
}: {
  versions: MessageTemplate["versions"];
  onChoose: (words: Words) => void;
}) {
  if (versions.length === 0) return null;
  return (
    <Section title="Versions">
      <ul className="divide-y divide-line">
        {versions.map(({ version, words, created_at: at }, index) => (
          <li key={version} className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 py-1.5">
            <span>
              Version {version}, <When at={at} />
              <span className="text-ink-2">
                {Object.keys(words).length === 0
                  ? ", our words"
                  : `, ${Object.keys(words).length} of your own`}
              </span>
            </span>
            {index === 0 ? (
              <span className="text-sm text-ink-2">In use</span>
            ) : (
              <Button look="quiet" onClick={() => onChoose(words)}>
                Use this again<span className="sr-only">: version {version}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
