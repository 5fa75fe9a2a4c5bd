import { below } from "../../../parts/json-pointer.ts";
import { CREDIT, POINTS } from "../../../parts/money.ts";
import type { PlanRule, Schema, ShelfRule } from "../../../wire.ts";
import { ChoiceBlank, MoneyBlank, NumberBlank, PercentBlank, TextBlank, WordsBlank } from "./blanks.tsx";
import { useDraft, usePlace } from "./draft-context.tsx";
import { AddChoice, IconButton } from "./entry-buttons.tsx";
import { Levels } from "./levels.tsx";

type Props = { rule: PlanRule; shelf: ShelfRule; pointer: string };

/** The blanks of a rule, drawn from the schema of its parameters; levels are sentences of their own. */
export function RuleParameters({ rule, shelf, pointer }: Props) {
  const { change } = useDraft();
  const { properties = {}, required = [] } = shelf.parameters;
  const optional = Object.keys(properties).filter((key) => !required.includes(key));
  const isThere = (key: string) => (rule as Record<string, unknown>)[key] !== undefined;
  const shown = Object.entries(properties).filter(([key]) => required.includes(key) || isThere(key));
  const missing = optional.filter((key) => !isThere(key));
  const rest = shown.filter(([key]) => key !== "levels");
  return (
    <>
      {properties["levels"] && (
        <Levels rule={rule} entry={properties["levels"].items} pointer={below(pointer, "levels")} />
      )}
      {rest.map(([key, schema]) => (
        <p key={key}>
          {schema.title ?? key} <Parameter name={key} schema={schema} pointer={below(pointer, key)} />
          {optional.includes(key) && (
            <IconButton
              icon="cross"
              name={`Remove: ${schema.title ?? key}`}
              onClick={() => change(below(pointer, key), undefined)}
            />
          )}
        </p>
      ))}
      {missing.length > 0 && (
        <p>
          <AddChoice
            label="More"
            choices={missing.map((key) => [key, properties[key]?.title ?? key] as const)}
            onChoose={(key) => change(below(pointer, key), firstOf(properties[key]))}
          />
        </p>
      )}
    </>
  );
}

/** One blank, as its schema says. */
export function Parameter({ name, schema, pointer }: { name: string; schema: Schema; pointer: string }) {
  const { document } = useDraft();
  const label = schema.title ?? name;
  if (name === "of") {
    const choices = document.rules.map(({ id }) => [id, id] as const);
    return <ChoiceBlank pointer={pointer} label={label} choices={choices} />;
  }
  if (name === "value") return <Worth pointer={pointer} />;
  if (schema.type === "integer") return <NumberBlank pointer={pointer} label={label} />;
  if (schema.type === "array")
    return (
      <WordsBlank
        pointer={pointer}
        label={label}
        placeholder="5, 10, 20"
        isNumbers={schema.items?.type === "integer"}
      />
    );
  if (schema.properties?.["currency"])
    return <MoneyBlank pointer={pointer} label={label} currencies={[document.currency, POINTS, CREDIT]} />;
  return <TextBlank pointer={pointer} label={label} />;
}

/** A percent off or an amount off: one of the two. */
function Worth({ pointer }: { pointer: string }) {
  const { document, change } = useDraft();
  const { value, problem } = usePlace(pointer);
  const isPercent = (value as { percent?: string } | undefined)?.percent !== undefined;
  const { currency } = document;
  return (
    <>
      {isPercent ? (
        <PercentBlank pointer={below(pointer, "percent")} label="Percent off" />
      ) : (
        <MoneyBlank pointer={below(pointer, "amount")} label="Amount off" currencies={[currency]} />
      )}{" "}
      <select
        aria-label="Percent or amount"
        className="mx-0.5 field-sizing-content h-8 leading-none pointer-coarse:min-h-11 rounded-control border border-line-strong bg-surface px-2 font-medium"
        value={isPercent ? "percent" : "amount"}
        onInput={(event) =>
          change(
            pointer,
            event.currentTarget.value === "percent"
              ? { percent: "10" }
              : { amount: { amount: 10_000, currency } },
          )
        }
      >
        <option value="percent">% off</option>
        <option value="amount">off</option>
      </select>
      {problem && <span className="block text-sm text-bad">{problem}</span>}
    </>
  );
}

function firstOf(schema: Schema | undefined): unknown {
  return schema?.type === "array" ? [5] : 30;
}
