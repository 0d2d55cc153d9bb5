const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED)\b/;

/**
 * Does what needs npm's registry.
 * @returns why it could not, where no registry is at hand; nothing where it could.
 * @throws what the work throws for another reason.
 */
export async function whyUnreachable(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const [code] = unreachable.exec(String(error)) ?? [];
    if (code === undefined) throw error;
    return `npm cannot reach its registry (${code})`;
  }
}
