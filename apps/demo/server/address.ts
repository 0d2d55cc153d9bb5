import { BifocalError, checkOption } from "bifocal";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Where to listen: as given, else as the environment says (`HOST`, `PORT`), else 127.0.0.1:3000.
 * @throws {BifocalError} `invalid-input` where the port is none.
 */
export function chooseAddress(given: Partial<Address>, environment: NodeJS.ProcessEnv = process.env): Address {
  const port = given.port ?? Number(environment.PORT || 3000);
  checkOption("port", { type: "integer", min: 0, max: 65535, about: "where to listen" }, port);
  return { host: given.host ?? (environment.HOST || "127.0.0.1"), port };
}

/** The address as a browser takes it; a server on every interface is reached on this machine. */
export function urlOf({ host, port }: Address): string {
  if (["127.0.0.1", "::1", "0.0.0.0", "::"].includes(host)) return `http://localhost:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

const refusals: Readonly<Record<string, (address: Address) => BifocalError>> = {
  EADDRINUSE: ({ host, port }) => {
    const way = `Choose another: PORT=${port + 1} npm start, or bifocal serve --port ${port + 1}.`;
    return new BifocalError("address-in-use", `Port ${port} on ${host} is taken. ${way}`);
  },
  EACCES: ({ port }) =>
    new BifocalError("not-permitted", `This user may not listen on port ${port}. Choose one above 1023.`),
  EADDRNOTAVAIL: unknownHost,
  ENOTFOUND: unknownHost,
};

/** Why the system refused an address. */
export function refusalOf(error: NodeJS.ErrnoException, address: Address): BifocalError {
  const refusal = refusals[error.code ?? ""];
  return refusal?.(address) ?? new BifocalError("internal", `Cannot listen on ${urlOf(address)}.`, { cause: error });
}

function unknownHost({ host }: Address): BifocalError {
  return new BifocalError("invalid-input", `This machine has no address "${host}". Use 127.0.0.1, or 0.0.0.0 for all.`);
}
