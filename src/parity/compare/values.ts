import {isDeepStrictEqual} from 'node:util'
import type {Json} from '../json.js'
import type {Normaliser} from '../properties/row.js'
import type {Deployed} from '../templates/deployed.js'
import {propertySteps} from './containers.js'
import type {Identities} from './identities.js'
import {pairsOfMembers} from './members.js'
import {canonical, isWhole, structured} from './normalisers.js'
import {mapTexts} from './scalars.js'
import {pointersIn, StandIns} from './stand-ins.js'

/** A place where two values are not the same; `undefined` where one has nothing there. */
export interface ValueDifference {
  /** Below the attribute and the property. */
  readonly attributeSteps: readonly string[]
  readonly propertySteps: readonly string[]
  readonly terraform: Json | undefined
  readonly here: Json | undefined
}

/** Compares values of the two sides: what points at a resource is written alike before anything else is looked at. */
export class Values {
  readonly #identities: Identities
  readonly #standIns: StandIns

  constructor(identities: Identities, deployed: Deployed) {
    this.#identities = identities
    this.#standIns = new StandIns(deployed)
  }

  /** Of what values of the templates depend on beside themselves. */
  get fingerprint(): string {
    return this.#standIns.fingerprint
  }

  differences(terraform: Json | undefined, here: Json | undefined, as: Normaliser): ValueDifference[] {
    if (terraform === undefined && here === undefined) return []
    const sides = [terraform, here].map(value => (value === undefined ? nothing(as) : structured(value, as)))
    const pairs = isWhole(as)
      ? [{steps: [], terraform: sides[0], here: sides[1]}]
      : pairsOfMembers(sides[0], sides[1])
    return pairs.flatMap(pair => {
      const own = pair.here === undefined ? undefined : this.here(pair.here, as)
      const other =
        pair.terraform === undefined
          ? undefined
          : this.terraform(pair.terraform, own === undefined ? [] : pointersIn(own), as)
      if (isDeepStrictEqual(own, other)) return []
      const steps = as === 'containers' ? propertySteps(pair.steps) : pair.steps
      return [{attributeSteps: pair.steps, propertySteps: steps, terraform: other, here: own}]
    })
  }

  /** A value of the templates in the form that is compared. */
  here(value: Json, as: Normaliser): Json {
    return canonical(
      mapTexts(value, text => this.#standIns.text(text)),
      as,
    )
  }

  /** A value of the plan in the form that is compared; `hints` are what the templates point at in its place. */
  terraform(value: Json, hints: readonly string[], as: Normaliser): Json {
    return canonical(
      mapTexts(value, text => this.#identities.resolve(text, hints)),
      as,
    )
  }
}

/** A map that is not there has no members, so that those of the other side are told one by one. */
function nothing(as: Normaliser): Json | undefined {
  return as === 'pairs' || as === 'tags' ? {} : undefined
}
