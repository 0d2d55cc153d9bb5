import { BifocalError } from "bifocal";
import type { RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import helmet from "helmet";
import { sendError } from "./errors.js";
import { statuses } from "./statuses.js";

/** Headers that let the page run its own scripts and styles, speak to its own server, and nothing else. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
      },
    },
    // The server speaks plain HTTP; whoever puts TLS in front of it decides on this header.
    strictTransportSecurity: false,
  });
}

/** Refuses, with `overloaded`, an address that asks too often; the headers RateLimit-* say how much is left. */
export function limitRate(requestsPerMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    standardHeaders: "draft-7",
    legacyHeaders: false,
    validate: { xForwardedForHeader: false },
    handler: (_request, response) => {
      const message = `More than ${requestsPerMinute} requests in a minute. Wait a minute, or send several texts in one.`;
      sendError(response, new BifocalError("overloaded", message), statuses.overloaded);
    },
  });
}
