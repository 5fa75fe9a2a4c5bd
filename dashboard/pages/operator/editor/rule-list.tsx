import { below, withMoved } from "../../../parts/json-pointer.ts";
import type { PlanRule, ShelfRule } from "../../../wire.ts";
import { TextBlank } from "./blanks.tsx";
import { Conditions } from "./conditions.tsx";
import { useDraft, usePlace } from "./draft-context.tsx";
import { AddChoice, EntryButtons } from "./entry-buttons.tsx";
import { newRule } from "./new-entry.ts";
import { RuleParameters } from "./rule-parameters.tsx";
import { Trigger } from "./trigger.tsx";

/** What is paid: a sentence a rule, in the order they are asked. */
export function RuleList() {
  const { document, change, shelf } = useDraft();
  const { problem } = usePlace("/rules");
  const rules = document.rules ?? [];
  const add = (name: string) => {
    const rule = shelf.find((one) => one.name === name);
    if (rule) change("/rules", [...rules, newRule(rule, document)]);
  };
  return (
    <>
      {rules.length === 0 && <p className="py-4 text-ink-2">No rule yet, so nothing earns.</p>}
      {problem && <p className="py-2 text-sm text-bad">{problem}</p>}
      <ol>
        {rules.map((rule, index) => (
          <RuleEntry
            key={`${index} ${rule.rule}`}
            rule={rule}
            index={index}
            count={rules.length}
            shelf={shelf.find(({ name }) => name === rule.rule)}
            onMove={(to) => change("/rules", withMoved(rules, index, to))}
            onRemove={() => change(`/rules/${index}`, undefined)}
          />
        ))}
      </ol>
      <div className="py-3">
        <AddChoice
          label="Add a rule"
          choices={shelf.map(({ name, title }) => [name, title] as const)}
          onChoose={add}
        />
      </div>
    </>
  );
}

type EntryProps = {
  rule: PlanRule;
  index: number;
  count: number;
  shelf: ShelfRule | undefined;
  onMove: (to: number) => void;
  onRemove: () => void;
};

function RuleEntry({ rule, index, count, shelf, onMove, onRemove }: EntryProps) {
  const pointer = `/rules/${index}`;
  const { problem } = usePlace(pointer);
  return (
    <li className="border-b border-line py-4">
      <div className="flex items-start justify-between gap-3">
        <h3 className="font-medium" title={shelf?.description}>
          <span className="figures mr-1.5 text-ink-3">{index + 1}</span>
          {shelf?.title ?? rule.rule}
        </h3>
        <EntryButtons
          what={`rule ${index + 1}`}
          index={index}
          count={count}
          onMove={onMove}
          onRemove={onRemove}
        />
      </div>
      {problem && <p className="text-sm text-bad">{problem}</p>}
      <div className="mt-2 grid gap-1.5 leading-9 sm:pl-5">
        <p>
          For <Trigger pointer={below(pointer, "on")} />
          <Conditions pointer={below(pointer, "when")} />
        </p>
        {shelf && <RuleParameters rule={rule} shelf={shelf} pointer={pointer} />}
        <p className="text-sm text-ink-2">
          Explanations call it <TextBlank pointer={below(pointer, "id")} label={`Id of rule ${index + 1}`} />
        </p>
      </div>
    </li>
  );
}
