import { BifocalError, didYouMean } from "@bifocal/contracts";
import { type Attribute, attributes, margin as furthest } from "./token-features-attributes.js";

/** What names and places are told by: each template is one feature, of attributes of the token [0] and its neighbours. */
const entities = [
  "word[0]",
  "lower[0]",
  "word[-1]",
  "word[1]",
  "lower[-1]",
  "lower[1]",
  "lower[-2]",
  "lower[2]",
  "lower[-1] lower[0]",
  "lower[0] lower[1]",
  "lower[-1] lower[1]",
  "lower[-2] lower[-1]",
  "lower[1] lower[2]",
  "prefix1[0]",
  "prefix2[0]",
  "prefix3[0]",
  "prefix4[0]",
  "suffix1[0]",
  "suffix2[0]",
  "suffix3[0]",
  "suffix4[0]",
  "suffix3[-1]",
  "suffix3[1]",
  "shape[0]",
  "shortShape[0]",
  "shortShape[-1]",
  "shortShape[1]",
  "shortShape[-1] shortShape[0]",
  "shortShape[0] shortShape[1]",
  "shortShape[-1] shortShape[0] shortShape[1]",
  "kind[0]",
  "kind[-2] kind[-1] kind[0]",
  "kind[0] kind[1] kind[2]",
  "kind[-1] kind[0] kind[1]",
  "kind[0] lower[-1]",
  "kind[0] lower[1]",
  "kind[0] suffix3[0]",
  "kind[0] suffix2[1]",
  "kind[0] place[0]",
  "kind[0] casing[0]",
  "lower[0] casing[0]",
  "place[0] lower[0]",
  "usage[0] kind[0]",
  "usage[-1] kind[-1] usage[0] kind[0]",
  "usage[0] kind[0] usage[1] kind[1]",
  "usage[0] kind[0] casing[0]",
  "usage[0] kind[0] place[0]",
];

/** What parts of speech are told by. */
const partsOfSpeech = [
  "word[0]",
  "lower[0]",
  "word[-1]",
  "word[1]",
  "lower[-2]",
  "lower[2]",
  "lower[-1] lower[0]",
  "lower[0] lower[1]",
  "lower[-1] lower[1]",
  "prefix1[0]",
  "prefix2[0]",
  "prefix3[0]",
  "prefix4[0]",
  "suffix1[0]",
  "suffix2[0]",
  "suffix3[0]",
  "suffix4[0]",
  "suffix3[-1]",
  "suffix2[-1] suffix2[0]",
  "suffix2[0] suffix2[1]",
  "suffix3[1]",
  "shape[0]",
  "shortShape[0]",
  "kind[0]",
  "kind[-1] kind[0]",
  "kind[0] kind[1]",
  "kind[0] suffix3[0]",
  "kind[0] place[0]",
  "usage[0] kind[0]",
  "suffix4[-1]",
  "suffix4[1]",
  "lower[-2] lower[-1]",
  "lower[1] lower[2]",
  "kind[0] lower[-1]",
  "kind[0] lower[1]",
  "suffix3[0] lower[-1]",
  "suffix3[0] lower[1]",
  "kind[0] casing[0]",
  "suffix2[0] lower[-1] lower[1]",
  "lower[0] casing[0]",
  "usage[0] kind[0] place[0]",
];

/** What is read besides where words have clusters. */
const clusterTemplates = [
  ...["cluster4", "cluster6", "cluster10", "cluster20"].flatMap((each) => [`${each}[-1]`, `${each}[0]`, `${each}[1]`]),
  "cluster6[-1] cluster6[0]",
  "cluster6[0] cluster6[1]",
  "cluster10[-1] cluster10[0]",
  "cluster10[0] cluster10[1]",
  "kind[0] cluster6[0]",
  "kind[0] cluster6[-1]",
  "kind[0] cluster6[1]",
];

/** What is read besides where there are lists of names. */
const nameTemplates = [
  "names[0]",
  "names[-1]",
  "names[1]",
  "names[0] kind[0]",
  "names[-1] names[0]",
  "names[0] names[1]",
];

const knowledgeTemplates = { cluster: clusterTemplates, names: nameTemplates } as const;

/** Lists of templates that go by a name. */
export const templateSets: Readonly<Record<string, readonly string[]>> = { entities, "parts-of-speech": partsOfSpeech };

/** An attribute of the token so many places on. */
export interface TemplatePart {
  readonly attribute: Attribute;
  readonly offset: number;
}

/**
 * The templates that a setting names: a set, or templates themselves parted by semicolons.
 * @throws {BifocalError} `invalid-input`, with the nearest names.
 * @example templatesNamed("word[0]; lower[-1] lower[0]")
 */
export function templatesNamed(name: string): readonly string[] {
  if (Object.hasOwn(templateSets, name)) return templateSets[name];
  const templates = name.split(";").map((template) => template.trim());
  for (const template of templates) partsOf(template);
  return templates;
}

/**
 * The templates that a setting names, and those that read clusters and names where there are such, unless it names these
 * itself. @throws {BifocalError} `invalid-input`, with the nearest names.
 */
export function templatesWith(
  name: string,
  there: Readonly<Record<keyof typeof knowledgeTemplates, boolean>>,
): string[] {
  const templates = templatesNamed(name);
  const unread = (attribute: keyof typeof knowledgeTemplates): readonly string[] =>
    !there[attribute] || templates.some((template) => template.includes(attribute))
      ? []
      : knowledgeTemplates[attribute];
  return [...templates, ...unread("cluster"), ...unread("names")];
}

/** What a template is made of. @throws {BifocalError} `invalid-input`, with the nearest names. */
export function partsOf(template: string): TemplatePart[] {
  return template.split(/\s+/).map((part) => {
    const [, name = part, offset = ""] = /^(\w+)\[(-?\d+)\]$/.exec(part) ?? [];
    const attribute = attributes.find((each) => each === name);
    if (attribute === undefined)
      throw unreadable(part, didYouMean(name, [...attributes, ...Object.keys(templateSets)]));
    if (offset === "" || Math.abs(Number(offset)) > furthest)
      throw unreadable(part, `Write ${name}[0], or up to ${furthest} places away.`);
    return { attribute, offset: Number(offset) };
  });
}

function unreadable(part: string, advice: string): BifocalError {
  return new BifocalError("invalid-input", `"${part}" is no part of a template, such as lower[-1]. ${advice}`);
}
