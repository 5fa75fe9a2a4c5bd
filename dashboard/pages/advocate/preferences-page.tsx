import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem } from "../../api.ts";
import { noticePreferencesQuery } from "../../notice-queries.ts";
import { useAdvocate } from "../../parts/scope.tsx";
import { Select } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Notice, PageHeading, Section, useTitle } from "../../ui/page.tsx";
import { Bones, Loaded } from "../../ui/states.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { useVoice } from "../../ui/toast.tsx";
import type { NoticePreferences } from "../../wire.ts";

type Topic = NoticePreferences["topics"][number];
type Change = Partial<Pick<NoticePreferences, "language" | "quiet_hours">> & {
  time_zone?: string | null;
  topics?: Pick<Topic, "topic" | "in_app" | "email">[];
};
type Parts = { chosen: NoticePreferences; onChange: (change: Change) => void };

export default function PreferencesPage() {
  useTitle("Preferences");
  const { api, participantId } = useAdvocate();
  const query = useQuery(noticePreferencesQuery(api, participantId));
  const { change, problem } = useChange();
  return (
    <div className="max-w-[52rem]">
      <PageHeading title="Preferences">
        How you want to hear of what happens. Every change is saved at once.
      </PageHeading>
      <FormProblem problem={problem} />
      <Loaded query={query} what="Your preferences" skeleton={<Bones rows={10} />}>
        {(chosen) => (
          <>
            <MailNotice chosen={chosen} />
            <Section title="What, where and how soon">
              <Matrix chosen={chosen} onChange={change} />
            </Section>
            <Section title="When and how" className="mt-10">
              <div className="grid max-w-[34rem] gap-6 py-5">
                <QuietHours chosen={chosen} onChange={change} />
                <TimeZone chosen={chosen} onChange={change} />
                <Select
                  label="Language"
                  hint="Of your notifications and e-mails"
                  value={chosen.language}
                  onText={(language) => change({ language: language as NoticePreferences["language"] })}
                  options={[
                    { value: "en", label: "English" },
                    { value: "hi", label: "हिन्दी" },
                  ]}
                />
              </div>
            </Section>
          </>
        )}
      </Loaded>
    </div>
  );
}

/** One change after the other, each seen at once and taken back where the server refuses. */
function useChange() {
  const { api, programId, participantId } = useAdvocate();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { queryKey } = noticePreferencesQuery(api, participantId);
  const change = async (wanted: Change) => {
    const before = client.getQueryData(queryKey);
    client.setQueryData(queryKey, (old) => old && changed(old, wanted));
    setProblem(null);
    try {
      const body = { participant_id: participantId, ...wanted };
      client.setQueryData(
        queryKey,
        await api.put<NoticePreferences>("/v1/notification_preferences", { body }),
      );
      if (wanted.language) void client.invalidateQueries({ queryKey: ["bell", programId, participantId] });
      if (wanted.language) client.removeQueries({ queryKey: ["notifications", programId, participantId] });
      toast("Saved.");
    } catch (error) {
      client.setQueryData(queryKey, before);
      setProblem(error instanceof ApiProblem ? error : new ApiProblem({ status: 0, detail: String(error) }));
    }
  };
  return { change: (wanted: Change) => void change(wanted), problem };
}

function changed(old: NoticePreferences, { topics, time_zone: zone, ...rest }: Change): NoticePreferences {
  return {
    ...old,
    ...rest,
    ...(zone && { time_zone: zone, time_zone_is_own: true }),
    topics: old.topics.map((one) => ({ ...one, ...topics?.find(({ topic }) => topic === one.topic) })),
  };
}

function MailNotice({ chosen }: { chosen: NoticePreferences }) {
  switch (chosen.email_state) {
    case "ok":
      return null;
    case "bounced":
      return (
        <Notice>
          E-mails to {chosen.email} come back to us, so we send none. Ask the program to correct your address;
          everything still appears here.
        </Notice>
      );
    case "stopped":
      return (
        <Notice>
          You stopped e-mails of this program to {chosen.email}. Choose a pace below to get some again.
        </Notice>
      );
  }
}

