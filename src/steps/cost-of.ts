import {priceBasis, priceOf} from '../environment/prices.js'
import type {Cost} from '../results.js'

/** About what one of a resource type, or of a kind as in ARNs, costs; null where nobody here can tell. */
export function costOf(typeOrKind: string): Cost | null {
  const price = priceOf(typeOrKind)
  return price === undefined ? null : {...price, asOf: priceBasis.year}
}
