import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { programQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Moment } from "../../ui/moment.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { ShareableLink } from "../../wire.ts";
import { useScope } from "../scope.tsx";
import { type ParameterRow, parametersOf, previewOf } from "./link-preview.ts";
import { ParameterFields } from "./parameter-fields.tsx";
import { SlugField } from "./slug-field.tsx";

type Typed = {
  label: string;
  channel: string;
  slug: string;
  destination: string;
  rows: ParameterRow[];
  expiresAt: string | null;
  maxUses: string;
};
const SHOWN = ["/label", "/channel", "/slug", "/destination_url", "/expires_at", "/max_uses"];

type Props = { participantId: string; link: ShareableLink | null; onClose: () => void };

/** A link as it is made, or as it is changed. */
export function LinkDialog({ participantId, link, onClose }: Props) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const [typed, setTyped] = useState(() => typedOf(link));
  const set = (change: Partial<Typed>) => setTyped((old) => ({ ...old, ...change }));
  const { submit, isBusy, problem } = useSubmit(
    (body: object, idempotencyKey) =>
      link
        ? api.patch<ShareableLink>(`/v1/links/${link.id}`, { body })
        : api.post<ShareableLink>("/v1/links", {
            body: { participant_id: participantId, ...body },
            idempotencyKey,
          }),
    () => {
      void client.invalidateQueries({ queryKey: ["links", programId] });
      void client.invalidateQueries({ queryKey: ["participant", programId] });
      onClose();
    },
  );
  return (
    <Dialog title={link ? "Change the link" : "New link"} place="side" onClose={onClose}>
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(bodyOf(typed, link));
        }}
      >
        <Field
          label="Name (optional)"
          hint="For yourself: Poster at the gym, Newsletter in May."
          autoComplete="off"
          maxLength={80}
          value={typed.label}
          onText={(label) => set({ label })}
          error={problem?.fieldMessage("/label")}
        />
        <SlugField
          value={typed.slug}
          onText={(slug) => set({ slug })}
          linkId={link?.id ?? null}
          current={link?.slug ?? null}
          error={
            problem?.fieldMessage("/slug") ?? (problem?.code === "slug_taken" ? problem.message : undefined)
          }
        />
        {link && typed.slug !== (link.slug ?? "") && (
          <p className="rounded-control bg-info-tint px-3 py-2.5 text-info">
            The old address keeps working, on whatever it is printed.
          </p>
        )}
        <Field
          label="Where you share it (optional)"
          hint="One word for it, such as poster or newsletter. It stands beside everybody this link brings."
          autoComplete="off"
          maxLength={64}
          value={typed.channel}
          onText={(channel) => set({ channel })}
          error={problem?.fieldMessage("/channel")}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <Moment
            label="Works until (optional)"
            value={typed.expiresAt}
            onChange={(expiresAt) => set({ expiresAt })}
            error={problem?.fieldMessage("/expires_at")}
          />
          <Field
            label="For at most (optional)"
            hint={
              link?.max_uses ? `${link.uses} have joined through it.` : "So many people may join through it."
            }
            inputMode="numeric"
            autoComplete="off"
            maxLength={7}
            value={typed.maxUses}
            onText={(maxUses) => set({ maxUses: maxUses.replace(/\D/g, "") })}
            error={problem?.fieldMessage("/max_uses")}
          />
        </div>
        <Destination typed={typed} set={set} link={link} problem={problem} />
        <FormProblem problem={problem?.code === "slug_taken" ? null : problem} shown={shownOf(typed)} />
        <Button type="submit" look="primary" busy={isBusy} className="justify-self-start">
          {link ? "Save" : "Create link"}
        </Button>
      </form>
    </Dialog>
  );
}

type DestinationProps = {
  typed: Typed;
  set: (change: Partial<Typed>) => void;
  link: ShareableLink | null;
  problem: Parameters<typeof ParameterFields>[0]["problem"];
};

/** Where it leads and what is added on the way; folded away, because most people need neither. */
function Destination({ typed, set, link, problem }: DestinationProps) {
  const { api } = useScope();
  const { data: program } = useQuery(programQuery(api));
  const isOpen = typed.destination !== "" || typed.rows.some(({ value }) => value !== "");
  const hasDomains = Boolean(program && (program.destination_url || program.link_domains.length > 0));
  const code = typed.slug.trim().toLowerCase() || link?.code || "code";
  const base = typed.destination.trim() || program?.destination_url || `${location.origin}/join`;
  const preview = previewOf(base, parametersOf(typed.rows), code);
  return (
    <details open={isOpen} className="rounded-control border border-line px-4 py-1">
      <summary className="cursor-pointer py-2 font-medium">Destination and parameters</summary>
      <div className="grid gap-5 py-3">
        {hasDomains && (
          <Field
            label="Leads to (optional)"
            hint={allowedWords(program?.link_domains ?? [])}
            inputMode="url"
            autoComplete="off"
            maxLength={2000}
            placeholder={program?.destination_url ?? "https://"}
            value={typed.destination}
            onText={(destination) => set({ destination })}
            error={problem?.fieldMessage("/destination_url")}
          />
        )}
        <ParameterFields rows={typed.rows} onRows={(rows) => set({ rows })} problem={problem} />
        <div>
          <p className="font-medium">Visitors are sent to</p>
          <p className="mt-1 font-mono text-sm wrap-anywhere text-ink-2" aria-live="polite">
            {preview || "Enter a whole web address, such as https://shop.example/spring."}
          </p>
        </div>
      </div>
    </details>
  );
}

function allowedWords(domains: string[]): string {
  return domains.length === 0
    ? "A page of the program’s own site. Left empty: where all links lead."
    : `A page of the program’s own site, or of ${domains.join(", ")}.`;
}

function typedOf(link: ShareableLink | null): Typed {
  return {
    label: link?.label ?? "",
    channel: link?.channel ?? "",
    slug: link?.slug ?? "",
    destination: link?.destination_url ?? "",
    rows: Object.entries(link?.parameters ?? {}).map(([name, value]) => ({ name, value })),
    expiresAt: link?.expires_at ?? null,
    maxUses: link?.max_uses?.toString() ?? "",
  };
}

const shownOf = ({ rows }: Typed): string[] => [...SHOWN, ...rows.map(({ name }) => `/parameters/${name}`)];

/** Of a link that is there only what was changed: a date that has passed may stay. */
function bodyOf(typed: Typed, link: ShareableLink | null): object {
  const before = typedOf(link);
  const isChanged = (key: keyof Typed) => JSON.stringify(typed[key]) !== JSON.stringify(before[key]);
  const textOf = (text: string) => text.trim() || null;
  const body = {
    ...(isChanged("label") ? { label: textOf(typed.label) } : {}),
    ...(isChanged("channel") ? { channel: textOf(typed.channel) } : {}),
    ...(isChanged("slug") ? { slug: textOf(typed.slug) } : {}),
    ...(isChanged("destination") ? { destination_url: textOf(typed.destination) } : {}),
    ...(isChanged("rows") ? { parameters: parametersOf(typed.rows) } : {}),
    ...(isChanged("expiresAt") ? { expires_at: typed.expiresAt } : {}),
    ...(isChanged("maxUses") ? { max_uses: typed.maxUses === "" ? null : Number(typed.maxUses) } : {}),
  };
  return link && Object.keys(body).length === 0 ? { label: textOf(typed.label) } : body;
}
