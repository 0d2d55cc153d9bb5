/** How much one request, and one client, may ask for. */
export interface Limits {
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
  /** UTF-16 units of one text. Models run on the server's own thread, so a text bounds how long others wait. */
  readonly textLength: number;
  /** Texts in one request. */
  readonly texts: number;
  /** Requests to /v1 that one address may make in a minute. */
  readonly requestsPerMinute: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 2 * 2 ** 20,
  textLength: 2 ** 20,
  texts: 1000,
  requestsPerMinute: 600,
};
