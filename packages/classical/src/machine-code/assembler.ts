/**
 * Writes functions in WebAssembly: expressions as bytes, in the binary format of its core specification (version 1, with
 * shared memory). For inner loops alone, where a JavaScript engine checks each index and the kind of each array anew.
 */

/** Instructions one after the other. */
export type Code = readonly number[];

/** `f64x2` are two numbers of double precision, which are computed with at once. */
export type NumberType = "i32" | "i64" | "f64" | "f64x2";

const typeCodes: Readonly<Record<NumberType, number>> = { i32: 0x7f, i64: 0x7e, f64: 0x7c, f64x2: 0x7b };
const noResult = 0x40;

type Operator = (left: Code, right: Code) => Code;
const operator =
  (...code: Code): Operator =>
  (left, right) => [...left, ...right, ...code];
/** Instructions on several numbers at once. */
const several = (code: number): Code => [0xfd, ...unsigned(code)];
const pairOperator = (code: number): Operator => operator(...several(code));

/** Whole numbers of 32 bits, addresses among them; loads and stores may be `offset` bytes beyond an address. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  load: (address: Code, offset = 0): Code => [...address, 0x28, 2, ...unsigned(offset)],
  load8: (address: Code): Code => [...address, 0x2d, 0, 0],
  loadSigned8: (address: Code): Code => [...address, 0x2c, 0, 0],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x36, 2, ...unsigned(offset)],
  load16: (address: Code): Code => [...address, 0x2f, 1, 0],
  store8: (address: Code, value: Code): Code => [...address, ...value, 0x3a, 0, 0],
  store16: (address: Code, value: Code): Code => [...address, ...value, 0x3b, 1, 0],
  add: operator(0x6a),
  subtract: operator(0x6b),
  multiply: operator(0x6c),
  shiftLeft: (value: Code, bits: number): Code => [...value, ...i32.const(bits), 0x74],
  /** Of a number without sign. */
  shiftRight: (value: Code, bits: number): Code => [...value, ...i32.const(bits), 0x76],
  isBelow: operator(0x49),
  isEqual: operator(0x46),
  exclusiveOr: operator(0x73),
  isZero: (value: Code): Code => [...value, 0x45],
  and: operator(0x71),
  or: operator(0x72),
  toF64: (value: Code): Code => [...value, 0xb7],
} as const;

/** Whole numbers of 64 bits. */
export const i64 = {
  const: (value: bigint): Code => [0x42, ...signed(BigInt.asIntN(64, value))],
  load: (address: Code, offset = 0): Code => [...address, 0x29, 0, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x37, 0, ...unsigned(offset)],
  add: operator(0x7c),
  multiply: operator(0x7e),
  and: operator(0x83),
  or: operator(0x84),
  exclusiveOr: operator(0x85),
  shiftRight: operator(0x88),
  shiftLeft: (value: Code, bits: number): Code => [...value, ...i64.const(BigInt(bits)), 0x86],
  isEqual: operator(0x51),
  toI32: (value: Code): Code => [...value, 0xa7],
  fromI32: (value: Code): Code => [...value, 0xad],
} as const;

/** Numbers of double precision. */
export const f64 = {
  const: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  load: (address: Code, offset = 0): Code => [...address, 0x2b, 3, ...unsigned(offset)],
  /** Of a number of single precision. */
  loadSingle: (address: Code): Code => [...address, 0x2a, 2, 0, 0xbb],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x39, 3, ...unsigned(offset)],
  add: operator(0xa0),
  subtract: operator(0xa1),
  multiply: operator(0xa2),
  product: (...factors: readonly Code[]): Code => factors.reduce(operator(0xa2)),
  divide: operator(0xa3),
  smaller: operator(0xa4),
  larger: operator(0xa5),
  negate: (value: Code): Code => [...value, 0x9a],
  magnitude: (value: Code): Code => [...value, 0x99],
  isEqual: operator(0x61),
  isUnequal: operator(0x62),
  isBelow: operator(0x63),
  isAbove: operator(0x64),
  isAtLeast: operator(0x66),
} as const;

