// The client library writes everything that it is given into the address of the request as well, unless it is told
// apart by these two names, which its types do not know.
export function bodyOnly<T extends object>(body: T, query: Readonly<Record<string, string>> = {}): T {
  return { _query: query, _body: body } as unknown as T;
}
