import {checkParameters, checkRules, type Template} from '../../template/index.js'
import type {JsonObject} from '../json.js'
import type {TerraformPlan} from '../plan/resource.js'
import type {Choice} from '../templates/choice.js'
import {type Converted, convert} from './convert.js'
import {assumedRegion, placeOf} from './place.js'
import type {Source, VariableRow} from './table.js'

/** A variable that the templates could not be given. */
export interface Unused {
  readonly variable: string
  /** Undefined for a variable that the table does not know. */
  readonly parameter: string | undefined
  readonly reason: string
}

/** What the templates are compared with. */
export interface Derived {
  /** What is given wins over what follows from the plan. */
  readonly choice: Choice
  /** Parameters whose constraints do not count. */
  readonly beyond: readonly string[]
  readonly unused: readonly Unused[]
}

type Given = Readonly<Record<string, string>>

/**
 * The parameters of the main template that follow from a plan. What they would not take is left out and told: the parameter
 * keeps its default, and the comparison shows what differs then.
 * @param given parameters that the user gave, checked one by one
 */
export function parametersOf(
  plan: TerraformPlan,
  options: {table: readonly VariableRow[]; main: Template; given: Given},
): Derived {
  const {table, main, given} = options
  const found = new Derivation(plan, main, given)
  for (const {parameters} of table)
    for (const [name, sources] of parameters) if (!Object.hasOwn(given, name)) found.derive(name, sources)
  found.obeyRules()
  const unknown = unknownVariables(plan, table).map(variable => ({
    variable,
    parameter: undefined,
    reason: 'parity/variables.yaml does not know it',
  }))
  const variable = table.flatMap(({region}) => region).find(({from}) => from !== undefined)?.from ?? ''
  const {isAssumed, ...place} = placeOf(plan, valuesOf(plan)[variable])
  const reason = `the plan says nothing of its region; ${assumedRegion} is assumed`
  return {
    choice: {...place, layout: 'nested', parameters: {...found.parameters, ...given}},
    beyond: found.beyond,
    unused: [...unknown, ...(isAssumed ? [{variable, parameter: undefined, reason}] : []), ...found.unused],
  }
}

/** The variables of a plan's root module that no row has. */
export function unknownVariables({variables}: TerraformPlan, table: readonly VariableRow[]): string[] {
  const known = new Set(table.flatMap(({terraform}) => terraform))
  return Object.keys(variables).filter(name => !known.has(name))
}

class Derivation {
  readonly parameters: Record<string, string> = {}
  readonly beyond: string[] = []
  readonly unused: Unused[] = []
  /** By parameter. */
  readonly #variables = new Map<string, string>()
  readonly #plan: TerraformPlan
  readonly #main: Template
  readonly #given: Given

  constructor(plan: TerraformPlan, main: Template, given: Given) {
    this.#plan = plan
    this.#main = main
    this.#given = given
  }

  derive(name: string, sources: readonly Source[]): void {
    // Templates of somebody's own may lack it.
    if (!Object.hasOwn(this.#main.parameters, name)) return
    const source = sources.find(one => holds(one, valuesOf(this.#plan)))
    if (source === undefined) return
    const variable = source.from ?? ''
    const converted = this.#converted(source)
    if (converted === undefined) return
    if ('problem' in converted) {
      const reason = `${converted.problem}; ${name} keeps its default`
      this.unused.push({variable, parameter: name, reason})
      return
    }
    const finding = checkParameters(this.#main, {[name]: converted.text}).find(
      one => one.parameter === name && one.kind === 'constraint',
    )
    if (finding !== undefined) {
      const what = source.beyond ? 'it is compared all the same' : `${name} keeps its default`
      this.unused.push({variable, parameter: name, reason: `${withoutStop(finding.message)}; ${what}`})
      if (!source.beyond) return
      this.beyond.push(name)
    }
    this.parameters[name] = converted.text
    this.#variables.set(name, variable)
  }

  #converted({from, as, attribute, with: beside, else: other, value}: Source): Converted {
    if (value !== undefined) return {text: value}
    if (from !== undefined) return convert(valuesOf(this.#plan)[from], as)
    if (attribute === undefined || (beside !== undefined && !this.#all()[beside])) return undefined
    const {type, name} = attribute
    const known = this.#plan.resources
      .filter(resource => resource.type === type)
      .map(({values}) => values[name])
      .find(one => typeof one === 'string')
    return convert(known ?? other, as)
  }

  /** Leaves out what breaks a rule of the template, as long as it is not the user's own. */
  obeyRules(): void {
    for (;;) {
      const rule = checkRules({template: this.#main, parameters: this.#all()}).find(({parameters}) =>
        parameters.some(name => this.#variables.has(name)),
      )
      if (rule === undefined) return
      for (const name of rule.parameters) {
        const variable = this.#variables.get(name)
        if (variable === undefined) continue
        this.#variables.delete(name)
        delete this.parameters[name]
        const reason = `${withoutStop(rule.message)}; ${name} keeps its default`
        this.unused.push({variable, parameter: name, reason})
      }
    }
  }

  #all(): Record<string, string> {
    const defaults = Object.entries(this.#main.parameters).map(([name, {default: value}]) => [
      name,
      value ?? '',
    ])
    return {...Object.fromEntries(defaults), ...this.parameters, ...this.#given}
  }
}

/** Of the root module, and inputs of the modules that it calls. */
function valuesOf({variables, inputs}: TerraformPlan): JsonObject {
  return {...inputs, ...variables}
}

function holds(source: Source, values: JsonObject): boolean {
  const isTrue = (name: string) => values[name] === true || values[name] === 'true'
  const wanted = source.if === undefined || isTrue(source.if)
  return wanted && (source.unless === undefined || !isTrue(source.unless))
}

/** A sentence that continues. */
function withoutStop(text: string): string {
  return text.replace(/\.$/, '')
}
