import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useScope } from "../../../../parts/scope.tsx";
import { pathOf } from "../../../../parts/use-brand.ts";
import { brandQuery } from "../../../../queries.ts";
import { Button } from "../../../../ui/button.tsx";
import { FormProblem } from "../../../../ui/form-problem.tsx";
import { Section } from "../../../../ui/page.tsx";
import { useVoice } from "../../../../ui/toast.tsx";
import { useSubmit } from "../../../../ui/use-submit.ts";
import type { Brand } from "../../../../wire.ts";

const BYTES_MAX = 512 * 1024;

/** The picture beside the name, drawn anew on our side so that nothing hidden in the file survives. */
export function LogoSetting({ brand }: { brand: Brand }) {
  const { api } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const input = useRef<HTMLInputElement>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const { submit, isBusy, problem } = useSubmit(
    (image: string | null) =>
      image === null ? api.remove("/v1/brand/logo") : api.put<Brand>("/v1/brand/logo", { body: { image } }),
    () => {
      void client.invalidateQueries({ queryKey: brandQuery(api).queryKey });
      toast("Saved. Pages show it from now on.");
    },
  );
  const take = async (file: File | undefined) => {
    if (!file) return;
    setTooLarge(file.size > BYTES_MAX);
    if (file.size <= BYTES_MAX) void submit(await base64Of(file));
  };
  const { logo } = brand;
  return (
    <Section title="Logo">
      <div className="mt-4 flex flex-wrap items-center gap-4">
        <div className="grid min-h-20 min-w-40 place-items-center rounded-surface border border-line bg-white p-4">
          {logo ? (
            <img
              src={pathOf(logo.url)}
              alt="Your logo"
              width={logo.width}
              height={logo.height}
              className="h-12 w-auto max-w-60 object-contain"
            />
          ) : (
            <span className="text-sm text-[#585953]">No logo: pages show the name</span>
          )}
        </div>
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          aria-label="Logo file"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
        <Button busy={isBusy} onClick={() => input.current?.click()}>
          {logo ? "Replace" : "Choose a file"}
        </Button>
        {logo && (
          <Button look="quiet" busy={isBusy} onClick={() => void submit(null)}>
            Remove
          </Button>
        )}
      </div>
      <p className="mt-3 text-sm text-ink-2">
        PNG, JPEG or WebP, at most 512 kB. On a transparent ground it looks best.
      </p>
      {tooLarge && (
        <p role="alert" className="mt-2 text-sm text-bad">
          This file is larger than 512 kB.
        </p>
      )}
      <FormProblem problem={problem} />
    </Section>
  );
}

const CHUNK = 0x8000;

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}
