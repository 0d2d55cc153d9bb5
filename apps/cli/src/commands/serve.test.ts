import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { cli } from "../../testing/session.js";

test("a port that is taken is told, with what to do", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" ? address?.port : 0;
  const { code, stderr } = await cli(["serve", "--port", String(port)]);
  taken.close();
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^bifocal: Port ${port} .*taken.*--port.*\n$`));
});
