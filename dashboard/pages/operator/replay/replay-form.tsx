import { useState } from "react";
import { useScope } from "../../../parts/scope.tsx";
import { Button } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { Moment } from "../../../ui/moment.tsx";
import { Section } from "../../../ui/page.tsx";
import { Radios } from "../../../ui/radios.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { Replay } from "../../../wire.ts";

type Source = Replay["source"];

const DEFAULTS = { participants: "1000", months: "12", seed: "1" };

/** On what: the program's own history, or a network that never was. */
export function ReplayForm({ planId, onStarted }: { planId: string; onStarted: (replay: Replay) => void }) {
  const { api } = useScope();
  const [kind, setKind] = useState("history");
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [numbers, setNumbers] = useState(DEFAULTS);
  const { submit, isBusy, problem } = useSubmit(
    (body: { source: Source }, idempotencyKey) =>
      api.post<Replay>(`/v1/plans/${planId}/replay`, { body, idempotencyKey }),
    onStarted,
  );
  const source = (): Source =>
    kind === "history"
      ? { kind, ...(from ? { from } : {}), ...(to ? { to } : {}) }
      : {
          kind: "simulation",
          participants: Number(numbers.participants),
          months: Number(numbers.months),
          seed: Number(numbers.seed),
        };
  const number = (key: keyof typeof DEFAULTS, label: string) => (
    <Field
      label={label}
      inputMode="decimal"
      value={numbers[key]}
      onText={(text) => setNumbers({ ...numbers, [key]: text })}
      error={problem?.fieldMessage(`/source/${key}`)}
    />
  );
  const shown = ["/source/from", "/source/to", "/source/participants", "/source/months", "/source/seed"];
  return (
    <Section title="Replay on">
      <form
        noValidate
        className="grid gap-4 pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          void submit({ source: source() });
        }}
      >
        <Radios
          legend="What it is replayed on"
          name="source"
          value={kind}
          onChoose={setKind}
          choices={[
            {
              value: "history",
              word: "What has happened",
              note: "All purchases and refunds, or those of a time.",
            },
            { value: "simulation", word: "A simulated network", note: "The same seed tells the same story." },
          ]}
        />
        {kind === "history" ? (
          <>
            <Moment
              label="From (left empty: the beginning)"
              value={from}
              onChange={setFrom}
              error={problem?.fieldMessage("/source/from")}
            />
            <Moment
              label="To (left empty: now)"
              value={to}
              onChange={setTo}
              error={problem?.fieldMessage("/source/to")}
            />
          </>
        ) : (
          <div className="grid grid-cols-3 items-end gap-3">
            {number("participants", "Participants")}
            {number("months", "Months")}
            {number("seed", "Seed")}
          </div>
        )}
        <FormProblem problem={problem} shown={shown} />
        <Button type="submit" look="primary" busy={isBusy} className="justify-self-start">
          Start replay
        </Button>
      </form>
    </Section>
  );
}