/** Two numbers of double precision, side by side in memory. */
export const f64x2 = {
  load: (address: Code, offset = 0): Code => [...address, ...several(0x00), 3, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [
    ...[...address, ...value],
    ...[...several(0x0b), 3, ...unsigned(offset)],
  ],
  /** The number at an address, twice. */
  loadTwice: (address: Code): Code => [...address, ...several(0x0a), 3, 0],
  /** A number, twice. */
  twice: (value: Code): Code => [...value, ...several(0x14)],
  const: (value: number): Code => f64x2.twice(f64.const(value)),
  first: (pair: Code): Code => [...pair, ...several(0x21), 0],
  second: (pair: Code): Code => [...pair, ...several(0x21), 1],
  add: pairOperator(0xf0),
  subtract: pairOperator(0xf1),
  multiply: pairOperator(0xf2),
  /** All bits of a number where it is at least the other, otherwise none. */
  isAtLeast: pairOperator(0x4c),
  and: pairOperator(0x4e),
  /** As whole numbers of 64 bits. */
  addBits: pairOperator(0xce),
  shiftBitsLeft: (pair: Code, bits: number): Code => [...pair, ...i32.const(bits), ...several(0xcb)],
} as const;

/** `chosen` where the condition holds, otherwise `other`; both are worked out. */
export const select = (condition: Code, chosen: Code, other: Code): Code => [...chosen, ...other, ...condition, 0x1b];

export const when = (condition: Code, ...then: Code[]): Code => [...condition, 0x04, noResult, ...then.flat(), 0x0b];

export const whenElse = (condition: Code, then: readonly Code[], otherwise: readonly Code[]): Code => [
  ...condition,
  ...[0x04, noResult, ...then.flat(), 0x05, ...otherwise.flat(), 0x0b],
];

/** A number that only one of the two is worked out for. */
export const either = (type: NumberType, condition: Code, chosen: Code, other: Code): Code => [
  ...condition,
  ...[0x04, typeCodes[type], ...chosen, 0x05, ...other, 0x0b],
];

/** Again and again as long as the condition holds. */
export const loopWhile = (condition: Code, ...body: Code[]): Code => [
  ...[0x02, noResult, 0x03, noResult],
  ...[...i32.isZero(condition), 0x0d, 1],
  ...[...body.flat(), 0x0c, 0, 0x0b, 0x0b],
];

/** A parameter of a function, or a number that it keeps. */
export interface Variable {
  readonly get: Code;
  set(value: Code): Code;
  /** Sets it to itself and so much more. */
  add(value: Code): Code;
}

/** Variables of one type, by their names. */
export function variables<N extends string, T extends NumberType>(type: T, ...names: readonly N[]): Record<N, T> {
  return Object.fromEntries(names.map((name) => [name, type])) as Record<N, T>;
}

/** A function of some name, written down. */
export interface MachineFunction {
  readonly parameters: readonly NumberType[];
  readonly results: readonly NumberType[];
  /** Its variables and instructions. */
  readonly body: Code;
}

/** Writes a function; what it keeps begins at 0, and what the last instruction leaves is its result. */
export function machineFunction<P extends string, V extends string>(
  parameters: Readonly<Record<P, NumberType>>,
  kept: Readonly<Record<V, NumberType>>,
  results: readonly NumberType[],
  write: (variables: Readonly<Record<P | V, Variable>>) => readonly Code[],
): MachineFunction {
  const types: Readonly<Record<string, NumberType>> = { ...parameters, ...kept };
  const variables = Object.fromEntries(Object.keys(types).map((name, at) => [name, variable(types[name], at)]));
  const keptTypes = Object.values<NumberType>(kept);
  const declared = keptTypes.flatMap((type) => [1, typeCodes[type]]);
  return {
    parameters: Object.values<NumberType>(parameters),
    results,
    // Written when a module is made of it: most processes import such functions and use none.
    get body() {
      const code = write(variables as Record<P | V, Variable>).flat();
      return [...unsigned(keptTypes.length), ...declared, ...code, 0x0b];
    },
  };
}

const adders: Readonly<Record<NumberType, Operator>> = { i32: i32.add, i64: i64.add, f64: f64.add, f64x2: f64x2.add };

function variable(type: NumberType, at: number): Variable {
  const get: Code = [0x20, ...unsigned(at)];
  const set = (value: Code): Code => [...value, 0x21, ...unsigned(at)];
  return { get, set, add: (value) => set(adders[type](get, value)) };
}

/** Calls a function by its number in the module, imported ones first. */
export const call = (number: number, ...values: Code[]): Code => [...values.flat(), 0x10, ...unsigned(number)];

/** Works a number out for what else that does. */
export const drop = (value: Code): Code => [...value, 0x1a];

/**
 * The bytes of a module over a memory that it imports as `env.memory`; functions of a number that it imports from `env`
 * come first, the others after them, and are exported under their names.
 */
export function machineModule(
  imported: readonly string[],
  functions: Readonly<Record<string, MachineFunction>>,
  mostPages: number,
): Uint8Array {
  const all = Object.values(functions);
  const types = [{ parameters: ["f64"], results: ["f64"] } as const, ...all];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      types.map(({ parameters, results }) => [0x60, ...typesOf(parameters), ...typesOf(results)]),
    ),
    ...section(2, [
      [...named("env"), ...named("memory"), 0x02, 0x03, 1, ...unsigned(mostPages)],
      ...imported.map((name) => [...named("env"), ...named(name), 0x00, 0]),
    ]),
    ...section(
      3,
      all.map((_, at) => unsigned(at + 1)),
    ),
    ...section(
      7,
      Object.keys(functions).map((name, at) => [...named(name), 0x00, ...unsigned(imported.length + at)]),
    ),
    ...section(
      10,
      all.map(({ body }) => [...unsigned(body.length), ...body]),
    ),
  ]);
}

function section(id: number, items: readonly Code[]): Code {
  const content = [...unsigned(items.length), ...items.flat()];
  return [id, ...unsigned(content.length), ...content];
}

function typesOf(types: readonly NumberType[]): Code {
  return [types.length, ...types.map((type) => typeCodes[type])];
}

function named(name: string): Code {
  return [name.length, ...new TextEncoder().encode(name)];
}

/** LEB128 of a number from 0 on. */
export function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** LEB128 of a number of either sign, of 32 bits, or as a bigint of 64. */
export function signed(value: number | bigint): Code {
  const [low, rest] = [Number(BigInt(value) & 0x7fn), BigInt(value) >> 7n];
  return (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40) ? [low] : [low | 0x80, ...signed(rest)];
}
