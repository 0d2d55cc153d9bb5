import { BifocalError } from "bifocal";
import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import type { ErrorAnswer } from "./answers.js";
import { statuses } from "./statuses.js";

/** Where the server says what went wrong inside it. Never given an input text. */
export type Log = (line: string) => void;

/** Answers every error as `{error: {code, message}}`. What is foreign stays inside: its message may hold a text. */
export function errorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const known = toBifocalError(error);
    if (isOwnFault(known)) log(`${request.method} ${request.path}: ${known.code}\n${framesOf(error)}`);
    sendError(response, known, statuses[known.code]);
  };
}

/** Answers what no route did. */
export const notFound: RequestHandler = (request, response) => {
  const message = `There is no ${request.method} ${request.path.slice(0, 100)}. See GET /v1/models, POST /v1/run, GET /healthz.`;
  sendError(response, new BifocalError("invalid-input", message), 404);
};

export function sendError(response: Response, { code, message }: BifocalError, status: number): void {
  const answer: ErrorAnswer = { error: { code, message } };
  response.status(status).json(answer);
}

function toBifocalError(error: unknown): BifocalError {
  if (error instanceof BifocalError) return error;
  const status = statusOf(error);
  if (status === 413)
    return new BifocalError("too-large", "The body is too large; send the texts in several requests.");
  if (status >= 400 && status < 500) {
    return new BifocalError("invalid-input", "The request cannot be read: send well-formed JSON, encoded in UTF-8.");
  }
  return new BifocalError("internal", "The server failed on this request. Its log says where.", { cause: error });
}

/** Express and its parsers put the status that they mean on their errors. */
function statusOf(error: unknown): number {
  return error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : 500;
}

/** A deadline that has passed was the client's to choose. */
function isOwnFault({ code }: BifocalError): boolean {
  return statuses[code] >= 500 && code !== "deadline-exceeded";
}

/** The stack without the message. */
function framesOf(error: unknown): string {
  const lines = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  return lines.filter((line) => line.startsWith("    at ")).join("\n");
}
