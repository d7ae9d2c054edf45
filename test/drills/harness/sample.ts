import fc from 'fast-check'

/** `DRILL_SEED` chooses other ones. */
const seed = Number(process.env.DRILL_SEED ?? 5)

/** `DRILL_RUNS=300` is the nightly mode: what is a sample otherwise is whole then. */
export const isNightly = process.env.DRILL_RUNS !== undefined

/** So many of them, drawn by the seed and in their order; in the nightly mode all. */
export function sampled<T>(all: readonly T[], count: number): T[] {
  if (isNightly || all.length <= count) return [...all]
  const [drawn = []] = fc.sample(fc.subarray([...all], {minLength: count, maxLength: count}), {
    seed,
    numRuns: 1,
  })
  return drawn
}
