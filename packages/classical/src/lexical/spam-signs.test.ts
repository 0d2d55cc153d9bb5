import { classifierChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { spamSigns } from "./spam-signs.js";

for (const { name, run } of classifierChecks(spamSigns)) test(name, run);

test.each([
  ["WINNER!! Claim your free prize now, call 09061701461", "spam", 1.5],
  ["You have won £500, call 09061701461", "spam", 1.5],
  ["Please call me on 09061701461", "ham", 0.5],
  ["Are we still on for lunch tomorrow?", "ham", 2.5],
  ["See you in 2012, it costs £5", "ham", 1.5],
  ["Visit www.example.com and reply STOP", "spam", 0.5],
  ["", "ham", 2.5],
])("%s is %s by %d", async (text, label, margin) => {
  const [result] = await spamSigns().classify([text]);
  expect(result).toMatchObject({ label, score: margin });
});
