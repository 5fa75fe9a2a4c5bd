import type { ApiProblem } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import type { ParameterRow } from "./link-preview.ts";

const UTM: readonly { name: string; word: string }[] = [
  { name: "utm_source", word: "Source" },
  { name: "utm_medium", word: "Medium" },
  { name: "utm_campaign", word: "Campaign" },
  { name: "utm_term", word: "Term" },
  { name: "utm_content", word: "Content" },
];
const OWN_MAX = 10;

const isUtm = (name: string): boolean => UTM.some((one) => one.name === name);

type Props = { rows: ParameterRow[]; onRows: (rows: ParameterRow[]) => void; problem: ApiProblem | null };

/** What is added to the address: what every analytics knows by name, and one's own. */
export function ParameterFields({ rows, onRows, problem }: Props) {
  const own = rows.filter(({ name }) => !isUtm(name));
  const typedFor = (name: string) => rows.find((row) => row.name === name)?.value ?? "";
  const setUtm = (name: string, value: string) =>
    onRows([...rows.filter((row) => row.name !== name), { name, value }]);
  const setOwn = (at: number, change: Partial<ParameterRow>) =>
    onRows([
      ...rows.filter(({ name }) => isUtm(name)),
      ...own.map((row, index) => (index === at ? { ...row, ...change } : row)),
    ]);
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        {UTM.map(({ name, word }) => (
          <Field
            key={name}
            label={word}
            hint={name}
            autoComplete="off"
            maxLength={200}
            value={typedFor(name)}
            onText={(text) => setUtm(name, text)}
            error={problem?.fieldMessage(`/parameters/${name}`)}
          />
        ))}
      </div>
      {own.map(({ name, value }, at) => (
        <div key={at} className="grid grid-cols-2 gap-4">
          <Field
            label={`Name ${at + 1}`}
            autoComplete="off"
            maxLength={32}
            value={name}
            onText={(text) => setOwn(at, { name: text })}
            error={problem?.fieldMessage(`/parameters/${name}`)}
          />
          <Field
            label={`Value ${at + 1}`}
            autoComplete="off"
            maxLength={200}
            value={value}
            onText={(text) => setOwn(at, { value: text })}
          />
        </div>
      ))}
      {own.length < OWN_MAX && (
        <Button
          look="quiet"
          icon="plus"
          className="justify-self-start"
          onClick={() => onRows([...rows, { name: "", value: "" }])}
        >
          Add another
        </Button>
      )}
    </div>
  );
}
