import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { createTurns } from "./turns.js";

test("work is done one at a time, what is interactive before what is bulk", async () => {
  const turns = createTurns();
  const done: string[] = [];
  let running = 0;
  const work = (name: string) => async () => {
    expect(++running).toBe(1);
    await setTimeout(2);
    running--;
    done.push(name);
    return name;
  };
  const all = [
    turns.take("bulk", work("a")),
    turns.take("bulk", work("b")),
    turns.take("interactive", work("c")),
    turns.take("bulk", work("d")),
    turns.take("interactive", work("e")),
  ];
  expect(await Promise.all(all)).toEqual(["a", "b", "c", "d", "e"]);
  expect(done).toEqual(["a", "c", "e", "b", "d"]);
});

test("work that fails lets the next begin", async () => {
  const turns = createTurns();
  const broken = turns.take("bulk", async () => {
    throw new Error("no");
  });
  const next = turns.take("bulk", async () => "yes");
  await expect(broken).rejects.toThrow("no");
  expect(await next).toBe("yes");
  expect(await turns.take("interactive", async () => "still")).toBe("still");
});
