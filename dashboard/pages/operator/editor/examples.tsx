import { CREDIT, POINTS } from "../../../parts/money.ts";
import { Section } from "../../../ui/page.tsx";
import { StatusPill } from "../../../ui/status-pill.tsx";
import type { Lint, Money } from "../../../wire.ts";
import { MoneyBlank, NumberBlank, TextBlank } from "./blanks.tsx";
import { useDraft } from "./draft-context.tsx";
import { AddButton, IconButton } from "./entry-buttons.tsx";
import { type OptionalPart, OptionalParts } from "./optional-parts.tsx";

type Example = { given: Record<string, unknown>; expect: { level: number; amount: Money }[] };

/** What must come out of some conversions, whatever else is changed: asked at every publish. */
export function Examples({ lint }: { lint: Lint | undefined }) {
  const { document, change } = useDraft();
  const examples = (document as unknown as { examples?: Example[] }).examples ?? [];
  const { currency } = document;
  const failing = lint?.examples.filter(({ holds }) => !holds).length ?? 0;
  const add = () => {
    const amount = { amount: 250_000, currency };
    change("/examples", [...examples, { given: { amount }, expect: [] }]);
  };
  return (
    <Section
      title="Golden examples"
      aside={
        // A text that is no plan yet has not been tried.
        !lint?.examples.length ? undefined : failing === 0 ? "All of them hold" : `${failing} do not hold`
      }
    >
      {examples.length === 0 && (
        <p className="pt-3 text-ink-2">
          An example says what a purchase must pay. No plan is published while one of its examples fails.
        </p>
      )}
      <ol className="leading-9">
        {examples.map((example, index) => (
          <ExampleEntry
            key={index}
            example={example}
            index={index}
            result={lint?.examples.find((one) => one.index === index)}
            onRemove={() => {
              const rest = examples.filter((_, at) => at !== index);
              change("/examples", rest.length === 0 ? undefined : rest);
            }}
          />
        ))}
      </ol>
      <div className="py-3">
        <AddButton onClick={add}>Add an example</AddButton>
      </div>
    </Section>
  );
}

type EntryProps = {
  example: Example;
  index: number;
  result: Lint["examples"][number] | undefined;
  onRemove: () => void;
};

function ExampleEntry({ example, index, result, onRemove }: EntryProps) {
  const { document } = useDraft();
  const pointer = `/examples/${index}`;
  return (
    <li className="border-b border-line py-3">
      <div className="flex items-start justify-between gap-3">
        <p>
          <span className="figures mr-1.5 text-ink-3">{index + 1}</span>
          Given{" "}
          <OptionalParts pointer={`${pointer}/given`} parts={givenParts(document.currency)} label="And" />
        </p>
        <span className="flex shrink-0 items-center gap-1">
          {result && (
            <StatusPill tone={result.holds ? "ok" : "bad"}>{result.holds ? "Holds" : "Fails"}</StatusPill>
          )}
          <IconButton icon="cross" name={`Remove example ${index + 1}`} onClick={onRemove} />
        </span>
      </div>
      <Expected example={example} pointer={`${pointer}/expect`} />
      {result?.message && <p className="mt-1 text-sm text-bad">{result.message}</p>}
    </li>
  );
}

function Expected({ example, pointer }: { example: Example; pointer: string }) {
  const { document, change } = useDraft();
  const { expect = [] } = example;
  const level = Math.max(0, ...expect.map((one) => one.level)) + 1;
  return (
    <ul className="pl-4 sm:pl-5">
      {expect.length === 0 && <li className="text-ink-2">nobody earns</li>}
      {expect.map((_, index) => (
        <li key={index}>
          level <NumberBlank pointer={`${pointer}/${index}/level`} label="Expected level" /> earns{" "}
          <MoneyBlank
            pointer={`${pointer}/${index}/amount`}
            label="Expected amount"
            currencies={[document.currency, POINTS, CREDIT]}
          />
          <IconButton
            icon="cross"
            name="Remove what is expected"
            onClick={() => change(`${pointer}/${index}`, undefined)}
          />
        </li>
      ))}
      <li>
        <AddButton
          onClick={() =>
            change(pointer, [...expect, { level, amount: { amount: 0, currency: document.currency } }])
          }
        >
          Add who earns
        </AddButton>
      </li>
    </ul>
  );
}

function givenParts(currency: string): OptionalPart[] {
  const money = (key: string, words: string, before: string): OptionalPart => ({
    key,
    words,
    initial: { amount: 100_000, currency },
    blanks: (at) => (
      <>
        {before} <MoneyBlank pointer={at} label={words} currencies={[currency]} />
      </>
    ),
  });
  const number = (key: string, words: string, initial: number): OptionalPart => ({
    key,
    words,
    initial,
    blanks: (at) => (
      <>
        {words} <NumberBlank pointer={at} label={words} />
      </>
    ),
  });
  const word = (key: string, words: string): OptionalPart => ({
    key,
    words,
    initial: "",
    blanks: (at) => (
      <>
        {words} <TextBlank pointer={at} label={words} />
      </>
    ),
  });
  return [
    word("kind", "kind"),
    money("amount", "amount", "an order of"),
    money("profit", "profit", "with a profit of"),
    number("nth", "number", 1),
    number("days", "days after joining", 0),
    word("country", "country"),
    word("channel", "channel"),
    word("product", "product"),
    word("segment", "segment"),
    word("tier", "tier of everyone above"),
    number("qualified", "friends who qualified before", 0),
  ];
}
