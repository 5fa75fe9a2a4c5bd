import { describe, expect, it } from "vitest";
import { nextRow, type TreeRow } from "./tree-grid.tsx";

const row = (id: string, parentId: string | null, depth: number, isOpen?: boolean): TreeRow<null> => ({
  id,
  parentId,
  depth,
  node: null,
  isOpen,
  position: 1,
  siblings: 1,
});
const rows = [row("a", null, 0, true), row("a1", "a", 1), row("a2", "a", 1, false), row("b", null, 0)];
const target = (key: string, at: number) => {
  const next = nextRow(key, rows, at);
  return next === null || next === "toggle" ? next : next.id;
};

describe("the keys of a tree grid", () => {
  it("moves through what is visible", () => {
    expect(target("ArrowDown", 0)).toBe("a1");
    expect(target("ArrowUp", 0)).toBeNull();
    expect(target("ArrowDown", 3)).toBeNull();
    expect(target("End", 0)).toBe("b");
    expect(target("Home", 3)).toBe("a");
  });

  it("opens and goes in to the right", () => {
    expect(target("ArrowRight", 2)).toBe("toggle");
    expect(target("ArrowRight", 0)).toBe("a1");
    expect(target("ArrowRight", 1)).toBeNull();
  });

  it("closes and goes out to the left", () => {
    expect(target("ArrowLeft", 0)).toBe("toggle");
    expect(target("ArrowLeft", 2)).toBe("a");
    expect(target("ArrowLeft", 3)).toBeNull();
  });

  it("toggles a branch by Enter and leaves other keys alone", () => {
    expect(target("Enter", 0)).toBe("toggle");
    expect(target("Enter", 1)).toBeNull();
    expect(target("x", 0)).toBeNull();
  });
});
