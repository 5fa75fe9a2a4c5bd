import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { apiOf } from "../../api.ts";
import { costSentences, offerSentences } from "../../parts/plan-sentence.ts";
import { paths } from "../../paths.ts";
import { programsQuery, sessionQuery, templatesQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, Select } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Bones, Loaded } from "../../ui/states.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { PlanTemplate, Program, Session } from "../../wire.ts";

type NewProgram = { name: string; currency: string; time_zone: string; template: string };

const FIRST_CURRENCIES = ["INR", "EUR", "USD", "GBP", "JPY"];
const names = new Intl.DisplayNames("en", { type: "currency" });
const currencies = [...new Set([...FIRST_CURRENCIES, ...Intl.supportedValuesOf("currency")])].map(
  (value) => ({
    value,
    label: `${value} – ${names.of(value) ?? value}`,
  }),
);
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = [...new Set([ownZone, "UTC", ...Intl.supportedValuesOf("timeZone")])].map((value) => ({
  value,
  label: value.replaceAll("_", " "),
}));

export function CreateProgramDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [body, setBody] = useState<NewProgram>({
    name: "",
    currency: ownZone.startsWith("Asia/Kolkata") || ownZone === "Asia/Calcutta" ? "INR" : "EUR",
    time_zone: ownZone,
    template: "two-level",
  });
  const set = (key: keyof NewProgram) => (text: string) => setBody((old) => ({ ...old, [key]: text }));
  const { submit, isBusy, problem } = useSubmit(
    async (program: NewProgram, idempotencyKey) => {
      const outside = apiOf(null);
      const created = await outside.post<Program>("/v1/programs", { body: program, idempotencyKey });
      return { created, session: await outside.get<Session>("/v1/session") };
    },
    ({ created, session }) => {
      client.setQueryData(sessionQuery.queryKey, session);
      void client.invalidateQueries({ queryKey: programsQuery.queryKey });
      navigate(paths.program(created.id));
    },
  );
  const error = (key: keyof NewProgram) => problem?.fieldMessage(`/${key}`);
  return (
    <Dialog title="Create a program" place="side" onClose={onClose}>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(body);
        }}
      >
        <Field
          label="Name"
          required
          maxLength={200}
          value={body.name}
          onText={set("name")}
          error={error("name")}
          hint="Participants see it."
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <Select
            label="Currency"
            value={body.currency}
            onText={set("currency")}
            options={currencies}
            error={error("currency")}
          />
          <Select
            label="Time zone"
            value={body.time_zone}
            onText={set("time_zone")}
            options={zones}
            error={error("time_zone")}
          />
        </div>
        <Templates currency={body.currency} value={body.template} onChoose={set("template")} />
        <FormProblem problem={problem} shown={["/name", "/currency", "/time_zone"]} />
        <Button type="submit" look="primary" busy={isBusy} className="self-start">
          Create program
        </Button>
      </form>
    </Dialog>
  );
}

type TemplatesProps = { currency: string; value: string; onChoose: (name: string) => void };

function Templates({ currency, value, onChoose }: TemplatesProps) {
  const query = useQuery(templatesQuery(currency));
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">Plan to start from</legend>
      <Loaded query={query} what="The plans to start from" skeleton={<Bones rows={2} className="h-28" />}>
        {({ data }) => (
          <div className="grid gap-2">
            {data.map((template) => (
              <TemplateChoice
                key={template.name}
                template={template}
                isChosen={template.name === value}
                onChoose={onChoose}
              />
            ))}
          </div>
        )}
      </Loaded>
    </fieldset>
  );
}

type ChoiceProps = { template: PlanTemplate; isChosen: boolean; onChoose: (name: string) => void };

/** A plan by what it pays and what it costs. */
function TemplateChoice({ template, isChosen, onChoose }: ChoiceProps) {
  return (
    <label className="flex cursor-pointer gap-3 rounded-control border border-line-strong px-4 py-3 has-checked:border-accent has-checked:bg-accent-tint has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      <input
        type="radio"
        name="template"
        checked={isChosen}
        onChange={() => onChoose(template.name)}
        className="mt-1 size-4 shrink-0 accent-accent"
      />
      <span>
        <span className="block font-semibold">{template.title}</span>
        <span className="mt-0.5 block">{offerSentences(template.document, "advocate").join(" ")}</span>
        <span className="mt-0.5 block text-ink-2">{costSentences(template.document).join(" ")}</span>
      </span>
    </label>
  );
}
