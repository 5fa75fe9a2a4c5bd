import { below } from "../../../parts/json-pointer.ts";
import { CREDIT } from "../../../parts/money.ts";
import type { LevelRate, PlanRule, Schema } from "../../../wire.ts";
import { ChoiceBlank, MoneyBlank, NumberBlank, PercentBlank } from "./blanks.tsx";
import { useDraft, usePlace } from "./draft-context.tsx";
import { AddButton, AddChoice, IconButton } from "./entry-buttons.tsx";
import { nextLevel } from "./new-entry.ts";

const LEVELS_OFFERED = 16;
const BASES: Record<string, string> = {
  percent_of_profit: "of the profit",
  percent_of_amount: "of the amount",
  percent_of_reward: "of what the level below earned",
};

/** Who earns how much: a line for each level, the friend who buys at level 0. */
export function Levels({
  rule,
  entry,
  pointer,
}: {
  rule: PlanRule;
  entry: Schema | undefined;
  pointer: string;
}) {
  const { document, change } = useDraft();
  const { problem } = usePlace(pointer);
  const levels = rule.levels ?? [];
  const currency = rule.rule === "credit" ? CREDIT : document.currency;
  return (
    <>
      <ul>
        {levels.map((level, index) => (
          <li key={index} className="flex items-start justify-between gap-2">
            <LevelLine
              rule={rule}
              level={level}
              least={entry?.properties?.["level"]?.minimum ?? 0}
              pointer={below(pointer, index)}
            />
            {levels.length > 1 && (
              <IconButton
                icon="cross"
                name={`Remove level ${level.level}`}
                onClick={() => change(below(pointer, index), undefined)}
              />
            )}
          </li>
        ))}
      </ul>
      {problem && <p className="text-sm text-bad">{problem}</p>}
      <p className="-mt-1">
        <AddButton onClick={() => change(pointer, [...levels, nextLevel(levels, entry, currency)])}>
          Add a level
        </AddButton>
      </p>
    </>
  );
}

type LineProps = { rule: PlanRule; level: LevelRate; least: number; pointer: string };

function LevelLine({ rule, level, least, pointer }: LineProps) {
  const { document, change } = useDraft();
  const at = `of level ${level.level}`;
  const levelPointer = below(pointer, "level");
  return (
    <p>
      <ChoiceBlank
        pointer={levelPointer}
        label="Who"
        choices={levelChoices(least)}
        onChoose={(chosen) => change(levelPointer, Number(chosen))}
      />{" "}
      {level.level === 0 ? "gets" : "earns"}{" "}
      {level.rate !== undefined && (
        <>
          <PercentBlank pointer={below(pointer, "rate")} label={`Rate ${at}`} /> % {BASES[rule.rule] ?? ""}
          {rule.rule !== "percent_of_reward" && <ByTier level={level} pointer={below(pointer, "by_tier")} />}
        </>
      )}
      {level.amount !== undefined && (
        <MoneyBlank
          pointer={below(pointer, "amount")}
          label={`Amount ${at}`}
          currencies={[rule.rule === "credit" ? CREDIT : document.currency]}
        />
      )}
      {level.points !== undefined && (
        <>
          <NumberBlank pointer={below(pointer, "points")} label={`Points ${at}`} /> points
        </>
      )}
      {rule.rule === "coupon" && "a coupon"}
    </p>
  );
}

/** Another rate for a holder of a tier. */
function ByTier({ level, pointer }: { level: LevelRate; pointer: string }) {
  const { document, change } = useDraft();
  const rates = level.by_tier ?? {};
  const tiers = document.tiers ?? [];
  const nameOf = (id: string) => tiers.find((tier) => tier.id === id)?.name ?? id;
  const remove = (id: string) => {
    const { [id]: _gone, ...rest } = rates;
    change(pointer, Object.keys(rest).length === 0 ? undefined : rest);
  };
  return (
    <>
      {Object.keys(rates).map((id) => (
        <span
          key={id}
          className="mx-1 inline-flex items-center gap-x-1 rounded-control bg-sunken py-0.5 pl-2 align-middle"
        >
          {nameOf(id)} <PercentBlank pointer={below(pointer, id)} label={`Rate of ${nameOf(id)}`} /> %
          <IconButton icon="cross" name={`Remove the rate of ${nameOf(id)}`} onClick={() => remove(id)} />
        </span>
      ))}{" "}
      <AddChoice
        label="Rate by tier"
        choices={tiers.filter(({ id }) => rates[id] === undefined).map(({ id, name }) => [id, name] as const)}
        onChoose={(id) => change(below(pointer, id), level.rate ?? "5")}
      />
    </>
  );
}

function levelChoices(least: number) {
  const words = ["The friend who buys", "The advocate", "The advocate one above"];
  return Array.from({ length: LEVELS_OFFERED + 1 }, (_, level) => level)
    .filter((level) => level >= least)
    .map((level) => [String(level), words[level] ?? `The advocate at level ${level}`] as const);
}