const PACES = [
  { value: "immediate", label: "At once" },
  { value: "daily", label: "Daily digest" },
  { value: "weekly", label: "Weekly digest" },
  { value: "off", label: "Off" },
] as const;

function Matrix({ chosen, onChange }: Parts) {
  const set = (topic: Topic, change: Partial<Topic>) => {
    const { topic: name, in_app, email } = { ...topic, ...change };
    onChange({ topics: [{ topic: name, in_app, email }] });
  };
  const columns: Column<Topic>[] = [
    {
      key: "topic",
      header: "About",
      isTitle: true,
      cell: (topic) => (
        <span lang={chosen.language}>
          <span className="block font-medium">{topic.title}</span>
          <span className="block text-sm font-normal text-pretty text-ink-2">{topic.text}</span>
        </span>
      ),
    },
    {
      key: "in_app",
      header: "In the app",
      cell: (topic) => (
        <label className="inline-flex min-h-9 min-w-9 cursor-pointer items-center justify-center pointer-coarse:min-h-11 pointer-coarse:min-w-11">
          <input
            type="checkbox"
            checked={topic.in_app}
            onChange={(event) => set(topic, { in_app: event.currentTarget.checked })}
            className="size-5 accent-accent"
          />
          <span className="sr-only">{topic.title}, in the app</span>
        </label>
      ),
    },
    {
      key: "email",
      header: "By e-mail",
      cell: (topic) => (
        <select
          aria-label={`${topic.title}, by e-mail`}
          value={topic.email}
          onInput={(event) => set(topic, { email: event.currentTarget.value as Topic["email"] })}
          className="min-h-9 w-full min-w-36 rounded-control border border-line-strong bg-surface px-2 text-ink pointer-coarse:min-h-11"
        >
          {PACES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      ),
    },
  ];
  return (
    <Table
      caption="What you hear of, where and how soon"
      columns={columns}
      rows={chosen.topics}
      rowKey={({ topic }) => topic}
    />
  );
}

const NIGHT = { from: "22:00", to: "07:00" };

function QuietHours({ chosen, onChange }: Parts) {
  const hours = chosen.quiet_hours;
  const clock = (key: "from" | "to", label: string) => (
    <label className="grid gap-1.5 text-sm text-ink-2">
      {label}
      <input
        type="time"
        required
        value={(hours ?? NIGHT)[key]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (value) onChange({ quiet_hours: { ...(hours ?? NIGHT), [key]: value } });
        }}
        className="min-h-10 rounded-control border border-line-strong bg-surface px-3 text-base text-ink pointer-coarse:min-h-11"
      />
    </label>
  );
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Quiet hours</legend>
      <label className="flex min-h-9 cursor-pointer items-center gap-2.5 pointer-coarse:min-h-11">
        <input
          type="checkbox"
          checked={hours !== null}
          onChange={(event) => onChange({ quiet_hours: event.currentTarget.checked ? NIGHT : null })}
          className="size-5 accent-accent"
        />
        No e-mails at night; they come in the morning
      </label>
      {hours && (
        <div className="mt-2 flex flex-wrap gap-4">
          {clock("from", "From")}
          {clock("to", "To")}
        </div>
      )}
    </fieldset>
  );
}

/** The browser's own list; where it has none, the zones that are known to hold. */
function zonesOf(current: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([current, here, ...known])].sort();
}

function TimeZone({ chosen, onChange }: Parts) {
  const current = chosen.time_zone;
  return (
    <Select
      label="Time zone"
      hint="By its clocks digests come at eight in the morning, and quiet hours begin and end"
      value={chosen.time_zone_is_own ? current : ""}
      onText={(zone) => onChange({ time_zone: zone === "" ? null : zone })}
      options={[
        { value: "", label: chosen.time_zone_is_own ? "The program’s" : `The program’s: ${current}` },
        ...zonesOf(current).map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
      ]}
    />
  );
}
