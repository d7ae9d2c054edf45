import {BaseSequencer, type TestSpecification} from 'vitest/node'

/**
 * The order of test files for two workers that each take the next one: those that take longest first, so that none of
 * them is left for the end, where the other core would have nothing to do.
 *
 * @param names ends of paths without `.test.ts`, in this order; all others follow in vitest's own order
 */
export function longestFirst(names: readonly string[]) {
  const place = ({moduleId}: TestSpecification) => {
    const at = names.findIndex(name => moduleId.endsWith(`/${name}.test.ts`))
    return at === -1 ? names.length : at
  }
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      return (await super.sort(files)).sort((a, b) => place(a) - place(b))
    }
  }
}
