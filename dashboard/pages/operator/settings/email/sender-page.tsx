import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { mailSettingsQuery } from "../../../../mail-queries.ts";
import { useScope } from "../../../../parts/scope.tsx";
import { Button } from "../../../../ui/button.tsx";
import { Field } from "../../../../ui/field.tsx";
import { FormProblem } from "../../../../ui/form-problem.tsx";
import { Figure, Figures, PageHeading, Section, useTitle } from "../../../../ui/page.tsx";
import { Bones, Loaded } from "../../../../ui/states.tsx";
import { useVoice } from "../../../../ui/toast.tsx";
import { useSubmit } from "../../../../ui/use-submit.ts";
import type { Mail, MailSettings } from "../../../../wire.ts";
import { SenderChecks } from "./sender-checks.tsx";
import { ServerState } from "./server-state.tsx";

/** More than this of what was sent came back: mailboxes begin to turn the rest away. */
const BOUNCES_WORRYING = 0.05;
const SENT_ENOUGH = 20;

export function SenderPage() {
  useTitle("E-mail");
  const { api } = useScope();
  const query = useQuery(mailSettingsQuery(api));
  return (
    <>
      <PageHeading title="E-mail" actions={<TestMail />}>
        How mails of this program present themselves, and how sending goes.
      </PageHeading>
      <Loaded query={query} what="The settings" skeleton={<Bones rows={6} />}>
        {(settings) => (
          <div className="grid gap-10">
            <div className="grid gap-4">
              <ServerState server={settings.server} kept={settings.outbox.kept} />
              <Sent outbox={settings.outbox} />
            </div>
            <Section title="Sender">
              <SenderForm settings={settings} />
            </Section>
            <Section title="Who may send in your name">
              <SenderChecks address={settings.sender.address} />
            </Section>
          </div>
        )}
      </Loaded>
    </>
  );
}

function Sent({ outbox }: Pick<MailSettings, "outbox">) {
  const { sent_30d: sent, bounced_30d: bounced, waiting } = outbox;
  const isWorrying = sent >= SENT_ENOUGH && bounced / sent > BOUNCES_WORRYING;
  const note = isWorrying
    ? "More than 5 %. Look through where the addresses came from before you send more."
    : undefined;
  return (
    <Figures columns="grid-cols-1 sm:grid-cols-3">
      <Figure label="Waiting">{waiting.toLocaleString("en")}</Figure>
      <Figure label="Sent in 30 days">{sent.toLocaleString("en")}</Figure>
      <Figure label="Bounced or marked as spam" note={note}>
        {bounced.toLocaleString("en")}
      </Figure>
    </Figures>
  );
}

const FIELDS = ["from_name", "from_address", "reply_to", "postal_address"] as const;
type FieldName = (typeof FIELDS)[number];

function SenderForm({ settings }: { settings: MailSettings }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [texts, setTexts] = useState<Partial<Record<FieldName, string>>>({});
  const { submit, isBusy, problem } = useSubmit(
    (body: object, idempotencyKey) => api.patch<MailSettings>("/v1/mail_settings", { body, idempotencyKey }),
    (changed) => {
      client.setQueryData(["mail-settings", programId], changed);
      setTexts({});
      toast("Saved");
    },
  );
  const field = (name: FieldName) => ({
    value: texts[name] ?? settings[name] ?? "",
    onText: (text: string) => setTexts({ ...texts, [name]: text }),
    error: problem?.fieldMessage(`/${name}`),
  });
  const isChanged = Object.keys(texts).length > 0;
  return (
    <form
      className="mt-4 grid max-w-[44rem] gap-5 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        const change = Object.entries(texts).map(([name, text]) => [name, text.trim() || null]);
        if (isChanged) void submit(Object.fromEntries(change));
      }}
    >
      <Field label="Name" {...field("from_name")} maxLength={80} placeholder={settings.sender.name} />
      <Field
        label="Address"
        type="email"
        {...field("from_address")}
        placeholder={settings.sender.address}
        hint="Of a domain you may send for."
      />
      <Field
        label="Answers go to"
        type="email"
        {...field("reply_to")}
        placeholder={settings.sender.address}
      />
      <Field
        label="Postal address"
        {...field("postal_address")}
        maxLength={300}
        hint="At the end of every mail; in many countries the law asks for it."
      />
      <div className="grid gap-3 sm:col-span-2">
        <FormProblem problem={problem} shown={FIELDS.map((name) => `/${name}`)} />
        <p className="text-ink-2">
          Mailboxes show:{" "}
          <span className="text-ink">
            {settings.sender.name} &lt;{settings.sender.address}&gt;
          </span>
        </p>
        <div>
          <Button look="primary" type="submit" busy={isBusy} disabled={!isChanged}>
            Save sender
          </Button>
        </div>
      </div>
    </form>
  );
}

function TestMail() {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const { submit, isBusy, problem } = useSubmit(
    (body: object, idempotencyKey) => api.post<Mail>("/v1/mails/test", { body, idempotencyKey }),
    (mail) => {
      toast(`A test is on its way to ${mail.to}`);
      void client.invalidateQueries({ queryKey: ["mails", programId] });
    },
  );
  return (
    <div className="grid gap-2">
      <Button busy={isBusy} onClick={() => void submit({ message: "invitation" })}>
        Send a test to myself
      </Button>
      <FormProblem problem={problem} />
    </div>
  );
}
