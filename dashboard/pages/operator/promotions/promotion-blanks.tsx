import { MoneyBlank, NumberBlank, PercentBlank, PickBlank, TextBlank } from "../editor/blanks.tsx";
import { Conditions } from "../editor/conditions.tsx";
import { fieldId, usePlace } from "../editor/draft-context.tsx";
import { type OptionalPart, OptionalParts } from "../editor/optional-parts.tsx";

const LEVELS = [
  ["0", "the friend"],
  ["1", "level 1"],
  ["2", "level 2"],
  ["3", "level 3"],
] as const;

type Props = { rules: readonly string[]; currency: string; timeZone: string };

export function PromotionBlanks({ rules, currency, timeZone }: Props) {
  return (
    <div className="divide-y divide-line leading-9 [&>p]:py-2">
      <p>
        It is called <TextBlank pointer="/name" label="Name" placeholder="December doubles" />
      </p>
      <p>
        It runs from <WallBlank pointer="/starts_at" label="Starts" /> until{" "}
        <WallBlank pointer="/ends_at" label="Ends" />{" "}
        <span className="text-sm text-ink-2">by the clocks of {timeZone}</span>
      </p>
      <p>
        Each reward <OptionalParts pointer="" label="Of which rewards" parts={targetParts(rules)} />
      </p>
      <p>
        pays <OptionalParts pointer="" label="What it adds" parts={gainParts(currency)} />
      </p>
      <p>
        <Conditions pointer="/when" />
      </p>
      <p>
        At most <OptionalParts pointer="" label="A limit" parts={limitParts(currency)} />
      </p>
    </div>
  );
}

function targetParts(rules: readonly string[]): OptionalPart[] {
  return [
    {
      key: "rules",
      words: "of some rules",
      initial: rules.slice(0, 1),
      blanks: (at) => (
        <>
          by <PickBlank pointer={at} label="Rules" choices={rules.map((id) => [id, id] as const)} />
        </>
      ),
    },
    {
      key: "levels",
      words: "at some levels",
      initial: [1],
      blanks: (at) => (
        <>
          for <PickBlank pointer={at} label="Levels" choices={LEVELS} isNumbers />
        </>
      ),
    },
  ];
}

function gainParts(currency: string): OptionalPart[] {
  return [
    {
      key: "multiplier",
      words: "a multiple",
      initial: "200",
      blanks: (at) => (
        <>
          <PercentBlank pointer={at} label="Percent of the reward" /> %
        </>
      ),
    },
    {
      key: "add",
      words: "an amount more",
      initial: { amount: 5_000, currency },
      blanks: (at) => (
        <>
          <MoneyBlank pointer={at} label="So much more" currencies={[currency, "PTS", "CRD"]} /> more
        </>
      ),
    },
  ];
}

function limitParts(currency: string): OptionalPart[] {
  return [
    {
      key: "budget",
      words: "a budget",
      initial: { amount: 1_000_000, currency },
      blanks: (at) => (
        <>
          <MoneyBlank pointer={at} label="Budget" currencies={[currency, "PTS", "CRD"]} /> in all
        </>
      ),
    },
    {
      key: "advocates_max",
      words: "the first people only",
      initial: 200,
      blanks: (at) => (
        <>
          for the first <NumberBlank pointer={at} label="People at most" /> people
        </>
      ),
    },
  ];
}

/** A time as the program's clocks show it: kept as it is read, in no zone of anybody else. */
function WallBlank({ pointer, label }: { pointer: string; label: string }) {
  const { value, problem, set } = usePlace(pointer);
  return (
    <span className="mx-0.5 inline-flex flex-col align-middle">
      <input
        id={fieldId(pointer)}
        type="datetime-local"
        aria-label={label}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${fieldId(pointer)}-problem` : undefined}
        value={typeof value === "string" ? value.slice(0, 16) : ""}
        onInput={(event) =>
          set(event.currentTarget.value === "" ? "" : `${event.currentTarget.value}:00`.slice(0, 19))
        }
        className="h-8 pointer-coarse:min-h-11 max-w-full rounded-control border border-line-strong bg-surface px-2 leading-none font-medium aria-invalid:border-bad"
      />
      {problem && (
        <span id={`${fieldId(pointer)}-problem`} className="mt-1 text-sm text-bad">
          {problem}
        </span>
      )}
    </span>
  );
}
