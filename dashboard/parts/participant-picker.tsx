import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { participantsQuery } from "../queries.ts";
import { Combobox } from "../ui/combobox.tsx";
import type { Participant } from "../wire.ts";
import { useScope } from "./scope.tsx";

const TYPING_MS = 150;
const OPTIONS_MAX = 8;

type Props = {
  label: string;
  picked: Participant | null;
  onPick: (participant: Participant | null) => void;
  error?: string | undefined;
};

export function ParticipantPicker({ label, picked, onPick, error }: Props) {
  const { api } = useScope();
  const [text, setText] = useState(picked ? nameOf(picked) : "");
  const q = useSettled(picked ? "" : text.trim(), TYPING_MS);
  const query = useInfiniteQuery({ ...participantsQuery(api, q), placeholderData: (previous) => previous });
  const found = query.data?.pages[0]?.data.slice(0, OPTIONS_MAX) ?? [];
  return (
    <Combobox
      label={label}
      error={error}
      hint="Search by name, e-mail or your own id."
      text={text}
      isLoading={query.isFetching}
      options={found.map((participant) => ({
        value: participant.id,
        label: nameOf(participant),
        note: participant.email ?? participant.external_id ?? "",
      }))}
      onText={(next) => {
        setText(next);
        onPick(null);
      }}
      onPick={({ value }) => {
        const participant = found.find(({ id }) => id === value);
        if (!participant) return;
        setText(nameOf(participant));
        onPick(participant);
      }}
    />
  );
}

export function nameOf({ name, email, external_id, id }: Participant): string {
  return name || email || external_id || id;
}

/** What was typed, once the typing rests. */
export function useSettled(value: string, millis: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), millis);
    return () => clearTimeout(timer);
  }, [value, millis]);
  return settled;
}
