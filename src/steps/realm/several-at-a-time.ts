/** Keycloak answers from one core or two; more at a time only wait in its queue. */
const atATime = 8

/** Does `work` for each, several at a time; after a failure nothing is begun any more. */
export async function severalAtATime<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values()
  let failed = false
  await Promise.all(
    Array.from({length: atATime}, async () => {
      for (const item of rest) {
        if (failed) return
        try {
          await work(item)
        } catch (error) {
          failed = true
          throw error
        }
      }
    }),
  )
}
