import type { ComponentChildren } from "preact";
import { Component } from "react";
import { Button } from "./button.tsx";

/** A page that fails to draw, or whose code a newer version has replaced, says so and leaves the rest standing. */
export class ErrorBoundary extends Component<{ children: ComponentChildren }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static override getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div role="alert" className="flex flex-col items-start gap-2 px-4 py-12">
        <p className="text-md font-medium">This page could not be drawn</p>
        <p className="max-w-[58ch] text-ink-2">
          Perhaps a newer version was installed while it was open. Nothing was changed.
        </p>
        <Button className="mt-2" onClick={() => location.reload()}>
          Load it again
        </Button>
      </div>
    );
  }
}
