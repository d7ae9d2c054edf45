import type {TerraformResource} from '../plan/resource.js'
import type {AttributeVerdict} from './verdict.js'

/**
 * Verdicts of earlier comparisons: of two plans, or two sets of templates, that differ in a few resources, only these are
 * compared again.
 */
export class Reuse {
  readonly #known = new WeakMap<TerraformResource, Entry>()

  /** @param context what the verdicts depend on beside the two: its parts are compared one by one */
  verdicts(
    resource: TerraformResource,
    context: readonly unknown[],
    compare: () => readonly AttributeVerdict[],
  ): readonly AttributeVerdict[] {
    const known = this.#known.get(resource)
    if (known?.context.every((part, index) => part === context[index])) return known.verdicts
    const verdicts = compare()
    this.#known.set(resource, {context, verdicts})
    return verdicts
  }
}

interface Entry {
  readonly context: readonly unknown[]
  readonly verdicts: readonly AttributeVerdict[]
}
