import { expect, test } from "vitest";
import { chooseAddress, urlOf } from "./address.js";

test("what is given comes before the environment, and that before this machine's port 3000", () => {
  const environment = { HOST: "0.0.0.0", PORT: "8080" };
  expect(chooseAddress({}, {})).toEqual({ host: "127.0.0.1", port: 3000 });
  expect(chooseAddress({}, { HOST: "", PORT: "" })).toEqual({ host: "127.0.0.1", port: 3000 });
  expect(chooseAddress({}, environment)).toEqual({ host: "0.0.0.0", port: 8080 });
  expect(chooseAddress({ host: "::1", port: 0 }, environment)).toEqual({ host: "::1", port: 0 });
});

test.each(["http", "-1", "65536", "80.5", "NaN"])("PORT=%s is refused with the range", (PORT) => {
  expect(() => chooseAddress({}, { PORT })).toThrow(/port must be a whole number from 0 to 65535/);
});

test.each([
  ["127.0.0.1", "http://localhost:80"],
  ["0.0.0.0", "http://localhost:80"],
  ["192.168.1.5", "http://192.168.1.5:80"],
  ["fe80::1", "http://[fe80::1]:80"],
])("%s is reached at %s", (host, url) => {
  expect(urlOf({ host, port: 80 })).toBe(url);
});
