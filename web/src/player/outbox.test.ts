// SPDX-License-Identifier: GPL-3.0-or-later
import { describe, expect, it } from "vitest";

import { Outbox, type Heartbeat, type Shelf } from "./outbox";

class MemoryShelf implements Shelf {
  readonly kept = new Map<string, string>();
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }
  removeItem(key: string): void {
    this.kept.delete(key);
  }
}

function beat(seq: number): Heartbeat {
  const from = (seq - 1) * 15_000;
  return {
    seq,
    from_ms: from,
    to_ms: from + 15_000,
    wall_ms: 15_000,
    position_ms: from + 15_000,
    form: "plain",
    speed_percent: 100,
  };
}

describe("Outbox", () => {
  it("keeps what is not confirmed over a closed tab", () => {
    const shelf = new MemoryShelf();
    const before = new Outbox(shelf, "box");
    before.add("s1", beat(1));
    before.add("s1", beat(2));
    before.confirm("s1", [1]);
    const after = new Outbox(shelf, "box");
    expect(after.next(10)).toEqual({ session: "s1", beats: [beat(2)] });
  });

  it("leaves nothing behind when all is confirmed", () => {
    const shelf = new MemoryShelf();
    const box = new Outbox(shelf, "box");
    box.add("s1", beat(1));
    box.confirm("s1", [1]);
    expect(box.next(10)).toBeUndefined();
    expect(shelf.kept.size).toBe(0);
  });

  it("hands out one session at a time, oldest first, in batches", () => {
    const box = new Outbox(undefined, "box");
    for (const seq of [1, 2, 3]) box.add("old", beat(seq));
    box.add("new", beat(1));
    expect(box.next(2)?.beats.map(({ seq }) => seq)).toEqual([1, 2]);
    box.confirm("old", [1, 2, 3]);
    expect(box.next(2)?.session).toBe("new");
  });

  it("forgets a session that the server does not know", () => {
    const box = new Outbox(undefined, "box");
    box.add("gone", beat(1));
    box.add("here", beat(1));
    box.forget("gone");
    expect(box.next(10)?.session).toBe("here");
  });

  it("starts empty when what is stored is damaged", () => {
    for (const stored of ["not json", "{}", "[1,null]", '[{"session":"s"}]', '[{"session":"s","beat":null}]']) {
      const shelf = new MemoryShelf();
      shelf.setItem("box", stored);
      expect(new Outbox(shelf, "box").size).toBe(0);
    }
  });

  it("goes on in memory when the browser refuses to store", () => {
    const full: Shelf = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
      removeItem: () => undefined,
    };
    const box = new Outbox(full, "box");
    box.add("s1", beat(1));
    expect(box.size).toBe(1);
  });

  it("is bounded, and lets the oldest go", () => {
    const box = new Outbox(undefined, "box");
    for (let seq = 1; seq <= 510; seq += 1) box.add("s1", beat(seq));
    expect(box.size).toBe(500);
    expect(box.next(1)?.beats[0]?.seq).toBe(11);
  });
});
