/**
 * Asks for page after page until AWS gives no token (absent or empty) and returns all items in order.
 * @param next gets the token of the page to ask for, undefined for the first.
 */
export async function allPages<Item>(
  next: (
    token: string | undefined,
  ) => Promise<{items: readonly Item[] | undefined; token: string | undefined}>,
): Promise<readonly Item[]> {
  const all: Item[] = []
  let token: string | undefined
  do {
    const page = await next(token)
    all.push(...(page.items ?? []))
    token = page.token || undefined
  } while (token !== undefined)
  return all
}

/** Splits `items` into runs of at most `size`, for calls that accept a limited number. */
export function batches<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({length: Math.ceil(items.length / size)}, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

/** What `ask` gives; `absent` when it throws an error that `isAbsent` knows. Every other error passes through. */
export async function unlessAbsent<T, A>(
  ask: () => Promise<T>,
  isAbsent: (error: unknown) => boolean,
  absent: A,
): Promise<T | A> {
  try {
    return await ask()
  } catch (error) {
    if (isAbsent(error)) return absent
    throw error
  }
}
