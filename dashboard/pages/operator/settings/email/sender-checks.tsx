import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { senderChecksQuery } from "../../../../mail-queries.ts";
import { useScope } from "../../../../parts/scope.tsx";
import { Button } from "../../../../ui/button.tsx";
import { CopyButton } from "../../../../ui/copy.tsx";
import { Field } from "../../../../ui/field.tsx";
import { Bones, Loaded } from "../../../../ui/states.tsx";
import { StatusPill, type Tone } from "../../../../ui/status-pill.tsx";
import type { SenderChecks as Checks } from "../../../../wire.ts";

type Check = Checks["data"][number];

const STATES: Record<Check["state"], { word: string; tone: Tone }> = {
  ok: { word: "There", tone: "ok" },
  missing: { word: "Missing", tone: "bad" },
  weak: { word: "Too open", tone: "warn" },
  unknown: { word: "Not known", tone: "plain" },
};

/** What the sender's domain says about its mail, and what to add. */
export function SenderChecks({ address }: { address: string }) {
  const { api } = useScope();
  const [typed, setTyped] = useState("");
  const [selector, setSelector] = useState("");
  const query = useQuery(senderChecksQuery(api, selector, address));
  const isWrong = !/^[A-Za-z0-9._-]{0,63}$/.test(typed.trim());
  return (
    <>
      <p className="mt-3 max-w-[68ch] text-ink-2">
        Mailboxes look these up for the domain of your address, {address.split("@")[1]}. Whoever runs its DNS
        can add what is missing.
      </p>
      <Loaded query={query} what="The records" skeleton={<Bones rows={3} />}>
        {({ data }) => (
          <ul className="mt-2 divide-y divide-line">
            {data.map((check) => (
              <CheckRow key={check.name} check={check} />
            ))}
          </ul>
        )}
      </Loaded>
      <form
        className="mt-3 flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWrong) return;
          if (typed.trim() === selector) void query.refetch();
          setSelector(typed.trim());
        }}
      >
        <Field
          label="DKIM selector"
          value={typed}
          onText={setTyped}
          placeholder="s1"
          error={isWrong ? "Letters, digits, dots and dashes." : undefined}
          className="w-48"
        />
        <Button type="submit" busy={query.isFetching}>
          Look again
        </Button>
      </form>
    </>
  );
}

function CheckRow({ check: { name, state, found, text, record } }: { check: Check }) {
  const { word, tone } = STATES[state];
  return (
    <li className="grid gap-1 py-3">
      <p className="flex items-center gap-2 font-medium">
        {name.toUpperCase()} <StatusPill tone={tone}>{word}</StatusPill>
      </p>
      <p className="max-w-[68ch] text-ink-2">{text}</p>
      {found && <code className="font-mono text-sm break-all">{found}</code>}
      {record && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <code className="font-mono text-sm break-all">
            {record.type} {record.name} “{record.value}”
          </code>
          <CopyButton look="quiet" text={record.value} done="Value copied" label="Copy value" />
        </div>
      )}
    </li>
  );
}
