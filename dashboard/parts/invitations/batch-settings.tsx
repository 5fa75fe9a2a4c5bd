import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ApiProblem } from "../../api.ts";
import { Prose, Select } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Moment } from "../../ui/moment.tsx";
import type { Batch } from "../../wire.ts";
import { useSettled } from "../participant-picker.tsx";
import { useScope } from "../scope.tsx";

const TYPING_MS = 500;
const FIELDS = ["email", "name", "message", "language"] as const;
const WORDS = { email: "E-mail", name: "Name", message: "Message", language: "Language" };
const PACES = [
  { value: "", label: "As fast as may be" },
  { value: "10", label: "10 a minute" },
  { value: "60", label: "60 a minute" },
  { value: "300", label: "300 a minute" },
];

/** What the columns mean, what is written to everybody, and when it goes; each change looks the list over again. */
export function BatchSettings({ batch }: { batch: Batch }) {
  const { api } = useScope();
  const client = useQueryClient();
  const [message, setMessage] = useState(batch.message);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const settled = useSettled(message, TYPING_MS);
  const change = async (body: object) => {
    setProblem(null);
    try {
      const answer = await api.patch<Batch>(`/v1/invitation_batches/${batch.id}`, { body });
      client.setQueryData(["invitation-batch", api.programId, batch.id], answer);
      await client.invalidateQueries({ queryKey: ["invitation-batch-rows", api.programId, batch.id] });
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error : new ApiProblem({ status: 0, detail: String(error) }));
    }
  };
  useEffect(() => {
    if (settled !== batch.message) void change({ message: settled });
  }, [settled]);
  const columns = [
    { value: "", label: "None" },
    ...batch.columns.map(({ title }, index) => ({ value: String(index), label: title })),
  ];
  const placeholders = batch.columns.map(({ placeholder }) => `{${placeholder}}`).join(" ");
  return (
    <div className="grid gap-6">
      <fieldset>
        <legend className="mb-2 font-medium">Which column is what</legend>
        <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
          {FIELDS.map((field) => (
            <Select
              key={field}
              label={WORDS[field]}
              value={String(batch.mapping[field] ?? "")}
              options={columns}
              onText={(text) =>
                change({ mapping: { ...batch.mapping, [field]: text === "" ? null : Number(text) } })
              }
            />
          ))}
        </div>
      </fieldset>
      <Prose
        label="Message to everybody (optional)"
        value={message}
        onText={setMessage}
        rows={4}
        hint={
          <>
            At most 500 characters, no links. Columns may stand in it:{" "}
            <span className="font-mono">{placeholders}</span>
          </>
        }
        error={problem?.fieldMessage("/message")}
      />
      <div className="grid items-start gap-4 md:grid-cols-3">
        <Select
          label="Language"
          value={batch.language}
          onText={(language) => change({ language })}
          options={[
            { value: "en", label: "English" },
            { value: "hi", label: "हिन्दी" },
          ]}
        />
        <Select
          label="Pace"
          value={String(batch.per_minute ?? "")}
          onText={(text) => change({ per_minute: text === "" ? null : Number(text) })}
          options={PACES}
        />
        <Moment
          label="Goes out (empty: at once)"
          value={batch.scheduled_at}
          onChange={(at) => change({ scheduled_at: at })}
          error={problem?.fieldMessage("/scheduled_at")}
        />
      </div>
      <FormProblem problem={problem} shown={["/message", "/scheduled_at"]} />
    </div>
  );
}
