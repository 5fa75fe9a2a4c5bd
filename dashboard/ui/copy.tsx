import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { useVoice } from "./toast.tsx";

const DONE_MS = 2_000;

type Props = {
  text: string;
  /** What a reader hears and sees when it worked: "Link copied". */
  done: string;
  label?: string;
  look?: "primary" | "secondary" | "quiet";
  className?: string;
};

export function CopyButton({ text, done, label = "Copy", look = "secondary", className = "" }: Props) {
  const { announce, toast } = useVoice();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), DONE_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    if (await writeClipboard(text)) {
      setCopied(true);
      announce(done);
    } else {
      toast("Copying is blocked here. Select the text and copy it by hand.");
    }
  };
  return (
    <Button look={look} icon={copied ? "check" : "copy"} onClick={copy} className={className}>
      {copied ? done : label}
    </Button>
  );
}

/** A value to take along: shown whole, selected with one click, copied with one button. */
export function CopyField({
  label,
  text,
  done,
  look,
  children,
}: { label: string; children?: ComponentChildren } & Omit<Props, "label">) {
  const ref = useRef<HTMLInputElement>(null);
  return (
    <div className="flex gap-2 max-sm:flex-col">
      <input
        ref={ref}
        readOnly
        aria-label={label}
        value={text}
        onFocus={() => ref.current?.select()}
        className="min-h-11 w-full min-w-0 flex-1 rounded-control border border-line-strong bg-surface px-3 font-mono text-base text-ink text-ellipsis"
      />
      <CopyButton
        text={text}
        done={done}
        label={`Copy ${label.toLowerCase()}`}
        look={look ?? "primary"}
        className="min-h-11 min-w-32"
      />
      {children}
    </div>
  );
}

/** The clipboard needs a secure page; on plain http the old command still works. */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const holder = document.createElement("textarea");
  holder.value = text;
  holder.className = "sr-only";
  const focused = document.activeElement;
  (document.querySelector("dialog[open]") ?? document.body).append(holder);
  holder.select();
  const worked = document.execCommand("copy");
  holder.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return worked;
}
