import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ComponentChildren } from "preact";
import { useState } from "react";
import type { ApiProblem } from "../../api.ts";
import { draftPreviewQuery, invitationSummaryQuery } from "../../invitation-queries.ts";
import { Button } from "../../ui/button.tsx";
import { Prose, Select } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Bone } from "../../ui/states.tsx";
import { useVoice } from "../../ui/toast.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Invitation, InvitationSummary, InvitedPerson } from "../../wire.ts";
import { useSettled } from "../participant-picker.tsx";
import { useScope } from "../scope.tsx";
import { formatFull } from "../time.ts";
import { MailPreview } from "./mail-preview.tsx";
import { PeopleChips } from "./people-chips.tsx";

const MESSAGE_CHARS_MAX = 500;
const PEOPLE_MAX = 20;
const TYPING_MS = 400;
const HOLDS = [7, 14, 30, 90] as const;
const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "hi", label: "हिन्दी" },
];
const DAY_MS = 86_400_000;

type Props = {
  /** On whose behalf the team invites; absent: for oneself. */
  participantId: string | null;
  onDone: () => void;
};

/** Whom to invite, in which words, and when; beside it the mail as they will see it. */
export function InviteForm({ participantId, onDone }: Props) {
  const { api } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const onBehalf = participantId === null ? {} : { participant: participantId };
  const summary = useQuery(invitationSummaryQuery(api, participantId));
  const [people, setPeople] = useState<InvitedPerson[]>([]);
  const [isReading, setReading] = useState(false);
  const [message, setMessage] = useState("");
  const [language, setLanguage] = useState("en");
  const [scheduledAt, setScheduledAt] = useState<string | null>(null);
  const [isLater, setLater] = useState(false);
  const [days, setDays] = useState("30");
  const [wantsCopy, setWantsCopy] = useState(false);
  const [isKnown, setKnown] = useState(false);
  const [isTried, setTried] = useState(false);

  const look = async (text: string, known: InvitedPerson[]) => {
    setReading(true);
    try {
      const body = { ...onBehalf, text, people: known.map(({ email, name }) => ({ email, name })) };
      const answer = await api.post<{ people: InvitedPerson[] }>("/v1/invitations/check", { body });
      setPeople(answer.people);
    } catch {
      setPeople([...known, { email: text, name: "", problem: null }]);
      toast("These people could not be looked up. They are checked again when you send.");
    } finally {
      setReading(false);
    }
  };
  const { submit, isBusy, problem } = useSubmit(
    (body: object, idempotencyKey: string) =>
      api.post<{ data: Invitation[] }>("/v1/invitations", { body, idempotencyKey }),
    ({ data }) => {
      const many = data.length === 1 ? "1 invitation" : `${data.length} invitations`;
      toast(scheduledAt && isLater ? `${many} scheduled` : `${many} on the way`);
      void client.invalidateQueries({ queryKey: ["invitations", api.programId] });
      void client.invalidateQueries({ queryKey: ["invitation-summary", api.programId] });
      onDone();
    },
  );
  const refusal = peopleRefusal(people, problem);
  const isAllowed = isKnown || participantId !== null;
  const send = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (refusal !== null || !isAllowed || isReading || (isLater && scheduledAt === null)) return;
    const from = isLater && scheduledAt ? new Date(scheduledAt) : new Date();
    void submit({
      ...onBehalf,
      people: people.map(({ email, name }) => ({ email, ...(name ? { name } : {}) })),
      ...{ message, language },
      expires_at: new Date(from.getTime() + Number(days) * DAY_MS).toISOString(),
      ...(isLater ? { scheduled_at: scheduledAt } : {}),
      ...(wantsCopy ? { copy_to_self: true } : {}),
    });
  };
  const [first] = people;
  const draft = useSettled(
    JSON.stringify({ ...onBehalf, name: first?.name ?? "", message, language }),
    TYPING_MS,
  );
  const preview = useQuery(draftPreviewQuery(api, JSON.parse(draft)));
  const link = preview.data?.problem;
  const tooLong = [...message].length > MESSAGE_CHARS_MAX;
  return (
    <div className="grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,6fr)_minmax(0,6fr)]">
      <form onSubmit={send} noValidate className="grid gap-6">
        {participantId === null && <Limits summary={summary.data} />}
        <PeopleChips
          people={people}
          isReading={isReading}
          onAdd={(text) => look(text, people)}
          onRemove={(index) => {
            const left = people.filter((_, at) => at !== index);
            setPeople(left);
            // Who was there twice is there once now.
            if (left.some((one) => one.problem?.code === "duplicate")) void look("", left);
          }}
          error={isTried ? (refusal ?? undefined) : undefined}
        />
        <Prose
          label="Your message (optional)"
          value={message}
          onText={setMessage}
          rows={4}
          lang={language}
          hint={`${[...message].length} of ${MESSAGE_CHARS_MAX} characters. No links: yours is in the mail anyway.`}
          error={problem?.fieldMessage("/message") ?? (tooLong ? "This is too long." : link?.message)}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Select label="Language of the mail" value={language} onText={setLanguage} options={LANGUAGES} />
          <Select
            label="Holds for"
            value={days}
            onText={setDays}
            options={HOLDS.map((count) => ({ value: String(count), label: `${count} days` }))}
          />
        </div>
        <div className="grid gap-3">
          <Check label="Send it later" isChecked={isLater} onChange={setLater} />
          {isLater && (
            <Moment
              label="Goes out (your time)"
              value={scheduledAt}
              onChange={setScheduledAt}
              error={
                problem?.fieldMessage("/scheduled_at") ??
                (isTried && scheduledAt === null ? "Choose a date and a time." : undefined)
              }
            />
          )}
          {participantId === null && (
            <>
              <Check label="Send me a copy" isChecked={wantsCopy} onChange={setWantsCopy} />
              <Check
                label="I know these people, and they will be glad to hear from me"
                isChecked={isKnown}
                onChange={setKnown}
                error={isTried && !isKnown ? "Only invite people you know." : undefined}
              />
            </>
          )}
        </div>
        <FormProblem problem={problem} shown={shownPointers(people)} />
        <div>
          <Button type="submit" look="primary" busy={isBusy} icon="share">
            {sendWord(people.length, isLater)}
          </Button>
        </div>
      </form>
      <section aria-labelledby="invitation-preview" className="grid gap-3">
        <h2 id="invitation-preview" className="text-lg font-semibold">
          What {first?.name || "your friend"} will see
        </h2>
        {preview.data ? (
          <>
            <p className="text-ink-2">
              Subject: <span className="text-ink">{preview.data.subject}</span>
            </p>
            <MailPreview html={preview.data.html} title="The mail as your friend sees it" />
          </>
        ) : (
          <Bone className="h-96 w-full rounded-surface" />
        )}
      </section>
    </div>
  );
}

