import type { ComponentChildren } from "preact";
import { below } from "../../../parts/json-pointer.ts";
import { useDraft, usePlace } from "./draft-context.tsx";
import { AddChoice, IconButton } from "./entry-buttons.tsx";

/** A part of an object that may be left out: how it is offered, what it begins with, how it reads. */
export type OptionalPart = {
  key: string;
  words: string;
  initial: unknown;
  blanks: (pointer: string) => ComponentChildren;
};

/** What is there as chips in the sentence, and the rest to choose from. */
export function OptionalParts({
  pointer,
  parts,
  label,
}: {
  pointer: string;
  parts: readonly OptionalPart[];
  label: string;
}) {
  const { change } = useDraft();
  const value = usePlace(pointer).value as Record<string, unknown> | undefined;
  const isThere = ({ key }: OptionalPart) => value?.[key] !== undefined;
  const remove = (key: string) => {
    const { [key]: _gone, ...rest } = value ?? {};
    change(pointer, Object.keys(rest).length === 0 ? undefined : rest);
  };
  return (
    <>
      {parts.filter(isThere).map((part) => (
        <span
          key={part.key}
          className="mx-1 my-0.5 inline-flex max-w-full flex-wrap items-center gap-x-1 rounded-control bg-sunken py-0.5 pl-2 align-middle"
        >
          {part.blanks(below(pointer, part.key))}
          <IconButton icon="cross" name={`Remove: ${part.words}`} onClick={() => remove(part.key)} />
        </span>
      ))}{" "}
      <AddChoice
        label={label}
        choices={parts.filter((part) => !isThere(part)).map(({ key, words }) => [key, words] as const)}
        onChoose={(key) => change(below(pointer, key), parts.find((part) => part.key === key)?.initial)}
      />
    </>
  );
}