const shownPointers = (people: InvitedPerson[]): string[] => [
  "/message",
  "/scheduled_at",
  ...people.flatMap((_, index) => [`/people/${index}/email`, `/people/${index}/name`]),
];

function peopleRefusal(people: InvitedPerson[], problem: ApiProblem | null): string | null {
  if (people.length === 0) return "Add at least one person.";
  if (people.length > PEOPLE_MAX) return `At most ${PEOPLE_MAX} at a time. For more, use a list.`;
  const wrong = people.filter((one) => one.problem !== null).length;
  if (wrong > 0)
    return wrong === 1 ? "Correct or remove the person in red." : "Correct or remove those in red.";
  const refused = people.findIndex((_, index) => problem?.fieldMessage(`/people/${index}/email`));
  if (refused === -1) return null;
  return `${people[refused]?.email}: ${problem?.fieldMessage(`/people/${refused}/email`)}`;
}

function sendWord(count: number, isLater: boolean): string {
  const act = isLater ? "Schedule" : "Send";
  return count < 2 ? `${act} invitation` : `${act} ${count} invitations`;
}

/** What is left of today, where it matters. */
function Limits({ summary }: { summary: InvitationSummary | undefined }) {
  const limits = summary?.limits;
  if (!limits) return null;
  const left = Math.min(limits.left_today, limits.left_pending);
  if (left > PEOPLE_MAX) return null;
  if (limits.left_pending === 0)
    return (
      <Note>
        {limits.pending_max} invitations are on their way. Wait for some to be answered, or cancel some.
      </Note>
    );
  if (left === 0)
    return (
      <Note>
        You have sent {limits.per_day} today. The next go out from {formatFull(limits.until)}.
      </Note>
    );
  return (
    <Note>
      You can send {left} more today.
      {limits.is_new && " It will be more once your address is confirmed, or a friend has qualified."}
    </Note>
  );
}

function Note({ children }: { children: ComponentChildren }) {
  return <p className="rounded-control bg-info-tint px-3 py-2.5 text-info">{children}</p>;
}

type CheckProps = {
  label: string;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  error?: string | undefined;
};

function Check({ label, isChecked, onChange, error }: CheckProps) {
  return (
    <label className="flex min-h-6 items-baseline gap-2.5 pointer-coarse:min-h-11">
      <input
        type="checkbox"
        checked={isChecked}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="size-4 translate-y-0.5 accent-accent"
      />
      <span>
        {label}
        {error && <span className="block text-sm text-bad">{error}</span>}
      </span>
    </label>
  );
}
